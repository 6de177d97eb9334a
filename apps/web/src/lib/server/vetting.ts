import type { ReplyOf } from '@wijk/contracts/define';
import type { listVetting } from '@wijk/contracts/market-vetting-desk';
import { type PageTexts, pageTexts } from '@wijk/i18n';
import { lastDayText } from './curation.ts';
import { agoText, type Speaker } from './views.ts';

type DeskProvider = ReplyOf<typeof listVetting>['waiting'][number];

/** Words of the pages on which somebody judges: those of curation, with their own where it is about a provider. */
export const vettingTexts = (
  locale: App.Locals['locale'],
): PageTexts['curation'] & PageTexts['vetting'] => ({
  ...pageTexts(locale, 'curation'),
  ...pageTexts(locale, 'vetting'),
});

export const deskProviderView = (one: DeskProvider, say: Speaker) => ({
  ...one,
  since: one.waitsSince ? agoText(one.waitsSince, say) : null,
  until: one.validUntil ? lastDayText(one.validUntil, say) : null,
  decidedAt: one.decidedAt ? agoText(one.decidedAt, say) : null,
});
