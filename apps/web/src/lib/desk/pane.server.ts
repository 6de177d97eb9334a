import type { ReplyOf } from '@wijk/contracts/define';
import type { readDesk } from '@wijk/contracts/desk';
import type { findOriginals } from '@wijk/contracts/desk-actions';
import type { WijkView } from '@wijk/contracts/session';
import { type PageTexts, pageTexts, plural, t } from '@wijk/i18n';
import { shownPhotos } from '#lib/server/photo-paths.ts';
import {
  agoText,
  answerCard,
  commentCard,
  namesOn,
  questionCard,
  type Speaker,
  untilText,
} from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import { chipsOf, stageOf } from './row.ts';
import type {
  AppealText,
  AskBackView,
  Candidate,
  DecisionText,
  ExpertChoice,
  FlagView,
  Happening,
  PaneView,
  RevisionText,
} from './view.ts';

type Reading = ReplyOf<typeof readDesk>;
type Words = PageTexts['desk'];

/** The words for a code that may be newer than they are; then the code itself. */
export function wordsFor(words: Readonly<Record<string, string>>, code: string): string {
  return (Object.hasOwn(words, code) && words[code]) || code;
}

export function paneView(reading: Reading, wijk: WijkView, say: Speaker): PaneView {
  const { item, version, body, answers, experts, history } = reading;
  const w = pageTexts(say.locale, 'desk');
  const { assignee } = item;
  const names = namesOn(answers, item.askedBy);
  const until = item.waitingUntil ? untilText(item.waitingUntil, say) : null;
  return {
    ref: item.ref,
    version,
    question: questionCard(item, say),
    body,
    stage: stageOf(item),
    over: ['withdrawn', 'removed', 'duplicate'].includes(item.status),
    removed: item.status === 'removed',
    chips: chipsOf(item, until?.text ?? null, w),
    seen: { kind: item.visibility, text: w.seen[item.visibility] },
    links: {
      look: t(say.locale, 'page.lookUp.link'),
      twin: twinLink(item, say),
      photos: t(say.locale, 'page.question.photosDesk'),
    },
    photos: shownPhotos(reading.photos, { slug: wijk.slug, locale: say.locale }),
    asker: item.askedBy,
    claim: item.claim && {
      mine: item.claim.mine,
      text: fill(item.claim.mine ? w.heldByMe : w.heldBy, {
        name: item.claim.name,
        until: untilText(item.claim.until, say).text,
      }),
    },
    assigned:
      assignee &&
      fill(w.assignedTo, {
        name: assignee.title ? `${assignee.name} (${assignee.title})` : assignee.name,
        since: agoText(assignee.since, say).text,
      }),
    waitingUntil: until,
    answers: answers.map((answer) => ({
      ...answerCard(answer, say, names),
      hidden: answer.hidden,
      comments: {
        total: answer.comments.total,
        items: answer.comments.items.map((comment) => ({
          ...commentCard(comment, say, names),
          hidden: comment.hidden,
        })),
      },
    })),
    askBacks: reading.askBacks.map((one) => askBackView(one, until?.text ?? '', w, say)),
    flags: reading.flags.map((flag) => flagView(flag, w, say)),
    decisions: reading.decisions.map((one) => decisionText(one, w, say)),
    appeals: reading.appeals.map((one) => appealText(one, reading.decisions, w, say)),
    revisions: reading.revisions.map((one) => revisionText(one, wijk, w, say)),
    duplicateOf: reading.duplicateOf,
    duplicates: reading.duplicates,
    experts: experts.map((expert) =>
      expertChoice(expert, assignee?.membershipId ?? null, wijk, say),
    ),
    history: history.flatMap((entry) => happening(entry, say)),
  };
}

/** A public version has no promise; what came in as a question has one. */
function twinLink({ visibility, promise }: Reading['item'], { locale }: Speaker): string | null {
  if (visibility === 'private') return t(locale, 'page.twin.link');
  const never = visibility === 'anonymous' && promise.state === 'cancelled';
  return never ? t(locale, 'page.twin.linkOrigin') : null;
}

const themeName = (wijk: WijkView, slug: string) =>
  wijk.themes.find((theme) => theme.slug === slug)?.name ?? slug;

function askBackView(
  one: Reading['askBacks'][number],
  until: string,
  w: Words,
  say: Speaker,
): AskBackView {
  const { id, body, reply, endedAt, endReason } = one;
  const ended = endReason ? wordsFor(w.askBack.ended, endReason) : '';
  return {
    id,
    by: fill(w.askBack.asked, { name: one.by ?? w.title }),
    at: agoText(one.at, say),
    body,
    reply,
    standing: endedAt ? ended : fill(w.askBack.waits, { until }),
  };
}

function flagView(flag: Reading['flags'][number], w: Words, say: Speaker): FlagView {
  return {
    id: flag.id,
    about: flag.commentId
      ? w.flags.onComment
      : flag.answerId
        ? w.flags.onAnswer
        : w.flags.onQuestion,
    reason: wordsFor(w.flags.reason, flag.reason),
    distress: flag.reason === 'distress',
    note: flag.note,
    at: agoText(flag.at, say),
  };
}

function decisionWords({ kind, reason }: Reading['decisions'][number], w: Words): string {
  const why = wordsFor({ ...w.decisions.reason, ...w.flags.reason, ...w.reason }, reason);
  return why ? `${w.decisions.kind[kind]}: ${why}` : w.decisions.kind[kind];
}

function decisionText(one: Reading['decisions'][number], w: Words, say: Speaker): DecisionText {
  const { id, message, automated, reversed } = one;
  return {
    id,
    text: decisionWords(one, w),
    message,
    automated,
    reversed,
    at: agoText(one.at, say),
  };
}

function appealText(
  appeal: Reading['appeals'][number],
  decisions: Reading['decisions'],
  w: Words,
  say: Speaker,
): AppealText {
  const decision = decisions.find((one) => one.id === appeal.decisionId);
  const { id, body, outcome, reply } = appeal;
  return {
    id,
    body,
    reply,
    at: agoText(appeal.at, say),
    against: fill(w.appeals.against, { decision: decision ? decisionWords(decision, w) : '' }),
    decided: outcome && (outcome === 'upheld' ? w.appeals.wasUpheld : w.appeals.wasOverturned),
  };
}

function revisionText(
  one: Reading['revisions'][number],
  wijk: WijkView,
  w: Words,
  say: Speaker,
): RevisionText {
  const { id, kind, by, title, theme, body } = one;
  const words: Readonly<Record<string, string>> = w.revisions;
  return {
    id,
    at: agoText(one.at, say),
    what: fill(words[kind] ?? w.revisions.edited, { who: by ?? w.title }),
    was: title && fill(w.revisions.was, { title, theme: theme ? themeName(wijk, theme) : '' }),
    wasText: body ? fill(w.revisions.wasText, { body }) : null,
  };
}

function expertChoice(
  expert: Reading['experts'][number],
  asked: string | null,
  wijk: WijkView,
  say: Speaker,
): ExpertChoice {
  const { membershipId: id, name, title, openQuestions, fits, themes } = expert;
  return {
    id,
    name,
    title,
    fits,
    themes: themes.map((slug) => themeName(wijk, slug)).join(', '),
    inHand:
      openQuestions === 0
        ? t(say.locale, 'page.desk.nothingInHand')
        : plural(say.locale, 'page.desk.inHand', openQuestions),
    asked: id === asked,
  };
}

/** A kind without words is a matter of the machinery and is left out. */
export function happening(
  { at, kind, who, whom }: Reading['history'][number],
  say: Speaker,
): Happening[] {
  const words: Readonly<Record<string, string>> = pageTexts(say.locale, 'desk').happened;
  const text = Object.hasOwn(words, kind) ? words[kind] : undefined;
  if (!text) return [];
  const someone = t(say.locale, 'page.desk.title');
  return [
    {
      key: `${at} ${kind.replace('-undone', '')}`,
      at: agoText(at, say),
      text: fill(text, { who: who ?? someone, whom: whom ?? someone }),
      who,
    },
  ];
}

/** A question that may be the original, as one line. */
export function candidate(
  one: ReplyOf<typeof findOriginals>['items'][number],
  say: Speaker,
): Candidate {
  const asked = agoText(one.askedAt, say).text;
  return {
    ref: one.ref,
    slug: one.slug,
    title: one.title,
    about: `${asked}, ${plural(say.locale, 'common.answers', one.answerCount)}`,
  };
}
