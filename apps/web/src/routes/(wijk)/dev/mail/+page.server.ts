import { error } from '@sveltejs/kit';
import { listMail } from '@wijk/contracts/demonstration';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { agoText, speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:mailbox');
  const { locals, url } = event;
  const { wijk } = await locals.context();
  if (!wijk.demonstration) error(404, { message: 'Not found' });
  const say = await speaker(locals);
  const to = (url.searchParams.get('aan') ?? '').slice(0, 254);
  const outcome = await api(event)(listMail, { params: {}, query: to ? { to } : {} });
  if (!outcome.ok) stop(outcome);
  return {
    texts: pageTexts(locals.locale, 'mailbox'),
    to,
    mails: outcome.data.items.map(({ at, ...mail }) => ({ ...mail, at: agoText(at, say) })),
  };
};
