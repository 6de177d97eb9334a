import type { TransferRequest } from '@wijk/domain/ledger';
import { planFromReserve, planPayment } from '@wijk/domain/wallet';
import type { Transaction } from '../src/kernel/database.ts';
import type { postTransfers } from '../src/ledger/index.ts';
import { insertPayments } from '../src/wallet/payment-store.ts';
import {
  endReservation,
  insertReservation,
  type Reservation,
} from '../src/wallet/reservation-store.ts';
import { OFFERED, ORDERS, type PlannedOrder } from './orders-plan.ts';
import { type Move, type Played, playOrder } from './orders-play.ts';
import { type Chance, chance as seededChance } from './random.ts';
import { FUND, POLICY } from './wallet-accounts.ts';

/** Chance of its own: what is agreed here moves nothing of the rest of the history. */
const SEED = 13_2026;

/** An order with what it set aside and paid. */
export interface BookedOrder extends Played {
  plan: PlannedOrder;
  receiver: string;
  helper: string;
  reservationId: string | null;
  paymentId: string | null;
  extraPaymentId: string | null;
}

interface Tools {
  wijkId: string;
  now: Date;
  policyVersion: number;
  of: (name: string) => string;
  membershipOf: (name: string) => string;
  post: (at: Date, requests: readonly TransferRequest[]) => ReturnType<typeof postTransfers>;
}

/**
 * Sets aside and pays what orders of the demonstration do, in turn with the payments around them: the book goes
 * forward in time only. `until` does what comes up to a moment.
 */
export function bookOrders(tx: Transaction, tools: Tools) {
  const chance = seededChance(SEED);
  const orders = ORDERS.map((plan, nr): BookedOrder => {
    const { by, ...listing } = OFFERED[plan.listing];
    const [receiver, helper] = listing.kind === 'request' ? [by, plan.other] : [plan.other, by];
    const played = playOrder(plan, nr, { by, ...listing }, tools.now);
    return {
      ...played,
      plan,
      receiver,
      helper,
      reservationId: null,
      paymentId: null,
      extraPaymentId: null,
    };
  });
  const moves = orders
    .flatMap((one) => one.moves)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const reserves = new Map<BookedOrder, Reservation>();
  return {
    orders,
    until: async (at: Date): Promise<void> => {
      for (let next = moves[0]; next && next.at <= at; next = moves[0]) {
        moves.shift();
        const one = orders[next.order];
        if (one) await bookMove(tx, tools, chance, one, next, reserves);
      }
    },
  };
}

async function bookMove(
  tx: Transaction,
  tools: Tools,
  chance: Chance,
  one: BookedOrder,
  { at, booking }: Move,
  reserves: Map<BookedOrder, Reservation>,
): Promise<void> {
  const { wijkId, of } = tools;
  const [payer, payee] = [of(one.receiver), of(one.helper)];
  const id = chance.uuid();
  const post = async (request: TransferRequest) => {
    const [outcome] = await tools.post(at, [request]);
    if (!outcome?.ok) throw new Error(`an order of the demonstration was not booked: ${at}`);
  };
  const pay = (
    paymentId: string,
    amount: number,
    contribution: number,
    back: string | null = null,
  ) =>
    insertPayments(
      tx,
      wijkId,
      [
        {
          payment: {
            ...{ id: paymentId, payer: back ? payee : payer, payee: back ? payer : payee, amount },
            ...{ earmarked: 0, contribution, memo: null, requestId: null },
            ...{ way: back ? 'return' : 'order', returnsId: back },
            ...{ madeBy: tools.membershipOf(back ? one.helper : one.receiver), scheduleId: null },
          },
          lots: [],
        },
      ],
      at,
    );
  const whole = (amount: number) =>
    planPayment(
      { ...POLICY, version: tools.policyVersion },
      { payer, payee, amount, fund: of(FUND) },
      [],
    );
  const reserve = reserves.get(one);
  switch (booking.kind) {
    case 'reserve': {
      const { amount } = booking;
      await post({ id, kind: 'pending', code: 'order', expiresAt: null, legs: whole(amount).legs });
      const { contributionPermille } = POLICY;
      const row = { id, payer, payee, amount, contributionPermille, fund: of(FUND), lots: [] };
      await insertReservation(tx, wijkId, row, at);
      reserves.set(one, { ...row, wijkId, at, endedAt: null, paymentId: null });
      one.reservationId = id;
      return;
    }
    case 'pay': {
      if (!reserve) throw new Error('an order pays what it did not set aside');
      const cut = planFromReserve({ ...reserve, fund: of(FUND) }, booking.amount);
      const part = booking.amount === reserve.amount ? {} : { legs: cut.legs };
      await post({ id, kind: 'post', code: 'order', pending: reserve.id, ...part });
      await endReservation(tx, wijkId, reserve.id, id, at);
      await pay(id, booking.amount, cut.contribution);
      Object.assign(one, { reservationId: null, paymentId: id });
      if (booking.extra === 0) return;
      const extra = { id: chance.uuid(), cut: whole(booking.extra) };
      await post({ id: extra.id, kind: 'single', code: 'order', legs: extra.cut.legs });
      one.extraPaymentId = extra.id;
      return pay(extra.id, booking.extra, extra.cut.contribution);
    }
    case 'release':
      if (!reserve) throw new Error('an order releases what it did not set aside');
      await post({ id, kind: 'void', code: 'order', pending: reserve.id });
      await endReservation(tx, wijkId, reserve.id, null, at);
      one.reservationId = null;
      return;
    case 'give-back': {
      const { amount } = booking;
      const legs = [
        { account: payee, side: 'debit', amount },
        { account: payer, side: 'credit', amount },
      ] as const;
      await post({ id, kind: 'single', code: 'correction', legs });
      return pay(id, amount, 0, one.paymentId);
    }
  }
}
