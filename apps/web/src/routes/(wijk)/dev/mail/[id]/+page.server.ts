import { error } from '@sveltejs/kit';
import { readMail } from '@wijk/contracts/demonstration';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  const { wijk } = await locals.context();
  if (!wijk.demonstration) error(404, { message: 'Not found' });
  const outcome = await api(event)(readMail, { params: { mail: params.id } });
  if (!outcome.ok && outcome.status === 400) error(404, { message: 'Not found' });
  if (!outcome.ok) stop(outcome);
  const { at, ...mail } = outcome.data;
  return {
    texts: pageTexts(locals.locale, 'mailbox'),
    mail: { ...mail, at: momentText(at, await speaker(locals)) },
  };
};
