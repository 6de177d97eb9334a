import { STATEMENT_LINES_MAX, type StatementLine } from '@wijk/contracts';
import { type Holder, listLotAccounts } from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError, type FieldError } from '@wijk/domain/kernel';
import { localDateOf, startOfDay } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import type { Movement } from '../../ledger/index.ts';
import { walletOf } from '../access.ts';
import type { Wijk } from '../pay.ts';
import { linesOf } from '../statement.ts';

export interface Balances {
  own: number;
  budget: number;
}

/** A wallet in a period: every line of it, oldest first, adds up from the one balance to the other. */
export interface StatementPeriod {
  holder: Holder;
  /** days of the wijk, both included */
  from: string;
  until: string;
  opening: Balances;
  closing: Balances;
  in: number;
  out: number;
  lines: StatementLine[];
}

const BATCH = 500;
const MILLISECOND = 1;

/**
 * Reads a period out of the book. Lines that do not lead from the first balance to the last would be a wrong
 * paper, so that is an error and not a statement.
 *
 * @throws `kernel.invalid` at `from` and `until`, `wallet.not-operator`, `wallet.statement-too-long` {max}
 */
export async function readPeriod(
  services: Services,
  actor: Member,
  wijk: Wijk,
  asked: { from: string; until: string; organisation?: string | undefined },
): Promise<StatementPeriod> {
  const { from, until } = asked;
  assertPeriod(from, until, localDateOf(services.clock.now(), wijk.timeZone));
  const holder = await walletOf(services, actor, asked.organisation);
  const own = holder.accountId;
  const beside = await listLotAccounts(services.db, wijk.id, own);
  const begin = startOfDay(from, wijk.timeZone);
  const page = { from: begin, until: startOfDay(until, wijk.timeZone, 1) };
  const movements = await allMovements(services, wijk, { own, beside }, page);
  const lines: StatementLine[] = [];
  for (let n = 0; n < movements.length; n += BATCH)
    lines.push(...(await linesOf(services, wijk.id, own, movements.slice(n, n + BATCH))));
  lines.reverse();
  const before = new Date(begin.getTime() - MILLISECOND);
  const budgets = await Promise.all(beside.map((id) => services.book.asOf(wijk.id, id, before)));
  const first = await services.book.asOf(wijk.id, own, before);
  const opening = { own: first.balance, budget: sum(budgets.map(({ balance }) => balance)) };
  const closing = {
    own: opening.own + sum(lines.map(({ amount }) => amount)),
    budget: opening.budget + sum(lines.map(({ budget }) => budget)),
  };
  const last = lines.at(-1);
  if (last && last.balance !== closing.own) throw new Error('a statement does not add up');
  const amounts = lines.map(({ amount }) => amount);
  return {
    ...{ holder, from, until, opening, closing, lines },
    in: sum(amounts.filter((amount) => amount > 0)),
    out: 0 - sum(amounts.filter((amount) => amount < 0)),
  };
}

const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);

function assertPeriod(from: string, until: string, today: string): void {
  const errors: FieldError[] = [];
  if (until > today) errors.push({ pointer: 'until', code: 'in-the-future' });
  if (from > until) errors.push({ pointer: 'from', code: 'after-end' });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

/** Newest first. */
async function allMovements(
  services: Services,
  wijk: Wijk,
  accounts: { own: string; beside: readonly string[] },
  page: { from: Date; until: Date },
): Promise<Movement[]> {
  const all: Movement[] = [];
  for (;;) {
    const after = all.at(-1);
    const more = await services.book.movements(wijk.id, accounts, {
      ...{ ...page, limit: BATCH },
      ...(after ? { after } : {}),
    });
    all.push(...more);
    if (all.length > STATEMENT_LINES_MAX)
      throw new DomainError('conflict', 'wallet.statement-too-long', {
        params: { max: String(STATEMENT_LINES_MAX) },
      });
    if (more.length < BATCH) return all;
  }
}
