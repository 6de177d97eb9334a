import type { DeskItem } from '@wijk/contracts/desk';
import type { PageTexts } from '@wijk/i18n';
import { fill } from '#lib/text.ts';
import type { PromiseText } from '#lib/views.ts';
import type { DeskRow, Stage } from './view.ts';

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

export function stageOf(
  item: Held & Pick<DeskItem, 'status' | 'toCheck'> & { promise: Pick<PromiseText, 'state'> },
): Stage {
  if (item.status === 'withdrawn' || item.status === 'removed') return 'closed';
  if (item.status === 'answered') return 'answered';
  if (item.claim && !item.claim.mine) return 'held';
  if (item.toCheck) return 'to-check';
  if (item.claim) return 'mine';
  return item.assignee ? 'assigned' : 'free';
}
