import type { ReplyOf } from '@wijk/contracts/define';
import type { DeskItem, readDesk } from '@wijk/contracts/desk';
import type { WijkView } from '@wijk/contracts/session';
import { pageTexts, plural, t } from '@wijk/i18n';
import {
  agoText,
  answerCard,
  momentText,
  promiseText,
  questionCard,
  type Speaker,
} from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import { answersOf, holderOf, stageOf, timeOf } from './row.ts';
import type { DeskRow, ExpertChoice, Happening, PaneView } from './view.ts';

type Reading = ReplyOf<typeof readDesk>;

export function deskRow(item: DeskItem, say: Speaker): DeskRow {
  const w = pageTexts(say.locale, 'desk');
  const promise = promiseText(item.promise, say);
  return {
    ref: item.ref,
    title: item.title,
    theme: item.theme.name,
    promise,
    time: timeOf(promise, w),
    holder: holderOf(item, w),
    answers: answersOf(item, plural(say.locale, 'common.answers', item.answerCount), w),
    toCheck: item.toCheck,
    mark: { kind: item.visibility, text: w.mark[item.visibility] },
  };
}

export function paneView(reading: Reading, wijk: WijkView, say: Speaker): PaneView {
  const { item, body, answers, experts, history } = reading;
  const w = pageTexts(say.locale, 'desk');
  const { assignee } = item;
  return {
    ref: item.ref,
    question: questionCard(item, say),
    body,
    stage: stageOf(item),
    seen: { kind: item.visibility, text: w.seen[item.visibility] },
    claim: item.claim && {
      mine: item.claim.mine,
      text: fill(item.claim.mine ? w.heldByMe : w.heldBy, {
        name: item.claim.name,
        until: momentText(item.claim.until, say).text,
      }),
    },
    assigned:
      assignee &&
      fill(w.assignedTo, {
        name: assignee.title ? `${assignee.name} (${assignee.title})` : assignee.name,
        since: agoText(assignee.since, say).text,
      }),
    answers: answers.map((answer) => answerCard(answer, say)),
    experts: experts.map((expert) =>
      expertChoice(expert, assignee?.membershipId ?? null, wijk, say),
    ),
    history: history.flatMap((entry) => happening(entry, say)),
  };
}

function expertChoice(
  expert: Reading['experts'][number],
  asked: string | null,
  wijk: WijkView,
  say: Speaker,
): ExpertChoice {
  const { membershipId: id, name, title, openQuestions, fits, themes } = expert;
  const named = themes.map(
    (slug) => wijk.themes.find((theme) => theme.slug === slug)?.name ?? slug,
  );
  return {
    id,
    name,
    title,
    fits,
    themes: named.join(', '),
    inHand:
      openQuestions === 0
        ? t(say.locale, 'page.desk.nothingInHand')
        : plural(say.locale, 'page.desk.inHand', openQuestions),
    asked: id === asked,
  };
}

/** A kind without words is a matter of the machinery and is left out. */
function happening({ at, kind, who, whom }: Reading['history'][number], say: Speaker): Happening[] {
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
