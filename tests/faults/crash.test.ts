import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as contract from '@wijk/contracts';
import { runningEmbedded } from '@wijk/infra/embedded';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { signIn, type Visitor } from '../support/visitor.ts';

let app: AppProcess | undefined;

afterEach(async () => {
  await app?.dispose();
  app = undefined;
});

const ENV = { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'warn' };

/** What a writer asked for, and whether it was told that it was kept. */
interface Press {
  key: string;
  title: string;
  confirmed: boolean;
}

/** Asks one question after the other until told to stop; remembers what was confirmed. */
function keepAsking(visitor: Visitor, writer: number) {
  const presses: Press[] = [];
  let stopped = false;
  const done = (async () => {
    for (let i = 0; !stopped; i += 1) {
      const press = {
        key: randomUUID(),
        title: `Vraag ${writer}-${i}-${randomUUID()}`,
        confirmed: false,
      };
      presses.push(press);
      press.confirmed = await ask(visitor, press);
      // a person is slower than a loop; without this the mails of the test take longer than the test
      await pause(25);
    }
  })();
  return {
    presses,
    stop: async () => {
      stopped = true;
      await done;
    },
  };
}

async function ask(visitor: Visitor, { key, title }: Press): Promise<boolean> {
  const body = {
    title,
    body: 'Tijdens een storing.',
    theme: 'wonen',
    visibility: 'public' as const,
  };
  return visitor.call(contract.askQuestion, { body, key }).then(
    (outcome) => outcome.ok,
    () => false,
  );
}

async function query<T extends pg.QueryResultRow>(dataDir: string, text: string): Promise<T[]> {
  const connections = runningEmbedded(dataDir);
  if (!connections) throw new Error('the database is not running');
  const client = new pg.Client({ connectionString: connections.ownerUrl() });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Process id of the database server; its children end when they notice that it is gone. */
function postmasterOf(dataDir: string): number {
  const file = join(dataDir, 'postgres/cluster/postmaster.pid');
  return Number(readFileSync(file, 'utf8').split('\n')[0]);
}

async function until(
  what: string,
  check: () => Promise<boolean>,
  withinMs = 60_000,
): Promise<void> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    if (await check().catch(() => false)) return;
    await pause(50);
  }
  throw new Error(`not within ${withinMs} ms: ${what}`);
}

/** All that is left are mails which somebody was sending when the end came: each is leased for a minute. */
const onlyLeases = (dataDir: string) => () =>
  query<{ n: number }>(
    dataDir,
    `select (select count(*) from kernel.delivery where status = 'pending')
       + (select count(*) from notifications.mail where status = 'pending' and due_at <= now()) as n`,
  ).then(([row]) => Number(row?.n) === 0);

/** Whoever sent these mails is gone, so that nobody need wait for the minute to pass. */
const endLeases = (dataDir: string) =>
  query(dataDir, `update notifications.mail set due_at = now() where status = 'pending'`);

/** Everything that waited has been done. */
const settled = (dataDir: string) => () =>
  query<{ n: number }>(
    dataDir,
    `select (select count(*) from kernel.delivery where status = 'pending')
       + (select count(*) from notifications.mail where status = 'pending') as n`,
  ).then(([row]) => Number(row?.n) === 0);

/** Nothing confirmed is lost, nothing is there twice, and every event had one effect. */
async function expectWhole(dataDir: string, presses: readonly Press[]): Promise<void> {
  const stored = await query<{ title: string; n: number }>(
    dataDir,
    `select q.title, count(*)::int as n from vraagbaak.question q where q.title like 'Vraag %' group by 1`,
  );
  const times = new Map(stored.map(({ title, n }) => [title, n]));
  const confirmed = presses.filter((p) => p.confirmed);
  expect(confirmed.length).toBeGreaterThan(0);
  expect(confirmed.filter((p) => times.get(p.title) !== 1)).toEqual([]);
  expect(stored.filter(({ n }) => n > 1)).toEqual([]);

  const halves = await query(
    dataDir,
    `select q.ref from vraagbaak.question q where q.title like 'Vraag %' and (
       not exists (select from vraagbaak.promise p where p.wijk_id = q.wijk_id and p.question_id = q.id)
       or not exists (select from sealed.question_author a where a.wijk_id = q.wijk_id and a.question_id = q.id)
       or (select count(*) from kernel.event e where e.wijk_id = q.wijk_id
           and e.type = 'question.submitted.v1' and e.payload ->> 'questionId' = q.id::text) <> 1)`,
  );
  expect(halves).toEqual([]);

  const [effects] = await query<{ dead: number; twice: number; questions: number; mails: number }>(
    dataDir,
    `select (select count(*)::int from kernel.delivery where status <> 'done') as dead,
       (select count(*)::int from (select 1 from notifications.mail where question_id is not null
          group by wijk_id, question_id, template, audience having count(*) > 1) t) as twice,
       (select count(*)::int from vraagbaak.question where title like 'Vraag %') as questions,
       (select count(*)::int from notifications.mail m join vraagbaak.question q
          on q.wijk_id = m.wijk_id and q.id = m.question_id where q.title like 'Vraag %') as mails`,
  );
  expect(effects).toMatchObject({ dead: 0, twice: 0, mails: effects?.questions });

  // a mail may arrive twice only between the server's yes and our commit, under one Message-ID
  const received = await query<{ id: string; subject: string }>(
    dataDir,
    `select substring(raw from '(?i)message-id: *(<[^>]+>)') as id, subject from demonstration.mailbox
     where subject = 'We hebben uw vraag ontvangen'`,
  );
  expect(new Set(received.map((m) => m.id)).size).toBe(effects?.mails);
}

async function writers(url: string) {
  const people = await Promise.all(
    ['fatima.amrani', 'henk.brouwer', 'els.wagenaar'].map((name) =>
      signIn(url, `${name}@voorbeeld.example`),
    ),
  );
  return people.map((visitor, i) => ({ visitor, ...keepAsking(visitor, i) }));
}

const confirmedSoFar = (all: { presses: Press[] }[]) =>
  all.flatMap((w) => w.presses).filter((p) => p.confirmed).length;

describe('kill -9 in the middle of writes', () => {
  it('of the application: nothing confirmed is lost, a repeated press asks once', async () => {
    app = await startApp({ env: ENV });
    const busy = await writers(app.url);
    await until('some questions confirmed', async () => confirmedSoFar(busy) > 20);
    await app.kill9();
    await Promise.all(busy.map((w) => w.stop()));
    const { dataDir, port } = app;
    app = await startApp({ env: ENV, dataDir, port });

    // people press again what was not confirmed; the key makes it the same press
    for (const { visitor, presses } of busy)
      for (const press of presses.filter((p) => !p.confirmed))
        press.confirmed = await ask(visitor, press);
    await endLeases(dataDir);
    await until('the outbox drained', settled(dataDir));
    const presses = busy.flatMap((w) => w.presses);
    expect(presses.every((p) => p.confirmed)).toBe(true);
    await expectWhole(dataDir, presses);
  });

  it('of the database: 503 meanwhile, it is started again, and nothing confirmed is lost', async () => {
    app = await startApp({ env: ENV });
    const { dataDir, url } = app;
    const busy = await writers(url);
    await until('some questions confirmed', async () => confirmedSoFar(busy) > 20);
    const statuses = new Set<number>();
    let watching = true;
    const watch = (async () => {
      while (watching) {
        statuses.add(
          await fetch(`${url}/api/v1/health/ready`).then(
            (r) => r.status,
            () => 0,
          ),
        );
        await pause(5);
      }
    })();
    for (let round = 0; round < 2; round += 1) {
      const before = confirmedSoFar(busy);
      process.kill(postmasterOf(dataDir), 'SIGKILL');
      await until('writing goes on', async () => confirmedSoFar(busy) > before + 10).catch(
        (error) => {
          throw new Error(`${error.message}\n${app?.output().slice(-4000)}`);
        },
      );
    }
    watching = false;
    await watch;
    await Promise.all(busy.map((w) => w.stop()));
    expect([...statuses].sort()).toEqual([200, 503]);
    await until('only leases are left', onlyLeases(dataDir));
    await endLeases(dataDir);
    await until('the outbox drained', settled(dataDir));
    await expectWhole(
      dataDir,
      busy.flatMap((w) => w.presses),
    );
    expect(app.output()).not.toMatch(/unhandled/i);
  });
});
