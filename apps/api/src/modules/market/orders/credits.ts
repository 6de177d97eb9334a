import { randomUUID } from 'node:crypto';
import type { Transaction } from '@wijk/db/kernel';
import type { ListingForOrder, OrderChange, StoredOrder } from '@wijk/db/market';
import { DomainError } from '@wijk/domain/kernel';
import type { Booking, Side } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import {
  giveBackForOrder,
  payForOrder,
  releaseForOrder,
  reserveForOrder,
} from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { partyOf } from './sides.ts';

/** Budgets of the receiver changed while this was planned: everything is done anew. */
export class OldPlan extends Error {}

/** What a step moves, under which ids, and what the order says of it afterwards. */
export interface Moving {
  booking: Booking;
  /** of the transfer, and of what is paid on top of it */
  id: string;
  extraId: string;
  change: OrderChange;
  /** for the timeline: what was set aside, paid or given back */
  amount: number;
}

/** Decided before anything is written; the book moves last. */
export function movingOf(order: StoredOrder, booking: Booking): Moving {
  const ids = { booking, id: randomUUID(), extraId: randomUUID() };
  const none = { reserved: 0, reservationId: null };
  switch (booking.kind) {
    case 'none':
      return { ...ids, change: {}, amount: 0 };
    case 'reserve': {
      const { amount } = booking;
      return { ...ids, change: { reserved: amount, reservationId: ids.id }, amount };
    }
    case 'pay': {
      const paid = booking.amount + booking.extra;
      const extraPaymentId = booking.extra > 0 ? ids.extraId : null;
      return { ...ids, change: { ...none, paid, paymentId: ids.id, extraPaymentId }, amount: paid };
    }
    case 'release':
      return { ...ids, change: none, amount: 0 };
    case 'give-back': {
      const { amount } = booking;
      return { ...ids, change: { givenBack: order.givenBack + amount }, amount };
    }
  }
}

/**
 * Moves the credits of a step, through the door of the wallet: the last of the transaction.
 * @throws OldPlan, and what the wallet refuses
 */
export async function move(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  order: StoredOrder,
  listing: Pick<ListingForOrder, 'kind' | 'theme'>,
  { booking, id, extraId }: Moving,
  by: string | null,
): Promise<void> {
  const { reservationId, paymentId, extraPaymentId } = order;
  const supply = { kind: listing.kind, theme: listing.theme ?? '' };
  switch (booking.kind) {
    case 'none':
      return;
    case 'reserve': {
      const reserved = await reserveForOrder(services, tx, wijk, {
        id,
        receiver: partyOf(order, 'receiver'),
        helper: partyOf(order, 'helper'),
        amount: booking.amount,
        supply,
      });
      if (!reserved) throw new OldPlan();
      return;
    }
    case 'pay': {
      const extra =
        booking.extra > 0 ? { paymentId: extraId, amount: booking.extra, supply } : null;
      const paid = await payForOrder(services, tx, wijk, {
        ...{ reservationId: reservationId ?? '', paymentId: id, amount: booking.amount, extra },
        madeBy: by,
      });
      if (!paid) throw new OldPlan();
      return;
    }
    case 'release':
      return releaseForOrder(services, tx, wijk, { reservationId: reservationId ?? '', id });
    case 'give-back':
      return giveBackForOrder(services, tx, wijk, {
        ...{ payments: [extraPaymentId, paymentId].filter((one) => one !== null) },
        ...{ id, amount: booking.amount, madeBy: by },
      });
  }
}

/** What somebody has, or may spend, is theirs to know. */
const SHORT: readonly string[] = ['wallet.insufficient', 'wallet.over-daily', 'wallet.frozen'];

/** What a refusal is to whoever it is not about; of who is paid nobody learns more than that it cannot be now. */
const OF_OTHERS: Readonly<Record<string, string>> = {
  'wallet.cannot-receive': 'market.helper-cannot-receive',
  'wallet.payee-not-found': 'market.helper-cannot-receive',
  'wallet.payee-spent': 'market.helper-short',
  'wallet.payer-full': 'market.receiver-cannot-receive',
  'wallet.account-frozen': 'market.account-frozen',
  // how much of it came from a budget is for the receiver alone
  'wallet.give-back-budget': 'market.give-back-budget',
};

/**
 * What whoever pressed is told of a refusal of the wallet.
 * @param presser the side that pressed themselves; null: the market master, or the clock
 */
export function refusalFor(error: unknown, booking: Booking, presser: Side | null): unknown {
  if (!(error instanceof DomainError)) return error;
  const code = OF_OTHERS[error.code];
  if (code !== undefined) return new DomainError('conflict', code);
  if (booking.kind === 'give-back' || presser === 'receiver' || !SHORT.includes(error.code))
    return error;
  return new DomainError('conflict', 'market.receiver-short');
}

/** Whose wallet it was that stood in the way of what nobody pressed. */
export const sideOfWallet = ({ code }: DomainError): Side =>
  OF_OTHERS[code] === 'market.helper-cannot-receive' ? 'helper' : 'receiver';
