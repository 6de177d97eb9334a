import { error, type RequestEvent } from '@sveltejs/kit';
import type { ReplyOf } from '@wijk/contracts/define';
import { getContext } from '@wijk/contracts/session';
import { api } from './api.ts';
import { stop } from './refusal.ts';

export type Context = ReplyOf<typeof getContext>;

/** Asks for the wijk and its viewer at most once per request. */
export function contextOf(event: RequestEvent): () => Promise<Context> {
  let asked: Promise<Context> | undefined;
  return () => {
    asked ??= ask(event);
    return asked;
  };
}

async function ask(event: RequestEvent): Promise<Context> {
  if (!event.locals.slug) error(404, { message: 'Not found', reason: 'wijk' });
  const outcome = await api(event)(getContext, { params: { wijk: event.locals.slug } });
  if (outcome.ok) {
    event.locals.signedIn = outcome.data.actor !== null || outcome.data.platform !== null;
    return outcome.data;
  }
  if (outcome.status === 404) error(404, { message: 'Not found', reason: 'wijk' });
  stop(outcome);
}
