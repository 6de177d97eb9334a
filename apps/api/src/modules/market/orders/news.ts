import type { Executor } from '@wijk/db/kernel';
import { readOrder, readOrderEvent } from '@wijk/db/market';
import type { OrderStep, Side, StepActor } from '@wijk/domain/market';
import { membersOf, partyOf } from './sides.ts';

/** What there is to tell of a step: whom it concerns, never what it is about. */
export interface OrderNews {
  ref: string;
  /** of the order now; another number than that of the step: it went on since */
  version: number;
  step: OrderStep | 'request' | 'repeat';
  actor: StepActor;
  /** whose step it was; null: that of nobody in particular */
  side: Side | null;
  by: string | null;
  receiver: { members: string[] };
  helper: { members: string[] };
  /** credits went to a member, who has a notice of the wallet about that */
  paidToMember: boolean;
  /** whose wallet holds it up now */
  heldUpSide: Side | null;
}

/** Undefined: there is no such step. */
export async function orderNews(
  db: Executor,
  wijkId: string,
  orderId: string,
  nr: number,
): Promise<OrderNews | undefined> {
  const order = await readOrder(db, wijkId, { id: orderId });
  const event = order && (await readOrderEvent(db, wijkId, orderId, nr));
  if (!event) return undefined;
  const { step, actor, side, by } = event;
  const [receiver, helper] = await Promise.all([
    membersOf(db, wijkId, partyOf(order, 'receiver')),
    membersOf(db, wijkId, partyOf(order, 'helper')),
  ]);
  return {
    ...{ ref: order.ref, version: order.version, actor, side, by },
    step: step as OrderNews['step'],
    receiver: { members: receiver },
    helper: { members: helper },
    paidToMember: order.paid > 0 && order.helperOrganisation === null,
    heldUpSide: order.heldUpSide,
  };
}
