import { redirect } from '@sveltejs/kit';
import {
  discardDeadLetter,
  getJobs,
  retryDeadLetter,
  retryDeadLetters,
} from '@wijk/contracts/operation';
import { pageTexts, plural } from '@wijk/i18n';
import { adminPaths } from '#lib/admin/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad } from './$types';

/** What a dead letter is about, for somebody who does not know the technique. */
function kindOf(queue: string, what: string): 'mail' | 'told' | 'invitation' | 'code' | 'other' {
  if (what.startsWith('invitation')) return 'invitation';
  if (queue === 'mail') return what.startsWith('code') ? 'code' : 'mail';
  return /^(question|answer|assignment|promise|moderation|appeal)\./.test(what) ? 'told' : 'other';
}

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const say = await speaker(locals);
  const outcome = await api(event)(getJobs, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const { queues, deadLetters, search } = outcome.data;
  const letters = deadLetters.map(({ id, queue, what, attempts, error, at }) => ({
    id,
    queue,
    what,
    kind: kindOf(queue, what),
    error,
    at: momentText(at, say),
    attempts: plural(locals.locale, 'page.jobs.attempts', attempts),
  }));
  return {
    texts: pageTexts(locals.locale, 'jobs'),
    queues: queues.map(({ name, waiting, dead, oldestDueAt }) => ({
      name,
      waiting,
      dead,
      oldest: oldestDueAt && momentText(oldestDueAt, say),
    })),
    search: { ...search, behind: search.behindSince && momentText(search.behindSince, say) },
    letters,
    /** asked to throw away; nothing happens before that was confirmed */
    discarding: letters.find(({ id }) => id === url.searchParams.get('weg')) ?? null,
  };
};

export const actions: Actions = {
  retry: async (event) => {
    const { letter = '' } = typed(await event.request.formData());
    const { locals } = event;
    const outcome = await api(event)(retryDeadLetter, { params: { wijk: locals.slug, letter } });
    if (!outcome.ok) return refused(event, 'retry', {}, outcome);
    setFlash(event, 'page.jobs.retried');
    redirect(303, adminPaths(locals.base).jobs());
  },
  all: async (event) => {
    const { locals } = event;
    const outcome = await api(event)(retryDeadLetters, { params: { wijk: locals.slug } });
    if (!outcome.ok) return refused(event, 'retry', {}, outcome);
    const { count } = outcome.data;
    setFlash(event, `page.jobs.allRetried.${count === 1 ? 'one' : 'other'}`, { count });
    redirect(303, adminPaths(locals.base).jobs());
  },
  discard: async (event) => {
    const { letter = '' } = typed(await event.request.formData());
    const { locals } = event;
    const outcome = await api(event)(discardDeadLetter, { params: { wijk: locals.slug, letter } });
    if (!outcome.ok) return refused(event, 'retry', {}, outcome);
    setFlash(event, 'page.jobs.discarded');
    redirect(303, adminPaths(locals.base).jobs());
  },
};
