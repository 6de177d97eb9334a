import { setTimeout as pause } from 'node:timers/promises';
import { createSessions } from '@wijk/auth';
import { ensureMembership, ensurePerson, grantRole, setName } from '@wijk/db/identity';
import { connect, type Database, inTransaction, migrate } from '@wijk/db/kernel';
import { createWijk, seedBulk, THEMES } from '@wijk/db/seed';
import { systemClock } from '@wijk/domain/kernel';
import { finishRebuild } from '@wijk/search';
import { sql } from 'drizzle-orm';
import { type AppProcess, freePort, startApp } from '../support/app-process.ts';
import { memoryMb } from './machine.ts';

export const WIJK = 'benchwijk';
export const THEME_SLUGS = THEMES.map(({ slug }) => slug);
const ANSWERS = 10;
const PAGES = 200;
const MEMBERS = 150;
const REST_MS = 3000;

/** The application on a database of its own with so many questions. */
export interface Site {
  size: number;
  /** questions that wait for an answer, when it was filled */
  open: number;
  app: AppProcess;
  /** public questions with ten answers */
  questions: { ref: string; slug: string }[];
  /** a public question that waits for its answer */
  openRef: string;
  /** session cookies */
  members: string[];
  editor: string;
  /** of the application at rest, before any load */
  idleMb: number;
  /** waits until no work is left behind; milliseconds */
  settle(): Promise<number>;
  count(): Promise<number>;
  close(): Promise<void>;
}

export interface SiteOptions {
  size: number;
  open: number;
  urls: { owner: string; app: string };
  smtpUrl: string;
  env: Record<string, string>;
}

export async function openSite(options: SiteOptions): Promise<Site> {
  const { size, open, urls } = options;
  await fill(options);
  const port = await freePort();
  const app = await startApp({
    port,
    env: {
      WIJK_MODE: 'production',
      STRICT_LIMITS: 'no',
      ORIGIN: `http://127.0.0.1:${port}`,
      DATABASE_URL: urls.app,
      DATABASE_OWNER_URL: urls.owner,
      WIJK_SECRET: 'a secret of the benchmarks, long enough to be one',
      SMTP_URL: options.smtpUrl,
      LOG_LEVEL: 'warn',
      ...options.env,
    },
  });
  const db = connect({ url: urls.app, max: 2, onIdleError: () => {} });
  const settle = () => untilQuiet(db);
  const close = async () => {
    await db.$client.end();
    await app.dispose();
  };
  try {
    const questions = await pick(db, 'answered', PAGES);
    const [waiting] = await pick(db, 'open', 1);
    const people = await signIn(db);
    await settle();
    await pause(REST_MS);
    const idleMb = memoryMb(app.pid).now;
    const count = async () => {
      const { rows } = await db.execute<{ n: number }>(
        sql`select count(*)::int as n from vraagbaak.question`,
      );
      return rows[0]?.n ?? 0;
    };
    const openRef = waiting?.ref ?? '';
    return { size, open, app, questions, openRef, ...people, idleMb, settle, count, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fill({ size, open, urls }: SiteOptions): Promise<void> {
  await migrate(urls.owner);
  const owner = connect({ url: urls.owner, max: 1 });
  try {
    const now = systemClock.now();
    await createWijk(owner, { slug: WIJK, name: 'Benchwijk', now });
    const bulk = { wijkSlug: WIJK, questions: size, open, answersEach: ANSWERS, now };
    await seedBulk(urls.owner, bulk);
    // as a worker would have left them: the house is measured, not how it makes up for a day's standstill
    await owner.execute(sql`update vraagbaak.promise_step set done_at = due_at
      where done_at is null and due_at <= ${now}`);
    // or the worker would index a hundred thousand questions while pages are measured
    await finishRebuild(owner, now);
    await owner.execute(sql`vacuum analyze`);
  } finally {
    await owner.$client.end();
  }
}

async function pick(db: Database, status: 'open' | 'answered', limit: number) {
  const { rows } = await db.execute<{ ref: string; slug: string }>(sql`
    select ref, slug from vraagbaak.question
    where visibility = 'public' and status = ${status} order by md5(ref) limit ${limit}`);
  return rows;
}

/** Sessions of residents who were made with the questions, and of an editor. */
async function signIn(db: Database): Promise<{ members: string[]; editor: string }> {
  const clock = systemClock;
  const sessions = createSessions({ db, clock, secure: false, log: { warn: () => {} } });
  const issue = async (personId: string) => {
    const { setCookie } = await sessions.issue(db, personId, { device: 'bench' });
    return setCookie.split(';')[0] ?? '';
  };
  const { rows } = await db.execute<{ id: string; wijk: string }>(sql`
    select g.person_id as id, g.wijk_id as wijk from identity.role_grant g
    where g.role = 'resident' order by g.person_id limit ${MEMBERS}`);
  const members: string[] = [];
  for (const { id } of rows) members.push(await issue(id));
  const editor = await inTransaction(db, async (tx) => {
    const wijkId = rows[0]?.wijk ?? '';
    const person = await ensurePerson(tx, 'noor@voorbeeld.example', clock.now());
    await ensureMembership(tx, wijkId, person.id, clock.now());
    await setName(tx, person.id, 'Noor');
    await grantRole(
      tx,
      { wijkId, personId: person.id, role: 'editor', grantedBy: null },
      clock.now(),
    );
    return person.id;
  });
  return { members, editor: await issue(editor) };
}

const QUIET_WITHIN_MS = 180_000;

async function untilQuiet(db: Database): Promise<number> {
  const from = performance.now();
  while (performance.now() - from < QUIET_WITHIN_MS) {
    const { rows } = await db.execute<{ left: boolean }>(sql`
      select exists (select from kernel.delivery where status = 'pending' and due_at <= now())
        or exists (select from notifications.mail where status = 'pending')
        or exists (select from vraagbaak.promise_step where done_at is null and due_at <= now())
        as left`);
    if (!rows[0]?.left) return performance.now() - from;
    await pause(100);
  }
  throw new Error(`The application left work behind for ${QUIET_WITHIN_MS / 1000} seconds.`);
}
