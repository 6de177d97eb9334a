import type { ReplyOf, stepOrder } from '@wijk/contracts';
import type { Executor } from '@wijk/db/kernel';
import { findPress, listOrderEvents, type StoredOrder } from '@wijk/db/market';
import { DomainError } from '@wijk/domain/kernel';
import type { OrderStep, OrderTerms, SeriesDates } from '@wijk/domain/market';
import { memberNames } from '../../identity/index.ts';

/** The answer to a press. */
export type Stepped = ReplyOf<typeof stepOrder>;

/** What was pressed, as far as it makes two presses the same one. */
export interface Pressed {
  pressId: string;
  step: OrderStep | 'request';
  by: string | null;
  /** reference of the order; undefined for one that is being made */
  ref?: string;
  /** reference of the listing that one is made from */
  listing?: string;
  withExtra?: boolean;
  amount?: number;
  terms?: Partial<OrderTerms>;
  /** how often it comes back, of a request; null: once */
  repeat?: Repeat | null;
}

/** How often something comes back, and how long. */
export type Repeat = Pick<SeriesDates, 'every' | 'times' | 'endsOn'>;

/**
 * The answer that this press got before; undefined where it is a new one.
 * @throws `kernel.idempotency-mismatch` where it was another press under the same id
 */
export async function answeredBefore(
  db: Executor,
  wijkId: string,
  pressed: Pressed,
): Promise<Stepped | undefined> {
  const before = await findPress(db, wijkId, pressed.pressId);
  if (!before) return undefined;
  const { terms = {} } = pressed;
  const same =
    before.step === pressed.step &&
    before.by === pressed.by &&
    (pressed.ref === undefined || before.ref === pressed.ref) &&
    (pressed.listing === undefined || before.listing === pressed.listing) &&
    (pressed.withExtra === undefined || before.withExtra === pressed.withExtra) &&
    (pressed.amount === undefined || before.amount === pressed.amount) &&
    (pressed.repeat === undefined || isSameRepeat(before.repeat, pressed.repeat)) &&
    Object.entries(terms).every(([name, value]) => isSame(before[name as keyof OrderTerms], value));
  if (!same) throw new DomainError('conflict', 'kernel.idempotency-mismatch');
  return { ref: before.ref, nr: before.nr, state: before.state as Stepped['state'] };
}

const isSame = (a: unknown, b: unknown): boolean =>
  a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;

const isSameRepeat = (a: Repeat | null, b: Repeat | null): boolean =>
  a?.every === b?.every && a?.times === b?.times && a?.endsOn === b?.endsOn;

/** Somebody took a step meanwhile: who and which, so that whoever pressed knows what to read anew. */
export async function movedOn(
  db: Executor,
  order: Pick<StoredOrder, 'wijkId' | 'id' | 'version'>,
): Promise<DomainError> {
  const last = (await listOrderEvents(db, order.wijkId, order.id)).at(-1);
  const names = last?.by ? await memberNames(db, order.wijkId, [last.by]) : new Map();
  return new DomainError('conflict', 'market.order-moved', {
    params: {
      // the clock has no name, and its sentences have no place for one
      name: names.get(last?.by ?? '') || '-',
      kind: `order-${last?.step ?? 'request'}`,
      version: order.version,
    },
  });
}
