import type { CommentView } from '@wijk/contracts/dialogue';
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
  CommentCardView,
  Edited,
  MomentText,
  PromiseText,
  PromiseTone,
  QuestionCardView,
} from '#lib/views.ts';
import { words } from './words.ts';

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
    promise: standingPromise(question, say),
    meToo: question.meToo > 0 ? plural(say.locale, 'common.meToo', question.meToo) : '',
  };
}

/** A public version of a private question stands without a promise: nothing about it was cancelled. */
function standingPromise({ promise, status }: QuestionSummary, say: Speaker): PromiseText {
  const text = promiseText(promise, say);
  const standing = status === 'open' || status === 'answered';
  if (!standing || text.state !== 'cancelled') return text;
  return { ...text, state: 'none', text: t(say.locale, 'page.promise.none') };
}

/** Everybody whom a page with these answers names; only they stand out where somebody names them. */
export function namesOn(answers: readonly AnswerView[], askedBy: string | null): string[] {
  const names = answers.flatMap(({ author, comments }) => [
    author.name,
    ...comments.items.map((comment) => comment.author.name),
  ]);
  return [...new Set([...names, askedBy])].filter((name) => name !== null);
}

const editedText = (at: string | null, say: Speaker): Edited | null => {
  if (!at) return null;
  const { text, exact } = momentText(at, say);
  return { text: t(say.locale, 'common.edited', { at: text }), exact };
};

export function commentCard(
  comment: CommentView,
  say: Speaker,
  names: readonly string[] = [],
): CommentCardView {
  const { id, answerId, body, own, author } = comment;
  const { name, title, capacity } = author;
  return {
    id,
    answerId,
    body,
    blocks: words(body, 'text', names),
    name: name ?? t(say.locale, 'common.theAsker'),
    title,
    capacity,
    capacityText: name === null ? null : t(say.locale, `common.capacity.${capacity}`),
    at: agoText(comment.at, say),
    edited: editedText(comment.editedAt, say),
    own,
  };
}

export function answerCard(
  answer: AnswerView,
  say: Speaker,
  names: readonly string[] = [],
): AnswerCardView {
  const { id, body, format, endorsed, helpful, own, author, useful, comments } = answer;
  const { count, mine } = useful;
  return {
    id,
    body,
    blocks: words(body, format, names),
    endorsed,
    helpful,
    own,
    missing: answer.unhelpful?.note ?? null,
    name: author.name,
    title: author.title,
    capacity: author.capacity,
    capacityText: t(say.locale, `common.capacity.${author.capacity}`),
    at: agoText(answer.at, say),
    edited: editedText(answer.editedAt, say),
    useful: { text: count > 0 ? plural(say.locale, 'common.usefulCount', count) : '', count, mine },
    comments: {
      total: comments.total,
      items: comments.items.map((comment) => commentCard(comment, say, names)),
    },
  };
}
