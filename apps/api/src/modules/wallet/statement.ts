import type {
  readWalletStatement as contract,
  QueryOf,
  ReplyOf,
  StatementLine,
} from '@wijk/contracts';
import { listLotAccounts, readPayments, type StoredPayment } from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { startOfDay } from '@wijk/domain/wijk';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import type { Movement, MovementCursor } from '../ledger/index.ts';
import { walletOf } from './access.ts';
import { holdersBy, partyOf, WIJK } from './views.ts';

type Query = QueryOf<typeof contract>;
/** Read at once while looking for lines that fit the filters. */
const BATCH = 200;

/**
 * What was booked in a wallet, its budgets along with it, newest first, with the balance after each line.
 * Descriptions are names and kinds: no topic, no words of anybody.
 * @throws `wallet.not-operator`, `kernel.invalid` at 'cursor'
 */
export async function readStatement(
  services: Services,
  actor: Member,
  wijk: { id: string; timeZone: string },
  query: Query,
): Promise<ReplyOf<typeof contract>> {
  const holder = await walletOf(services, actor, query.organisation);
  const own = holder.accountId;
  const beside = await listLotAccounts(services.db, wijk.id, own);
  const fits = filterOf(query);
  const filtered = query.direction !== undefined || Boolean(query.q);
  const found: { line: StatementLine; at: Movement }[] = [];
  let after = query.cursor === undefined ? undefined : readCursor(query.cursor);
  const wanted = query.limit + 1;
  for (;;) {
    const limit = filtered ? BATCH : wanted;
    const movements = await services.book.movements(
      wijk.id,
      { own, beside },
      { after, limit, ...periodOf(query, wijk.timeZone) },
    );
    const lines = await linesOf(services, wijk.id, own, movements);
    for (const [i, movement] of movements.entries()) {
      const line = lines[i];
      if (line && fits(line)) found.push({ line, at: movement });
    }
    after = movements.at(-1);
    if (found.length >= wanted || movements.length < limit) break;
  }
  const shown = found.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ line }) => line),
    nextCursor: found.length > query.limit && last ? writeCursor(last.at) : null,
  };
}

/** From the beginning of the first day to the end of the last one, in the wijk. */
function periodOf({ from, until }: Query, timeZone: string) {
  return {
    ...(from ? { from: startOfDay(from, timeZone) } : {}),
    ...(until ? { until: startOfDay(until, timeZone, 1) } : {}),
  };
}

function filterOf({ direction, q }: Query): (line: StatementLine) => boolean {
  const words = q ? plain(q) : '';
  return (line) => {
    const change = line.amount + line.budget;
    if (direction && change > 0 !== (direction === 'in')) return false;
    return words === '' || (line.party.name !== null && plain(line.party.name).includes(words));
  };
}

/** Without capitals and accents: "Yılmaz" is found by "yilmaz". */
const plain = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ı', 'i');

export async function linesOf(
  services: Services,
  wijkId: string,
  own: string,
  movements: readonly Movement[],
): Promise<StatementLine[]> {
  const ids = movements.flatMap(paymentsOf);
  const payments = await readPayments(services.db, wijkId, ids);
  const sides = [...payments.values()].map((payment) => otherSide(payment, own));
  const holders = await holdersBy(services.db, wijkId, sides);
  return movements.map((movement) => {
    const payment = paymentsOf(movement)
      .map((id) => payments.get(id))
      .find((one) => one !== undefined);
    const kind = movement.kind === 'reversal' ? ('reversal' as const) : movement.code;
    const received = payment?.payee === own && kind !== 'reversal';
    return {
      id: movement.transferId,
      at: movement.at.toISOString(),
      kind,
      amount: movement.own,
      budget: movement.beside,
      balance: movement.balance,
      contribution: received ? payment.contribution : 0,
      party: payment ? partyOf(holders.get(otherSide(payment, own))) : WIJK,
      payment: payment?.id ?? null,
    };
  });
}

/** The payment may stand under the transfer itself, what it ends, or what it takes back. */
const paymentsOf = ({ transferId, pendingId, reversesId }: Movement): string[] =>
  [transferId, pendingId, reversesId].filter((id) => id !== null);
const otherSide = ({ payer, payee }: StoredPayment, own: string) => (payer === own ? payee : payer);

const position = z.tuple([z.iso.datetime(), z.number().int(), z.uuid()]);

const writeCursor = ({ at, version, transferId }: MovementCursor) =>
  Buffer.from(JSON.stringify([at.toISOString(), version, transferId])).toString('base64url');

function readCursor(cursor: string): MovementCursor {
  try {
    const text = Buffer.from(cursor, 'base64url').toString();
    const [at, version, transferId] = position.parse(JSON.parse(text));
    return { at: new Date(at), version, transferId };
  } catch {
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'cursor', code: 'invalid' }],
    });
  }
}
