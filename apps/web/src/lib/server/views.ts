import type { AnswerView, PromiseView, QuestionSummary } from '@wijk/contracts/questions';
import {
  formatAgo,
  formatExact,
  formatMoment,
  formatPromised,
  formatTimeLeft,
  formatUntil,
  plural,
  t,
} from '@wijk/i18n';
import type {
  AnswerCardView,
  MomentText,
  PromiseText,
  PromiseTone,
  QuestionCardView,
} from '#lib/views.ts';

type Locale = App.Locals['locale'];

/** What words need to know: language, time zone and now. Made once per request. */
export interface Speaker {
  locale: Locale;
  timeZone: string;
  now: Date;
}

export async function speaker(locals: App.Locals): Promise<Speaker> {
  const { wijk } = await locals.context();
  return { locale: locals.locale, timeZone: wijk.timeZone, now: new Date() };
}

function moment(
  iso: string,
  say: Speaker,
  words: (date: Date, now: Date, timeZone: string, locale: Locale) => string,
): MomentText {
  const date = new Date(iso);
  return {
    iso,
    text: words(date, say.now, say.timeZone, say.locale),
    exact: formatExact(date, say.timeZone, say.locale),
  };
}

/** 'vanmorgen', 'drie dagen geleden' */
export const agoText = (iso: string, say: Speaker) => moment(iso, say, formatAgo);
/** 'morgen om 14.00 uur' */
export const momentText = (iso: string, say: Speaker) => moment(iso, say, formatMoment);
/** 'morgen 14.00 uur', behind 'tot' */
export const untilText = (iso: string, say: Speaker) => moment(iso, say, formatUntil);

const TONES: Record<PromiseView['state'], PromiseTone> = {
  running: 'running',
  'nearly-due': 'near',
  paused: 'still',
  overdue: 'late',
  kept: 'kept',
  'kept-late': 'still',
  cancelled: 'still',
};

export function promiseText(promise: PromiseView, say: Speaker): PromiseText {
  const { state } = promise;
  const started = Date.parse(promise.startedAt);
  const due = Date.parse(promise.dueAt);
  const clockRuns = state === 'running' || state === 'nearly-due' || state === 'overdue';
  const used = (say.now.getTime() - started) / Math.max(1, due - started);
  return {
    state,
    tone: TONES[state],
    text: t(say.locale, `page.promise.${state}`, {
      promised: formatPromised(new Date(due), say.now, say.timeZone, say.locale),
      due: formatMoment(new Date(due), say.now, say.timeZone, say.locale),
    }),
    due: momentText(promise.dueAt, say),
    used: clockRuns ? Math.min(1, Math.max(0, used)) : null,
    left: clockRuns ? formatTimeLeft(due - say.now.getTime(), say.locale) : '',
  };
}

export function questionCard(question: QuestionSummary, say: Speaker): QuestionCardView {
  const { ref, slug, title, excerpt, theme, status, moderation, answerCount } = question;
  return {
    ref,
    slug,
    title,
    excerpt,
    theme,
    status,
    moderation,
    answerCount,
    askedBy: question.askedBy ?? t(say.locale, 'common.someone'),
    asked: agoText(question.askedAt, say),
    answers: plural(say.locale, 'common.answers', answerCount),
    promise: promiseText(question.promise, say),
  };
}

export function answerCard(answer: AnswerView, say: Speaker): AnswerCardView {
  const { id, body, endorsed, helpful, own, author } = answer;
  return {
    id,
    body,
    endorsed,
    helpful,
    own,
    name: author.name,
    title: author.title,
    capacity: author.capacity,
    capacityText: t(say.locale, `common.capacity.${author.capacity}`),
    at: agoText(answer.at, say),
  };
}
