import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  agreedAt,
  listingForOrder,
  lockOrder,
  marketPolicyAt,
  type OrderChange,
  type StoredOrder,
  saveStep,
} from '@wijk/db/market';
import { DomainError } from '@wijk/domain/kernel';
import {
  afterStep,
  type Booking,
  bookingOf,
  faultNow,
  type MarketPolicy,
  type OrderStep,
  type OrderTerms,
  orderDue,
  reviewsClose,
  type Side,
  type StepActor,
  standsInFor,
  validateTerms,
  validateWorked,
} from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertFitsSeries, followFirst } from '../series/follow.ts';
import { type Moving, move, movingOf, OldPlan, refusalFor } from './credits.ts';
import { answeredBefore, movedOn, type Pressed, type Stepped } from './press.ts';
import { assertNotTaken, assertRoom } from './room.ts';
import { orderNotFound, sideOf, sidesOf } from './sides.ts';
import { tellShort } from './tell-short.ts';
import { tellStepped } from './tell-stepped.ts';

/** A step that somebody presses, with what they say. Amounts are minor units. */
export interface StepPress {
  ref: string;
  /** made by the client, kept through every retry: under it this happens once */
  pressId: string;
  /** membership of who presses */
  by: string;
  /** the market master stands in, with `note` as the reason */
  asMaster: boolean;
  step: OrderStep;
  /** the order as it was looked at */
  version: number;
  note: string;
  /** of a counter-offer */
  terms?: Omit<OrderTerms, 'mode'>;
  /** of a delivery */
  workedMinutes?: number | null;
  /** of a confirmation */
  withExtra?: boolean;
  /** of a split or a refund */
  amount?: number;
}

/** Budgets that others spend at the same moment make a plan old; everything is done anew this often. */
const PLANS = 6;

/**
 * Takes a step of an order, once for one press (M4): who may, what time allows and what it moves is decided
 * behind the lock on the order, and the order, its timeline, its event and the book change in one transaction.
 *
 * @throws `market.order-not-found`, `market.both-sides`, `market.own-order`, `market.order-moved` {name, kind,
 *   version}, `market.step-not-now`, `market.step-not-yours`, what `faultNow` says, `market.no-places-left`,
 *   `market.time-taken` where the helper is somewhere else then, `kernel.invalid`, `kernel.idempotency-mismatch`; what the wallet refuses about the presser's own account,
 *   and of others `market.receiver-short`, `market.helper-short`, `market.helper-cannot-receive`
 */
export async function takeStep(services: Services, wijk: Wijk, press: StepPress): Promise<Stepped> {
  for (let attempt = 1; ; attempt += 1) {
    const seen: Seen = {};
    try {
      return await inTransaction(services.db, (tx) => stepIn(services, tx, wijk, press, seen));
    } catch (error) {
      if (error instanceof OldPlan && attempt < PLANS) continue;
      if (error instanceof OldPlan) throw new DomainError('unavailable', 'kernel.unavailable');
      if (!seen.order || !seen.booking) throw error;
      assertNotTaken(error);
      const told = refusalFor(error, seen.booking, press.asMaster ? null : (seen.side ?? null));
      if (told instanceof DomainError && told.code === 'market.receiver-short')
        await tellShort(services, seen.order);
      throw told;
    }
  }
}

/** What was looked at before something was refused. */
interface Seen {
  order?: StoredOrder;
  booking?: Booking;
  side?: Side | null;
}

async function stepIn(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  press: StepPress,
  seen: Seen,
): Promise<Stepped> {
  const order = await lockOrder(tx, wijk.id, press.ref);
  const { actor, side } = await actorOf(tx, wijk.id, order, press);
  if (!order) throw orderNotFound();
  const before = await answeredBefore(tx, wijk.id, pressedOf(press));
  if (before) return before;
  if (order.version !== press.version) throw await movedOn(tx, order);
  seen.order = order;
  seen.side = side;
  const taken = { ...press, actor, side };
  return applyStep(services, tx, wijk, order, taken, seen);
}

/** Who presses: a side of the order, or the market master, who is neither of them. */
async function actorOf(
  tx: Transaction,
  wijkId: string,
  order: StoredOrder | undefined,
  { asMaster, by, step, note }: StepPress,
): Promise<{ actor: StepActor; side: Side | null }> {
  if (!asMaster) {
    const side = await sideOf(tx, wijkId, order, by);
    return { actor: side, side };
  }
  if (!order) throw orderNotFound();
  if ((await sidesOf(tx, wijkId, order, by)).length > 0)
    throw new DomainError('forbidden', 'market.own-order');
  if (note.trim() === '')
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'note', code: 'required' }],
    });
  return { actor: 'master', side: standsInFor(order, step) };
}

const pressedOf = (press: StepPress): Pressed => ({
  ...{ pressId: press.pressId, step: press.step, by: press.by, ref: press.ref },
  ...(press.withExtra === undefined ? {} : { withExtra: press.withExtra }),
  ...(press.amount === undefined ? {} : { amount: press.amount }),
  terms: {
    ...press.terms,
    ...(press.step === 'deliver' ? { minutes: press.workedMinutes ?? null } : {}),
  },
});

/** A step by whoever takes it, the clock as well. */
export type TakenStep = Omit<StepPress, 'ref' | 'by' | 'asMaster' | 'version'> & {
  by: string | null;
  actor: StepActor;
  side: Side | null;
};

/** The step itself, behind the lock on the order. The book moves last. */
export async function applyStep(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  order: StoredOrder,
  taken: TakenStep,
  seen: Seen = {},
): Promise<Stepped> {
  const now = services.clock.now();
  const { step, actor, side, by, pressId, note, withExtra = false, amount = 0 } = taken;
  const rules = (await agreedAt(tx, wijk.id, order)) ?? now;
  const policy = await marketPolicyAt(tx, wijk.id, rules);
  const after = afterStep(order, step, actor, side);
  const fault = faultNow(order, step, actor, policy, now);
  if (fault) throw fault;
  const said = whatWasSaid(order, taken, now);
  if (step === 'counter') await assertFitsSeries(tx, wijk, { ...order, ...said });
  const listing = await listingForOrder(tx, wijk.id, { id: order.listingId });
  if (!listing) throw new Error('an order has no listing');
  await assertRoom(services, tx, wijk, { order, listing, step, side, said });
  const booking = bookingOf({ ...order, ...said }, step, policy, { withExtra, amount });
  seen.booking = booking;
  const moving = movingOf(order, booking);
  const change = changeOf(order, after, { said, moving, policy, now });
  const nr = order.version + 1;
  const on = { ...order, ...change };
  await saveStep(tx, wijk.id, order.id, change, {
    ...{ wijkId: wijk.id, orderId: order.id, nr, pressId, step, actor, side, by },
    ...{ state: after.state, mode: on.mode, rate: on.rate, places: on.places },
    minutes: step === 'deliver' ? on.workedMinutes : on.minutes,
    ...{ materials: on.materials, startsAt: on.startsAt, withExtra, note: note.trim(), at: now },
    // a split says what the helper has in the end, whichever way it came to that
    amount: step === 'settle' ? amount : moving.amount,
  });
  await followFirst(services, tx, wijk, on, { step, actor, side, by, pressId });
  await tellStepped(services, tx, on, nr);
  await move(services, tx, wijk, order, listing, moving, by);
  return { ref: order.ref, nr, state: after.state };
}

/** The terms of a counter-offer, or the work that was done. */
function whatWasSaid(order: StoredOrder, taken: TakenStep, now: Date): OrderChange {
  const { step, terms, workedMinutes = null } = taken;
  if (step === 'deliver') {
    validateWorked(workedMinutes, order.mode === 'hourly');
    return { workedMinutes };
  }
  if (step !== 'counter' || !terms) return {};
  validateTerms({ mode: order.mode, ...terms }, now);
  return terms;
}

function changeOf(
  order: StoredOrder,
  after: Pick<StoredOrder, 'state' | 'awaiting'>,
  what: { said: OrderChange; moving: Moving; policy: MarketPolicy; now: Date },
): OrderChange {
  const { said, moving, policy, now } = what;
  const startsAt = said.startsAt === undefined ? order.startsAt : said.startsAt;
  const isDone = after.state === 'completed' || after.state === 'settled';
  return {
    ...said,
    ...moving.change,
    ...{ state: after.state, awaiting: after.awaiting, version: order.version + 1 },
    completedAt: isDone ? (order.completedAt ?? now) : order.completedAt,
    ...(isDone && order.completedAt === null ? { reviewsDueAt: reviewsClose(now) } : {}),
    ...{ heldUpSince: null, heldUpSide: null },
    dueAt: orderDue(after.state, { startsAt }, policy, now),
  };
}
