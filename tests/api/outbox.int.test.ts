import * as contracts from '@wijk/contracts';
import { appendEvent, connect, type Database, inTransaction } from '@wijk/db/kernel';
import { readDeadLetters } from '@wijk/db/operation';
import { HOUR_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dispatchOne } from '../../apps/api/src/jobs/dispatcher.ts';
import { Worker } from '../../apps/api/src/jobs/worker.ts';
import { type Services, type Subscriber, subscribe } from '../../apps/api/src/services.ts';
import { type House, ok, openHouse, refusal } from '../support/house.ts';
import { until } from './served-house.ts';

let house: House;
let services: Services;
let testNo = 0;

beforeAll(async () => {
  house = await openHouse();
  services = house.services;
  await house.owner.$client.query(
    `create table public.effect (event_id uuid not null, by text not null, at timestamptz default now());
     grant insert, select on public.effect to wijk_app`,
  );
});

beforeEach(() => {
  testNo += 1;
});

afterAll(() => house?.close());

/** An event of a type of its own, with these subscribers; returns its id. */
async function happen(
  subscribers: Record<string, Subscriber | undefined>,
  times = 1,
  wijkId = house.wijk.id,
): Promise<{ ids: string[]; names: string[] }> {
  const type = `test-${testNo}.v1`;
  const names = Object.keys(subscribers).map((name) => `${name}-${testNo}`);
  if (!services.subscriptions.has(type))
    for (const [name, subscriber] of Object.entries(subscribers)) {
      if (subscriber) subscribe(services, `${name}-${testNo}`, [type], subscriber);
      else
        services.subscriptions.set(type, [
          ...(services.subscriptions.get(type) ?? []),
          `${name}-${testNo}`,
        ]);
    }
  const ids = await inTransaction(services.db, async (tx) => {
    const made: string[] = [];
    for (let i = 0; i < times; i += 1)
      made.push(
        await appendEvent(tx, services.subscriptions, services.clock.now(), {
          wijkId,
          type,
          payload: { n: String(i) },
        }),
      );
    return made;
  });
  return { ids, names };
}

const leaveMark: Subscriber = async (tx, { eventId }) => {
  await tx.execute(sql`insert into public.effect (event_id, by) values (${eventId}, 'mark')`);
};

const effects = async (ids: readonly string[]): Promise<number[]> => {
  const { rows } = await house.owner.$client.query<{ n: number }>(
    `select (select count(*)::int from public.effect e where e.event_id = i.id) as n
     from unnest($1::uuid[]) i(id)`,
    [ids],
  );
  return rows.map(({ n }) => n);
};

const delivery = async (id: string, name: string) => {
  const { rows } = await house.owner.$client.query(
    `select status, attempts, due_at as "dueAt", last_error as error, id
     from kernel.delivery where event_id = $1 and subscriber = $2`,
    [id, name],
  );
  return rows[0] as { status: string; attempts: number; dueAt: Date; error: string; id: string };
};

/** Everything that is due now, by so many dispatchers beside each other. */
async function dispatch(dispatchers = 1, of: Services = services): Promise<void> {
  await Promise.all(
    Array.from({ length: dispatchers }, async () => {
      while (await dispatchOne(of));
    }),
  );
}

describe('a subscriber that fails', () => {
  it('is tried again ever later, is given up after ten tries, and can be tried once more', async () => {
    let broken = true;
    const { ids, names } = await happen({
      fails: async (tx, event, parts) => {
        await leaveMark(tx, event, parts);
        if (broken) throw new Error('invalid input syntax: "Wat Fatima schreef"');
      },
    });
    const [id = '', name = ''] = [ids[0], names[0]];
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await dispatch();
      const now = house.clock.now().getTime();
      const { attempts, dueAt, status } = await delivery(id, name);
      expect([attempts, status]).toEqual([attempt, attempt < 10 ? 'pending' : 'dead']);
      if (status === 'dead') break;
      waits.push((dueAt.getTime() - now) / 1000);
      house.clock.advance(dueAt.getTime() - now - 1);
      await dispatch();
      expect((await delivery(id, name)).attempts).toBe(attempt);
      house.clock.advance(1);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280]);
    house.clock.advance(100 * HOUR_MS);
    await dispatch();
    expect((await delivery(id, name)).attempts).toBe(10);
    expect(await effects([id])).toEqual([0]);

    const letters = await readDeadLetters(services.db, house.wijk.id);
    const letter = letters.find(({ what }) => what.endsWith(name));
    expect(letter).toMatchObject({
      queue: 'events',
      attempts: 10,
      error: 'Error: invalid input syntax: "…"',
    });
    expect(await readDeadLetters(services.db, house.other.id)).toEqual([]);

    const admin = await house.guest('Beheer', ['admin']);
    const jobs = ok(await house.call(contracts.getJobs, admin, {}));
    expect(jobs.queues.find((queue) => queue.name === 'events')).toMatchObject({ dead: 1 });
    expect(jobs.deadLetters.map((one) => one.id)).toContain(letter?.id);
    const params = { letter: letter?.id ?? '' };
    const there = await house.guest('Beheer Daar', ['admin'], house.other.id);
    const inOther = { ...params, wijk: house.other.slug };
    expect(refusal(await house.call(contracts.retryDeadLetter, there, { params: inOther }))).toBe(
      '404 kernel.not-found',
    );
    broken = false;
    ok(await house.call(contracts.retryDeadLetter, admin, { params }));
    await dispatch();
    expect(await delivery(id, name)).toMatchObject({ status: 'done', error: null });
    expect(await effects([id])).toEqual([1]);
    expect(refusal(await house.call(contracts.retryDeadLetter, admin, { params }))).toBe(
      '404 kernel.not-found',
    );
  });

  it('holds up neither its neighbours nor other events', async () => {
    const { ids, names } = await happen({
      bad: () => Promise.reject(new Error('no')),
      good: leaveMark,
    });
    const later = await happen({ bad: undefined, good: undefined });
    await dispatch();
    expect(await effects([...ids, ...later.ids])).toEqual([1, 1]);
    const [bad = '', good = ''] = names;
    for (const id of [...ids, ...later.ids]) {
      expect(await delivery(id, bad)).toMatchObject({ status: 'pending', attempts: 1 });
      expect(await delivery(id, good)).toMatchObject({ status: 'done', attempts: 0 });
    }
  });

  it('by an error of the database is counted all the same', async () => {
    const { ids, names } = await happen({
      clumsy: async (tx) => {
        await tx.execute(sql`select 1 from does_not_exist`);
      },
    });
    await dispatch();
    expect(await delivery(ids[0] ?? '', names[0] ?? '')).toMatchObject({
      status: 'pending',
      attempts: 1,
    });
  });
});

describe('each event has one effect', () => {
  it('with several dispatchers, in two processes, at once', async () => {
    const { ids } = await happen({ mark: leaveMark }, 60);
    const second: Database = connect({ url: services.db.$client.options.connectionString ?? '' });
    await Promise.all([dispatch(4), dispatch(4, { ...services, db: second })]);
    await second.$client.end();
    expect(new Set(await effects(ids))).toEqual(new Set([1]));
    expect(await dispatchOne(services)).toBe(false);
  });

  it('with several lanes of two workers, which share the work', async () => {
    let atOnce = 0;
    let most = 0;
    const { ids, names } = await happen(
      {
        slow: async (tx, event, parts) => {
          atOnce += 1;
          most = Math.max(most, atOnce);
          await leaveMark(tx, event, parts);
          await new Promise((resolve) => setTimeout(resolve, 5));
          atOnce -= 1;
        },
      },
      80,
    );
    const jobs = [{ name: 'events', run: dispatchOne, lanes: 4 }];
    const second: Database = connect({ url: services.db.$client.options.connectionString ?? '' });
    const workers = [new Worker(services, jobs), new Worker({ ...services, db: second }, jobs)];
    for (const worker of workers) worker.start();
    await until(async () => (await effects(ids)).every((times) => times === 1));
    await Promise.all(workers.map((worker) => worker.stop()));
    await second.$client.end();
    expect(await effects(ids)).toEqual(ids.map(() => 1));
    expect(most).toBeGreaterThan(2);
    expect(await delivery(ids[0] ?? '', names[0] ?? '')).toMatchObject({ status: 'done' });
  });

  it('when it crashes between the effect and the commit', async () => {
    let crashes = 2;
    const { ids, names } = await happen({
      crashes: async (tx, event, parts) => {
        await leaveMark(tx, event, parts);
        crashes -= 1;
        if (crashes >= 0) throw new Error('crash');
      },
    });
    for (let i = 0; i < 3; i += 1) {
      await dispatch();
      house.clock.advance(HOUR_MS);
    }
    expect(await effects(ids)).toEqual([1]);
    expect(await delivery(ids[0] ?? '', names[0] ?? '')).toMatchObject({
      status: 'done',
      attempts: 2,
    });
  });

  it('when its connection is cut between the effect and the commit', async () => {
    let cuts = 1;
    const { ids } = await happen({
      cut: async (tx, event, parts) => {
        await leaveMark(tx, event, parts);
        cuts -= 1;
        if (cuts < 0) return;
        const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        await house.owner.$client.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      },
    });
    await dispatch();
    expect(await effects(ids)).toEqual([0]);
    house.clock.advance(HOUR_MS);
    await dispatch(2);
    expect(await effects(ids)).toEqual([1]);
  });

  it('and none where the change that caused it was not kept', async () => {
    await happen({ mark: leaveMark });
    const undone = inTransaction(services.db, async (tx) => {
      await appendEvent(tx, services.subscriptions, services.clock.now(), {
        wijkId: house.wijk.id,
        type: `test-${testNo}.v1`,
        payload: { undone: 'yes' },
      });
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    await dispatch();
    const { rows } = await house.owner.$client.query(
      `select 1 from kernel.event where payload ->> 'undone' = 'yes'`,
    );
    expect(rows).toEqual([]);
  });
});

describe('a subscriber that this version does not know', () => {
  it('is put off, not lost: a later version finds its work', async () => {
    const { ids, names } = await happen({ unborn: undefined, mark: leaveMark });
    const [id = '', name = ''] = [ids[0], names[0]];
    await dispatch();
    expect(await delivery(id, name)).toMatchObject({ status: 'pending', attempts: 1 });
    expect(await effects(ids)).toEqual([1]);
    services.subscribers.set(name, leaveMark);
    house.clock.advance(HOUR_MS);
    await dispatch();
    expect(await delivery(id, name)).toMatchObject({ status: 'done' });
    expect(await effects(ids)).toEqual([2]);
  });

  it('cannot take a name that is taken', () => {
    subscribe(services, 'once', ['a.v1'], leaveMark);
    expect(() => subscribe(services, 'once', ['b.v1'], leaveMark)).toThrow('registered twice');
  });
});

describe('events', () => {
  it('are only ever added, by the application and by the owner of the tables', async () => {
    await happen({ mark: leaveMark });
    const asApp = (text: string) => services.db.$client.query(text);
    const asOwner = (text: string) => house.owner.$client.query(text);
    for (const statement of [
      `update kernel.event set type = 'other'`,
      'delete from kernel.event',
      'truncate kernel.event',
    ]) {
      await expect(asApp(statement)).rejects.toThrow(/permission denied/);
      await expect(asOwner(statement)).rejects.toThrow(/only added/);
    }
  });

  it('carry ids only, and no asker', async () => {
    const fatima = await house.guest('Fatima Kanarie');
    const noor = await house.guest('Noor', ['editor']);
    const expert = await house.guest('Anil', ['expert']);
    const { ref } = ok(
      await house.call(contracts.askQuestion, fatima, {
        body: {
          title: 'Kanarie?',
          body: 'Kanarie!',
          theme: 'zorg-regelen',
          visibility: 'anonymous',
        },
      }),
    );
    const params = { question: ref };
    ok(
      await house.call(contracts.assignQuestion, noor, {
        params,
        body: { expert: expert.membershipId, note: 'Kanarie' },
      }),
    );
    ok(await house.call(contracts.answerQuestion, expert, { params, body: { body: 'Kanarie' } }));
    const { rows } = await house.owner.$client.query<{ payload: Record<string, string> }>(
      `select payload from kernel.event where type not like 'test%'`,
    );
    expect(rows.length).toBeGreaterThan(2);
    for (const { payload } of rows)
      for (const [key, value] of Object.entries(payload))
        expect([key, value]).toEqual([
          expect.stringMatching(/^(question|assignment|answer)Id$/),
          expect.stringMatching(/^[0-9a-f-]{36}$/),
        ]);
    const text = JSON.stringify(rows);
    for (const secret of [fatima.personId, fatima.membershipId, 'Kanarie'])
      expect(text).not.toContain(secret);
  });
});
