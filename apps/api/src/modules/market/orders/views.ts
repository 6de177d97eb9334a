import type { OrderLine, OrderStepView, OrderTermsView, OrderView } from '@wijk/contracts';
import type { Executor } from '@wijk/db/kernel';
import {
  agreedAt,
  listOrderEvents,
  marketPolicyAt,
  type OrderRow,
  readAppointment,
  readSeries,
  type StoredOrder,
  type StoredOrderEvent,
} from '@wijk/db/market';
import { DAY_MS } from '@wijk/domain/kernel';
import {
  amountOf,
  earned,
  freeCancelUntil,
  lateCancelAmount,
  type MarketPolicy,
  type OrderTerms,
  otherSide,
  refundable,
  type Side,
  splitBounds,
  stepsNow,
  withoutDetails,
} from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import { linksInView } from '../../vraagbaak/index.ts';
import { organisationNames, unitOf } from '../../wallet/index.ts';
import { type Party, partyOf } from './sides.ts';
import { worthOf } from './tell-stepped.ts';

/** Names of everybody who is at a side, or who pressed. */
export interface Names {
  members: ReadonlyMap<string, string>;
  organisations: ReadonlyMap<string, string>;
}

type Sides = Parameters<typeof partyOf>[0];

export async function namesOf(
  db: Executor,
  wijkId: string,
  orders: readonly Sides[],
  pressers: readonly (string | null)[] = [],
): Promise<Names> {
  const ids = orders.flatMap(({ receiverId, helperId }) => [receiverId, helperId]);
  const [members, organisations] = await Promise.all([
    memberNames(db, wijkId, [...new Set([...ids, ...pressers.filter((id) => id !== null)])]),
    organisationNames(
      db,
      wijkId,
      orders.flatMap((one) =>
        [one.receiverOrganisation, one.helperOrganisation].filter((id) => id !== null),
      ),
    ),
  ]);
  return { members, organisations };
}

export const partyView = ({ membershipId, organisationId }: Party, names: Names) => ({
  name: names.members.get(membershipId) || null,
  organisation: organisationId === null ? null : (names.organisations.get(organisationId) ?? null),
});

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** @param side of the reader; null: the market master */
export function lineOf(order: OrderRow, side: Side | null, names: Names): OrderLine {
  const { ref, listing, state, awaiting, minutes, workedMinutes } = order;
  return {
    ...{ ref, listing, side, state, awaiting },
    receiver: partyView(partyOf(order, 'receiver'), names),
    helper: partyView(partyOf(order, 'helper'), names),
    startsAt: iso(order.startsAt),
    amount: worthOf(order),
    minutes: workedMinutes ?? minutes,
    dueAt: iso(order.dueAt),
    madeAt: order.madeAt.toISOString(),
    completedAt: iso(order.completedAt),
    series: order.series,
  };
}

const termsOf = (terms: OrderTerms): OrderTermsView => {
  const { mode, rate, minutes, places, materials } = terms;
  const startsAt = iso(terms.startsAt);
  return { ...{ mode, rate, minutes, places, materials, startsAt }, amount: amountOf(terms) };
};

/** @param holdsBack the reader is a side, and nothing was agreed: the other's details wait, as in messages */
function stepView(event: StoredOrderEvent, names: Names, holdsBack: boolean): OrderStepView {
  const { nr, step, actor, side, amount, withExtra, at } = event;
  const note = holdsBack ? withoutDetails(event.note) : event.note;
  return {
    ...{ nr, actor, side, amount, withExtra, note },
    step: step as OrderStepView['step'],
    name: event.by === null ? null : names.members.get(event.by) || null,
    terms: termsOf(event),
    at: at.toISOString(),
  };
}

/** Everything of one order, as a side or the market master reads it. */
export async function viewOf(
  services: Services,
  order: OrderRow,
  side: Side | null,
): Promise<OrderView> {
  const { db, clock, wallet } = services;
  const { wijkId } = order;
  const now = clock.now();
  const events = await listOrderEvents(db, wijkId, order.id);
  const agreed = events.some(({ step }) => step === 'accept' || step === 'repeat');
  const names = await namesOf(
    db,
    wijkId,
    [order],
    events.map(({ by }) => by),
  );
  const rules = (await agreedAt(db, wijkId, order)) ?? now;
  const policy = await marketPolicyAt(db, wijkId, rules);
  const appointment = await readAppointment(db, wijkId, order.id);
  const links = await linksInView(db, wijkId, [order.questionId]);
  const steps = stepsNow(order, side ?? 'master', policy, now);
  return {
    ...lineOf(order, side, names),
    unit: unitOf(await wallet.policies.current(wijkId)),
    version: order.version,
    openedBy: order.openedBy,
    terms: termsOf(order),
    worked: workedOf(order),
    ...{ reserved: order.reserved, paid: order.paid, givenBack: order.givenBack },
    heldUp: order.heldUpSince && {
      since: order.heldUpSince.toISOString(),
      own: side === order.heldUpSide,
    },
    steps: readsAs(side, steps),
    cancelRule: cancelRuleOf(order, policy),
    disputeUntil:
      order.state === 'completed' && order.completedAt
        ? iso(new Date(order.completedAt.getTime() + policy.disputeDays * DAY_MS))
        : null,
    appointment: appointment?.held
      ? { startsAt: appointment.startsAt.toISOString(), endsAt: appointment.endsAt.toISOString() }
      : null,
    refundable: order.state === 'completed' ? refundable(order) : 0,
    split: order.state === 'disputed' ? splitBounds(order) : null,
    question: links.get(order.questionId ?? '') ?? null,
    timeline: events.map((event) =>
      stepView(event, names, !agreed && side !== null && event.actor === otherSide(side)),
    ),
    repeats: await repeatsOf(db, order),
  };
}

async function repeatsOf(db: Executor, order: StoredOrder): Promise<OrderView['repeats']> {
  const { wijkId, seriesId, seriesNumber } = order;
  const series = seriesId && (await readSeries(db, wijkId, { id: seriesId }));
  if (!series) return null;
  const { ref, state, every, times, endsOn: until } = series;
  return { series: ref, state, every, times, until, number: seriesNumber ?? 0 };
}

/** A market master who is not at a side never needs the two ways to cancel: theirs costs nobody anything. */
const readsAs = (side: Side | null, steps: OrderView['steps']): OrderView['steps'] =>
  side === null ? steps.filter((step) => step !== 'cancel-late') : steps;

function workedOf(order: StoredOrder): OrderView['worked'] {
  if (order.state !== 'delivered' && order.workedMinutes === null) return null;
  return { minutes: order.workedMinutes, ...earned(order, order.workedMinutes) };
}

/** Told from the first proposal on: before somebody agrees they know what leaving costs. */
function cancelRuleOf(order: StoredOrder, policy: MarketPolicy): OrderView['cancelRule'] {
  const open = ['requested', 'countered', 'agreed'].includes(order.state);
  const until = freeCancelUntil(order, policy);
  const costs = lateCancelAmount(order.reserved || amountOf(order), policy);
  if (!open || until === null || costs === 0) return null;
  return { freeUntil: until.toISOString(), costs };
}
