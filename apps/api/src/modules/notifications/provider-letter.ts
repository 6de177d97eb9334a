import type { DueMail } from '@wijk/db/notifications';
import { siteOf, type Wijk } from '../wijk/index.ts';
import type { ProviderTemplate } from './kinds.ts';
import { type Body, type Needed, words } from './letter.ts';

/** To whoever acts for a provider: that something was decided or is to be signed. What it is stands behind the link. */
export async function providerLetter(
  services: Needed,
  wijk: Wijk,
  { params }: DueMail,
  template: ProviderTemplate,
): Promise<Body | null> {
  const of = params.provider ?? '';
  const terms = template.startsWith('terms-') ? '/voorwaarden' : '';
  return {
    subject: words(`mail.${template}.subject`, { wijk: wijk.name }),
    paragraphs: words(`mail.${template}.text`, { wijk: wijk.name }).split('\n\n'),
    action: {
      label: words(`mail.${template}.action`),
      url: `${siteOf(services, wijk)}/markt/toetsing/${of}${terms}`,
    },
  };
}
