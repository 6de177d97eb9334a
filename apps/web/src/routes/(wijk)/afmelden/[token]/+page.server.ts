import { readUnsubscribe } from '@wijk/contracts/notifications';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import type { PageServerLoad } from './$types';

/** From a mail: reading changes nothing, because mail scanners open every link. */
export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  const outcome = await api(event)(readUnsubscribe, {
    params: { wijk: locals.slug, token: params.token },
  });
  if (!outcome.ok) stop(outcome);
  const { category, audience, choices } = outcome.data;
  return {
    texts: pageTexts(locals.locale, 'unsubscribe'),
    choiceTexts: pageTexts(locals.locale, 'mailChoices'),
    token: params.token,
    category,
    audience,
    choices,
    wanted: choices.some((choice) => choice.category === category && choice.wanted),
  };
};
