import type { DeskItem } from '@wijk/contracts/desk';
import type { PageTexts } from '@wijk/i18n';
import { fill } from '#lib/text.ts';
import type { PromiseText } from '#lib/views.ts';
import type { Chip, DeskRow, Stage } from './view.ts';

type Words = PageTexts['desk'];
type Held = Pick<DeskItem, 'claim' | 'assignee'>;

/** A claim of the moment says more than who was asked earlier. */
export function holderOf({ claim, assignee }: Held, w: Words): DeskRow['holder'] {
  if (claim?.mine) return { kind: 'mine', text: w.holder.mine };
  if (claim) return { kind: 'other', text: fill(w.holder.other, { name: claim.name }) };
  if (assignee) return { kind: 'assigned', text: fill(w.holder.assigned, { name: assignee.name }) };
  return { kind: 'none', text: w.holder.none };
}

/** What is left while the clock runs, and otherwise how it stands. */
export function timeOf({ state, left }: Pick<PromiseText, 'state' | 'left'>, w: Words): string {
  if (state === 'running' || state === 'nearly-due' || state === 'overdue') return left;
  return w.time[state];
}

/** `counted` is '2 antwoorden'. */
export function answersOf(
  { answerCount, toCheck }: Pick<DeskItem, 'answerCount' | 'toCheck'>,
  counted: string,
  w: Words,
): string {
  if (answerCount === 0) return w.noAnswer;
  return toCheck ? `${counted}, ${w.toCheck}` : counted;
}

type Marked = Pick<DeskItem, 'status' | 'own' | 'attention' | 'byAsker'>;

/** What stands out, distress first. `until` is the end of the pause in words, when there is one. */
export function chipsOf(
  { status, own, attention, byAsker }: Marked,
  until: string | null,
  w: Words,
): Chip[] {
  const chips: Chip[] = [];
  const add = (kind: Chip['kind'], there: boolean, text = w.chip[kind]) => {
    if (there) chips.push({ kind, text });
  };
  add('urgent', attention.urgent);
  add('appealed', attention.appealed);
  add('flagged', attention.flagged);
  add('held', attention.held);
  add('hidden', attention.hidden);
  add('removed', status === 'removed');
  add('duplicate', status === 'duplicate');
  add('mail', attention.mailRefused);
  add('waiting', until !== null, fill(w.chip.waiting, { until: until ?? '' }));
  add('unhelpful', byAsker.unhelpful);
  add('edited', byAsker.edited);
  add('own', own);
  return chips;
}

/** An appeal stays to be decided also on what is gone; a colleague who is on it goes before the rest. */
export function stageOf(
  item: Held &
    Pick<DeskItem, 'status' | 'moderation' | 'toCheck' | 'attention' | 'waitingUntil'> & {
      promise: Pick<PromiseText, 'state'>;
    },
): Stage {
  const { status, attention, claim } = item;
  if (attention.appealed) return 'appealed';
  if (status === 'duplicate') return 'duplicate';
  if (status === 'withdrawn' || status === 'removed') return 'closed';
  if (claim && !claim.mine) return 'taken';
  if (attention.urgent) return 'urgent';
  if (attention.held) return 'held';
  // an answer or a comment that is hidden is shown again where it stands
  if (attention.hidden && item.moderation === 'hidden') return 'hidden';
  if (attention.flagged) return 'flagged';
  if (status === 'answered') return 'answered';
  if (item.toCheck) return 'to-check';
  if (item.waitingUntil) return 'waiting';
  if (claim) return 'mine';
  return item.assignee ? 'assigned' : 'free';
}
