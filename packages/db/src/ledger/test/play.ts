import type { Outcome, TransferRequest } from '@wijk/domain/ledger';
import type pg from 'pg';
import { judgeBook, openWijk } from '../../../../../tests/support/judge-book.ts';
import type { Database } from '../../kernel/index.ts';
import {
  type AccountKind,
  balanceAsOf,
  openAccount,
  postTransfers,
  readAccounts,
  setFrozen,
  setLimits,
} from '../index.ts';
import { ModelBook } from './model.ts';
import { availableOf, balanceOf, type ModelAccount, type ModelLimits } from './rules.ts';
import { idOf, Scribe } from './scribe.ts';
import type { Script, Step } from './script.ts';

const START = Date.parse('2026-12-01T20:00:00Z');
const KINDS: readonly AccountKind[] = [
  'issuance',
  'fund',
  'member',
  'organisation',
  'escrow',
  'lot',
  'member',
];
const NONE: ModelLimits = { min: null, max: null, daily: null };

export interface Table {
  db: Database;
  owner: pg.Client;
  /** how often each outcome of each kind was seen, so that a test can tell what it has tried */
  seen: Map<string, number>;
}

/**
 * Plays a script on the book in the database and on the model.
 * @returns the first thing in which they differ, or null
 */
export async function play(parts: Table, script: Script): Promise<string | null> {
  const game = new Game(parts, await openWijk(parts.owner), script.accounts);
  await game.open();
  for (const [nr, step] of script.steps.entries()) {
    const fault = await game.take(step);
    if (fault) return `step ${nr}: ${fault}`;
  }
  return (await game.compare()) ?? (await judgeBook(parts.owner, game.wijkId))[0] ?? null;
}

class Game {
  readonly wijkId: string;
  readonly #db: Database;
  readonly #owner: pg.Client;
  readonly #model = new ModelBook();
  readonly #limits: readonly ModelLimits[];
  readonly #ids: readonly string[];
  readonly #scribe: Scribe;
  readonly #seen: Map<string, number>;

  constructor({ db, owner, seen }: Table, wijkId: string, limits: readonly ModelLimits[]) {
    this.#seen = seen;
    this.#db = db;
    this.#owner = owner;
    this.wijkId = wijkId;
    this.#limits = [NONE, ...limits];
    this.#ids = this.#limits.map((_, nr) => idOf('account', nr));
    this.#scribe = new Scribe(this.#ids);
    this.#scribe.now = START;
  }

  async open(): Promise<void> {
    for (const [nr, id] of this.#ids.entries()) {
      const limits = this.#limits[nr] as ModelLimits;
      const kind = KINDS[nr] ?? 'member';
      await openAccount(this.#db, { wijkId: this.wijkId, id, kind, limits }, new Date(START));
      this.#model.open(id, limits, START);
    }
    const [issuance, ...others] = this.#ids as [string, ...string[]];
    const issue = others.map(
      (account, nr): TransferRequest => ({
        id: idOf('issue', nr),
        kind: 'single',
        code: 'issue',
        legs: [
          { account: issuance, side: 'debit', amount: 300 },
          { account, side: 'credit', amount: 300 },
        ],
      }),
    );
    const fault = await this.#post(issue);
    if (fault) throw new Error(fault);
  }

  async take(step: Step): Promise<string | null> {
    const scribe = this.#scribe;
    const account = 'account' in step ? (this.#ids[step.account % this.#ids.length] as string) : '';
    switch (step.do) {
      case 'post':
        return await this.#post(step.asks.map((ask) => scribe.make(ask)));
      case 'replay':
        return await this.#post(step.picks.flatMap((pick) => scribe.earlier(pick) ?? []));
      case 'clock':
        scribe.now += step.minutes * 60_000;
        return null;
      case 'limits':
        this.#model.setLimits(account, step.limits);
        await setLimits(this.#db, this.wijkId, account, step.limits, new Date(scribe.now));
        return null;
      case 'freeze':
        this.#model.setFrozen(account, step.frozen);
        await setFrozen(this.#db, this.wijkId, account, step.frozen, new Date(scribe.now));
        return null;
    }
  }

  async #post(requests: readonly TransferRequest[]): Promise<string | null> {
    const at = new Date(this.#scribe.now);
    const day = at.toISOString().slice(0, 10);
    const expected = this.#model.post(requests, at.getTime(), day);
    for (const [i, outcome] of expected.entries()) {
      const name = outcome.ok ? (outcome.repeated ? 'repeated' : 'posted') : outcome.refusal;
      const key = `${requests[i]?.kind} ${name}`;
      this.#seen.set(key, (this.#seen.get(key) ?? 0) + 1);
      if (outcome.ok) this.#scribe.taken.add(requests[i]?.id ?? '');
    }
    const outcomes = await postTransfers(this.#db, this.wijkId, requests, { at, day }).catch(
      (error: Error): Outcome[] => [
        { thrown: `${error.message} ${error.cause}`.slice(-300) } as never,
      ],
    );
    return differ(`outcomes of ${JSON.stringify(requests)}`, outcomes, expected);
  }

  async compare(): Promise<string | null> {
    const accounts = await readAccounts(this.#db, this.wijkId, this.#ids);
    const { rows } = await this.#owner.query(
      `select account_id as account, transfer_id as "transferId", version::int, debit, posted, pending, balance,
         reserved, expected, at from ledger.entry where wijk_id = $1 order by account_id, version`,
      [this.wijkId],
    );
    const holds = await this.#owner.query(
      'select transfer_id as id from ledger.hold where wijk_id = $1 order by 1',
      [this.wijkId],
    );
    for (const model of this.#model.accounts.values()) {
      const account = accounts.find(({ id }) => id === model.id);
      const entries = rows
        .filter((row) => row.account === model.id)
        .map(({ account: _, at, ...row }) => ({ ...numbers(row), at: at.getTime() }));
      const fault =
        differ('account', { ...account, kind: null }, seenOf(model)) ??
        differ(`entries of ${model.id}`, entries, model.entries) ??
        (await this.#comparePast(model));
      if (fault) return fault;
    }
    return differ(
      'holds',
      holds.rows.map(({ id }) => id),
      this.#model.holds(),
    );
  }

  /** At its last moments, and just before. */
  async #comparePast(model: ModelAccount): Promise<string | null> {
    const moments = new Set(model.entries.map(({ at }) => at));
    for (const at of [...moments].flatMap((moment) => [moment - 1, moment]).slice(-3)) {
      const last = model.entries.findLast((entry) => entry.at <= at);
      const { balance = 0, reserved = 0, expected = 0, version = 0 } = last ?? {};
      const found = await balanceAsOf(this.#db, this.wijkId, model.id, new Date(at));
      const fault = differ(`as of ${at}`, found, { balance, reserved, expected, version });
      if (fault) return fault;
    }
    return null;
  }
}

const seenOf = (model: ModelAccount) => ({
  id: model.id,
  kind: null,
  balance: balanceOf(model),
  reserved: model.debits.pending,
  expected: model.credits.pending,
  available: model.min === null ? null : availableOf(model) - model.min,
  min: model.min,
  max: model.max,
  dailyLimit: model.wanted.daily,
  spentToday: model.spent?.amount ?? 0,
  spentDay: model.spent?.day ?? null,
  frozen: model.frozen,
  version: model.entries.length,
});

/** bigint comes as text */
const numbers = (row: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value,
    ]),
  );

function differ(what: string, found: unknown, expected: unknown): string | null {
  const [one, other] = [sorted(found), sorted(expected)];
  return one === other ? null : `${what}\nfound    ${one}\nexpected ${other}`;
}

const sorted = (value: unknown) =>
  JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
