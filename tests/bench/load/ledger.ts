import { connect } from '@wijk/db/kernel';
import { systemClock } from '@wijk/domain/kernel';
import type { Leg, Outcome, TransferRequest } from '@wijk/domain/ledger';
import { Book, PostingQueue } from '../../../apps/api/src/modules/ledger/index.ts';
import { Wijken } from '../../../apps/api/src/modules/wijk/index.ts';
import { type Chance, chance } from '../../../packages/db/seed/random.ts';
import { type LedgerPlan, type Sample, Tally } from './plan.ts';

/** So many of a hundred. */
const REFUSED = 2;
const REPEATED = 4;
const RESERVED = 12;
/** more than anybody has */
const TOO_MUCH = 2 ** 50;

type Submit = (request: TransferRequest) => Promise<Outcome>;

/**
 * Clients that pay one after the other: 2 % of the requests are refused for want of credits, 4 % come a
 * second time, 12 % reserve and as many end a reservation (half of them whole, a quarter in part, a quarter
 * by giving it back), the rest pay at once. An outcome that is not the one expected is an error.
 */
export async function ledger(plan: LedgerPlan): Promise<Sample> {
  const db = connect({ url: plan.database, max: plan.connections });
  const book = new Book({ db, clock: systemClock, wijken: new Wijken(db, systemClock) });
  const submit = plan.way === 'rows' ? rowByRow(plan, db, book) : batched(plan, db, book);
  const tally = new Tally();
  const startedAt = performance.now();
  const until = startedAt + plan.seconds * 1000;
  const client = async (_: unknown, n: number) => {
    const requests = new Requests(chance(plan.seed + n), plan);
    while (performance.now() < until) {
      const { request, expected } = requests.next();
      const from = performance.now();
      try {
        const outcome = await submit(request);
        tally.time(performance.now() - from);
        const became = outcome.ok ? (outcome.repeated ? 'repeated' : 'posted') : outcome.refusal;
        if (became !== expected) tally.fault(`${request.kind}: ${became}, not ${expected}`);
      } catch (error) {
        tally.fault(reasonOf(error));
      }
    }
  };
  await Promise.all(Array.from({ length: plan.clients }, client));
  const elapsed = performance.now() - startedAt;
  await book.close();
  await db.$client.end();
  return tally.sample(elapsed);
}

/** What the database said; drizzle puts the whole statement before it. */
function reasonOf(error: unknown): string {
  let reason = error;
  while (reason instanceof Error && reason.cause) reason = reason.cause;
  return reason instanceof Error ? reason.message : String(reason);
}

function rowByRow({ wijkId }: LedgerPlan, db: ReturnType<typeof connect>, book: Book): Submit {
  return async (request) => {
    const [outcome] = await book.post(db, wijkId, [request]);
    if (!outcome) throw new Error('the book did not answer');
    return outcome;
  };
}

function batched(plan: LedgerPlan, db: ReturnType<typeof connect>, book: Book): Submit {
  const limits = plan.batch === undefined ? {} : { batch: plan.batch };
  const queue = new PostingQueue<null>({ db, book, limits, complete: async () => undefined });
  return (request) => queue.submit(plan.wijkId, { request, note: null });
}

/** What one client asks, in turn. */
class Requests {
  readonly #chance: Chance;
  readonly #plan: LedgerPlan;
  readonly #open: { id: string; legs: readonly Leg[] }[] = [];
  #last: TransferRequest | undefined;

  constructor(chance: Chance, plan: LedgerPlan) {
    this.#chance = chance;
    this.#plan = plan;
  }

  /** a whole number, both ends included */
  #between(low: number, high: number): number {
    return Math.floor(this.#chance.between(low, high + 1));
  }

  next(): { request: TransferRequest; expected: string } {
    const share = this.#between(1, 100);
    if (share <= REFUSED) return { request: this.#payment(TOO_MUCH + 2), expected: 'insufficient' };
    if (share <= REFUSED + REPEATED && this.#last)
      return { request: this.#last, expected: 'repeated' };
    const [oldest] = this.#open;
    if (share > 100 - RESERVED && oldest) {
      this.#open.shift();
      return { request: this.#end(oldest), expected: 'posted' };
    }
    const paid = this.#payment(this.#between(10, 2000));
    const request: TransferRequest =
      share <= REFUSED + REPEATED + RESERVED
        ? { ...paid, kind: 'pending', code: 'order', expiresAt: null }
        : paid;
    if (request.kind === 'pending') this.#open.push({ id: request.id, legs: request.legs });
    this.#last = request;
    return { request, expected: 'posted' };
  }

  #payment(amount: number): TransferRequest & { legs: readonly Leg[] } {
    const { accounts, fund } = this.#plan;
    const payer = this.#chance.pick(accounts);
    let payee = payer;
    while (payee === payer) payee = this.#chance.pick(accounts);
    const fee = fund ? Math.max(1, Math.floor(amount / 50)) : 0;
    const legs: Leg[] = [
      { account: payer, side: 'debit', amount },
      { account: payee, side: 'credit', amount: amount - fee },
    ];
    if (fund) legs.push({ account: fund, side: 'credit', amount: fee });
    return { id: crypto.randomUUID(), kind: 'single', code: 'payment', legs };
  }

  #end({ id: pending, legs }: { id: string; legs: readonly Leg[] }): TransferRequest {
    const id = crypto.randomUUID();
    const share = this.#between(1, 4);
    if (share === 1) return { id, kind: 'void', code: 'order', pending };
    if (share > 2) return { id, kind: 'post', code: 'order', pending };
    // in part: one unit of each credit returns
    const credits = legs.filter(({ side }) => side === 'credit');
    const part = legs.map((leg) => {
      if (leg.side === 'credit') return { ...leg, amount: Math.max(1, leg.amount - 1) };
      const returned = credits.filter(({ amount }) => amount > 1).length;
      return { ...leg, amount: leg.amount - returned };
    });
    return { id, kind: 'post', code: 'order', pending, legs: part };
  }
}
