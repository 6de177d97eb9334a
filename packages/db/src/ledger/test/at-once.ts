import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Leg, TransferRequest } from '@wijk/domain/ledger';
import type pg from 'pg';
import { judgeBook, openWijk } from '../../../../../tests/support/judge-book.ts';
import { type Database, inTransaction, sqlState } from '../../kernel/index.ts';
import { openAccount, postTransfers } from '../index.ts';
import { DAY, DUE, START } from './requests.ts';

export interface Place {
  db: Database;
  owner: pg.Client;
  /** another connection of the owner */
  locker: pg.Client;
}

const NOW = new Date(START);

/** A wijk with four accounts of a hundred each, and whoever wants to do something with them at once. */
class Scene {
  readonly place: Place;
  readonly wijkId: string;
  readonly accounts: readonly [string, string, string, string];

  private constructor(
    place: Place,
    wijkId: string,
    accounts: readonly [string, string, string, string],
  ) {
    this.place = place;
    this.wijkId = wijkId;
    this.accounts = accounts;
  }

  static async open(place: Place): Promise<Scene> {
    const wijkId = await openWijk(place.owner);
    const open = async (kind: 'issuance' | 'member', min: number | null) => {
      const id = randomUUID();
      await openAccount(
        place.db,
        { wijkId, id, kind, limits: { min, max: null, daily: null } },
        NOW,
      );
      return id;
    };
    const issuance = await open('issuance', null);
    const [a, b, c, d] = [
      await open('member', 0),
      await open('member', 0),
      await open('member', 0),
      await open('member', 0),
    ];
    const scene = new Scene(place, wijkId, [a, b, c, d]);
    await scene.post([a, b, c, d].map((to) => pay(issuance, to, 100)));
    return scene;
  }

  async post(requests: readonly TransferRequest[], at = NOW): Promise<string[]> {
    const outcomes = await postTransfers(this.place.db, this.wijkId, requests, { at, day: DAY });
    return outcomes.map((one) => (one.ok ? (one.repeated ? 'repeated' : 'posted') : one.refusal));
  }

  /** Starts them all, lets them go when every one waits for an account, and says what each got, sorted. */
  async atOnce(attempts: readonly (() => Promise<string[]>)[]): Promise<string> {
    const { owner, locker } = this.place;
    await locker.query('begin');
    await locker.query(
      'select from ledger.account where wijk_id = $1 order by rank, id for update',
      [this.wijkId],
    );
    const all = attempts.map((attempt) =>
      attempt().then(
        (outcomes) => outcomes.join('+'),
        (error) => sqlState(error) ?? String(error),
      ),
    );
    await untilWaiting(owner, attempts.length);
    await locker.query('commit');
    return (await Promise.all(all)).sort().join(' ');
  }
}

async function untilWaiting(owner: pg.Client, many: number): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const { rows } = await owner.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if ((rows[0]?.n ?? 0) >= many) return;
    await pause(10);
  }
  throw new Error('they do not wait');
}

const legs = (from: string, to: string, amount: number): Leg[] => [
  { account: from, side: 'debit', amount },
  { account: to, side: 'credit', amount },
];
const pay = (
  from: string,
  to: string,
  amount: number,
  id: string = randomUUID(),
): TransferRequest => ({
  id,
  kind: 'single',
  code: 'payment',
  legs: legs(from, to, amount),
});
const end = (kind: 'post' | 'void' | 'expire', pending: string): TransferRequest => ({
  id: randomUUID(),
  kind,
  code: 'order',
  pending,
});
const reserve = (from: string, to: string, amount: number): TransferRequest => ({
  id: randomUUID(),
  kind: 'pending',
  code: 'order',
  legs: legs(from, to, amount),
  expiresAt: DUE,
});
const unless = (right: boolean, found: string) => (right ? null : `got ${found}`);

/** What happens when it happens at once. Each says what is wrong, or null. */
const CHECKS = {
  'the same new request, brought eight times, is posted once': async (scene: Scene) => {
    const request = pay(scene.accounts[0], scene.accounts[1], 10);
    const found = await scene.atOnce(Array.from({ length: 8 }, () => () => scene.post([request])));
    return unless(found === `posted${' repeated'.repeat(7)}`, found);
  },
  'two requests under one new id: one is posted, the other is told': async (scene: Scene) => {
    const [a, b] = scene.accounts;
    const id = randomUUID();
    const found = await scene.atOnce(
      [10, 11].map((amount) => () => scene.post([pay(a, b, amount, id)])),
    );
    return unless(found === 'mismatch posted', found);
  },
  'the same between other accounts: the other is told when it asks again': async (scene: Scene) => {
    const [a, b, c, d] = scene.accounts;
    const id = randomUUID();
    const both = [pay(a, b, 10, id), pay(c, d, 10, id)];
    const found = await scene.atOnce(both.map((request) => () => scene.post([request])));
    const again = [...(await scene.post(both))].sort().join(' ');
    return unless(
      /^(23505|mismatch) posted$/.test(found) && again === 'mismatch repeated',
      `${found}, then ${again}`,
    );
  },
  'two batches bring the same new ids in another order, between other accounts': async (
    scene: Scene,
  ) => {
    const [a, b, c, d] = scene.accounts;
    const [one, other] = [randomUUID(), randomUUID()];
    const found = await scene.atOnce([
      () => scene.post([pay(a, b, 1, one), pay(a, b, 1, other)]),
      () => scene.post([pay(c, d, 2, other), pay(c, d, 2, one)]),
    ]);
    return unless(/^(23505|mismatch\+mismatch) posted\+posted$/.test(found), found);
  },
  'a reservation is posted, voided and expired: one of them': async (scene: Scene) => {
    const held = reserve(scene.accounts[0], scene.accounts[1], 40);
    await scene.post([held]);
    const found = await scene.atOnce([
      () => scene.post([end('post', held.id)]),
      () => scene.post([end('void', held.id)]),
      () => scene.post([end('expire', held.id)], DUE),
    ]);
    return unless(found === 'already-resolved already-resolved posted', found);
  },
  'a payment is taken back by two: once': async (scene: Scene) => {
    const paid = pay(scene.accounts[0], scene.accounts[1], 40);
    await scene.post([paid]);
    const back = (): TransferRequest => ({
      id: randomUUID(),
      kind: 'reversal',
      code: 'correction',
      reverses: paid.id,
    });
    const found = await scene.atOnce([() => scene.post([back()]), () => scene.post([back()])]);
    return unless(found === 'already-reversed posted', found);
  },
  'two pay each other': async (scene: Scene) => {
    const [a, b] = scene.accounts;
    const found = await scene.atOnce([
      () => scene.post([pay(a, b, 10)]),
      () => scene.post([pay(b, a, 5)]),
    ]);
    return unless(found === 'posted posted', found);
  },
  'eight spend the same credits, three of them can': async (scene: Scene) => {
    const [a, b, c, d] = scene.accounts;
    const found = await scene.atOnce(
      Array.from(
        { length: 8 },
        (_, i) => () => scene.post([(i % 2 ? reserve : pay)(a, [b, c, d][i % 3] as string, 30)]),
      ),
    );
    return unless(found === `${'insufficient '.repeat(5)}posted posted posted`, found);
  },
  'a reservation that commits while it is being ended is not known yet': async (scene: Scene) => {
    const [a, b, c] = scene.accounts;
    const held = reserve(a, b, 10);
    const { db, owner } = scene.place;
    let ended: Promise<string[]> | undefined;
    await inTransaction(db, async (tx) => {
      await postTransfers(tx, scene.wijkId, [held], { at: NOW, day: DAY });
      ended = scene.post([end('void', held.id), pay(a, c, 1)]);
      ended.catch(() => {});
      await untilWaiting(owner, 1);
    });
    const found = (await ended)?.join('+') ?? '';
    return unless(found === 'no-reference+posted', found);
  },
} satisfies Record<string, (scene: Scene) => Promise<string | null>>;

export type Check = keyof typeof CHECKS;
export const checks = Object.keys(CHECKS) as Check[];

/** What went wrong: there and then, or in the book afterwards. Null: nothing. */
export async function tryAtOnce(place: Place, check: Check): Promise<string | null> {
  const scene = await Scene.open(place);
  const faults = [await CHECKS[check](scene), ...(await judgeBook(place.owner, scene.wijkId))];
  return faults.filter(Boolean).join('; ') || null;
}
