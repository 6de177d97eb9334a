import { redirect } from '@sveltejs/kit';
import { listMyDecisions } from '@wijk/contracts/moderation';
import { listQuestions } from '@wijk/contracts/questions';
import { changeMyName, endSession, listSessions } from '@wijk/contracts/session';
import { pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { agoText, questionCard, speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:questions');
  const { locals, url } = event;
  const say = await speaker(locals);
  const call = api(event);
  const params = { wijk: locals.slug };
  const cursor = url.searchParams.get('na');
  const [mine, sessions, decisions] = await Promise.all([
    call(listQuestions, { params, query: { show: 'mine', ...(cursor ? { cursor } : {}) } }),
    call(listSessions, { params }),
    call(listMyDecisions, { params }),
  ]);
  if (!mine.ok) stop(mine);
  if (!sessions.ok) stop(sessions);
  if (!decisions.ok) stop(decisions);
  return {
    texts: pageTexts(locals.locale, 'mine'),
    // what the redactie waits for comes first
    asked: mine.data.items
      .filter((q) => q.promise.state === 'paused')
      .map(({ ref, slug, title }) => ({ ref, slug, title })),
    questions: mine.data.items.map((q) => questionCard(q, say)),
    next: mine.data.nextCursor,
    decisions: decisions.data.items.map(({ id, kind, answerId, question, at }) => ({
      id,
      title: pageTexts(locals.locale, 'statement')[answerId ? 'answer' : 'question'][kind],
      about: question.title,
      at: agoText(at, say),
    })),
    paged: cursor !== null,
    sessions: sessions.data.items.map(({ id, device, current, createdAt, lastSeenAt }) => ({
      id,
      device,
      current,
      since: agoText(createdAt, say),
      last: agoText(lastSeenAt, say),
    })),
  };
};

export const actions: Actions = {
  name: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(changeMyName, {
      params: { wijk: event.locals.slug },
      body: { name: values.name ?? '' },
    });
    if (!outcome.ok) return refused(event, 'name', values, outcome);
    setFlash(event, 'page.mine.saved');
    redirect(303, paths(event.locals.base).mine());
  },
  end: async (event) => {
    const { session = '' } = typed(await event.request.formData());
    const outcome = await api(event)(endSession, { params: { wijk: event.locals.slug, session } });
    if (!outcome.ok && outcome.status !== 404) return refused(event, 'end', {}, outcome);
    setFlash(event, 'page.mine.ended');
    redirect(303, paths(event.locals.base).mine());
  },
};
