import { type RequestEvent, redirect } from '@sveltejs/kit';
import {
  changeUnsubscribe,
  type MailCategory,
  readUnsubscribe,
} from '@wijk/contracts/notifications';
import type { MessageKey } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { tickedIn } from '#lib/server/mail-choices.ts';
import { stop } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

const back = ({ locals, params }: RequestEvent) =>
  paths(locals.base).unsubscribe(params.token ?? '');

/** Only forms come here; see apps/api/src/modules/notifications/one-click.ts for why not to the page. */
export const load: PageServerLoad = (event) => redirect(303, back(event));

async function choose(event: RequestEvent, wanted: MailCategory[], said: MessageKey) {
  const { locals, params } = event;
  const outcome = await api(event)(changeUnsubscribe, {
    params: { wijk: locals.slug, token: params.token ?? '' },
    body: { wanted },
  });
  if (!outcome.ok) stop(outcome);
  setFlash(event, said);
  redirect(303, back(event));
}

/** Everything that is wanted now, with this link's own kind of mail or without it. */
async function withOwn(event: RequestEvent, own: boolean): Promise<MailCategory[]> {
  const outcome = await api(event)(readUnsubscribe, {
    params: { wijk: event.locals.slug, token: event.params.token ?? '' },
  });
  if (!outcome.ok) stop(outcome);
  const { category, choices } = outcome.data;
  return choices.flatMap((one) =>
    (one.category === category ? own : one.wanted) ? [one.category] : [],
  );
}

export const actions: Actions = {
  stop: async (event) => choose(event, await withOwn(event, false), 'page.unsubscribe.done'),
  again: async (event) => choose(event, await withOwn(event, true), 'page.unsubscribe.undone'),
  choose: async (event) =>
    choose(event, tickedIn(await event.request.formData()), 'page.mailChoices.saved'),
};
