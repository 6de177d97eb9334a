import { createHmac } from 'node:crypto';
import { codesOf, lapsedHolds } from '@wijk/db/ledger';
import { uuidOfHex } from '@wijk/domain/kernel';
import type { Outcome, TransferRequest } from '@wijk/domain/ledger';
import type { NamedJob } from '../../../jobs/worker.ts';
import type { Services } from '../../../services.ts';

const AT_A_TIME = 100;

export const lapsing: NamedJob = { name: 'lapsed-holds', run: lapseHolds };

/**
 * Ends reservations whose time is over, so that what was reserved can be spent again. Several workers are
 * harmless: a reservation is ended once, whoever comes first, and where somebody posts or gives it back in
 * the same moment one of the two is told that it was ended already.
 */
export async function lapseHolds(services: Services): Promise<boolean> {
  const holds = await lapsedHolds(services.db, services.clock.now(), AT_A_TIME);
  const byWijk = Map.groupBy(holds, ({ wijkId }) => wijkId);
  let ended = false;
  for (const [wijkId, lapsed] of byWijk) {
    const pending = lapsed.map(({ transferId }) => transferId);
    const outcomes = await expire(services, wijkId, pending);
    ended ||= outcomes.some((outcome) => outcome.ok);
    for (const [i, outcome] of outcomes.entries())
      if (!outcome.ok && outcome.refusal !== 'already-resolved')
        services.log.error(
          { wijkId, transferId: pending[i], refusal: outcome.refusal },
          'a reservation could not be ended',
        );
  }
  return ended;
}

async function expire(
  { db, book, secret }: Services,
  wijkId: string,
  pending: readonly string[],
): Promise<Outcome[]> {
  const codes = await codesOf(db, wijkId, pending);
  const requests = pending.map((id): TransferRequest => {
    const code = codes.get(id);
    if (!code) throw new Error(`reservation ${id} is not in the book`);
    return { kind: 'expire', id: expiryId(secret, id), code, pending: id };
  });
  return await book.post(db, wijkId, requests);
}

/**
 * The id under which a reservation lapses: the same for every worker, and guessed by nobody, for whoever
 * had made a payment under it would keep the reservation from ending.
 */
export function expiryId(secret: string, pendingId: string): string {
  const hash = createHmac('sha256', secret).update(`ledger.expire ${pendingId}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return uuidOfHex(hash.toString('hex', 0, 16));
}
