import { createHash } from 'node:crypto';
import { ensureMembership, ensurePerson, grantRole } from '@wijk/db/identity';
import { connect, type Database, inTransaction } from '@wijk/db/kernel';
import { DAY_MS, HOUR_MS, MINUTE_MS, manualClock, uuidv7 } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts';
import { SESSION_CHANNEL } from './adapter.ts';
import { createSessions, type IssuedSession, type Sessions } from './sessions.ts';

const START = new Date('2026-03-02T08:00:00Z');
const clock = manualClock(START);
const wijkId = uuidv7(START);
const otherWijkId = uuidv7(START);
const warnings: string[] = [];
const ended: string[] = [];
let database: TestDatabase;
let db: Database;
let sessions: Sessions;
let fatima: string;
let noor: string;

beforeAll(async () => {
  database = await testDatabase();
  db = connect({ url: database.appUrl });
  for (const [id, slug] of [
    [wijkId, 'de-linde'],
    [otherWijkId, 'het-veer'],
  ])
    await db.execute(sql`insert into wijk.wijk (id, slug, name, time_zone, created_at)
      values (${id}, ${slug}, ${slug}, 'Europe/Amsterdam', ${START})`);
  sessions = createSessions({
    db,
    clock,
    secure: true,
    log: { warn: (details, message) => warnings.push(`${message}: ${JSON.stringify(details)}`) },
    onEnded: (ids) => ended.push(...ids),
  });
  [fatima, noor] = await inTransaction(db, async (tx) => {
    const resident = await ensurePerson(tx, 'fatima@example.org', START);
    const editor = await ensurePerson(tx, 'noor@example.org', START);
    await ensureMembership(tx, wijkId, resident.id, START);
    await ensureMembership(tx, wijkId, editor.id, START);
    const grant = { wijkId, personId: editor.id, grantedBy: null };
    await grantRole(tx, { ...grant, role: 'editor' }, START);
    return [resident.id, editor.id];
  });
});

beforeEach(async () => {
  clock.set(START);
  warnings.length = 0;
  ended.length = 0;
  await db.execute(sql`delete from identity.session`);
});

afterAll(async () => {
  await db.$client.end();
  await database.drop();
});

const issue = (personId: string) => sessions.issue(db, personId, { device: 'Firefox op Linux' });
const cookieOf = (issued: IssuedSession) => `a=%; __Host-wijk=${issued.token}; b`;
const verify = (issued: IssuedSession) => sessions.verify(cookieOf(issued), wijkId);

test('the cookie lets its person in, as what they are in this wijk', async () => {
  const issued = await issue(noor);
  expect(issued.setCookie).toBe(
    `__Host-wijk=${issued.token}; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax; Secure`,
  );
  expect(await verify(issued)).toMatchObject({
    sessionId: issued.id,
    personId: noor,
    email: 'noor@example.org',
    roles: new Set(['resident', 'editor']),
  });
  const { actor } = await sessions.actor(cookieOf(issued), wijkId);
  expect(actor).toMatchObject({ kind: 'member', personId: noor, wijkId, sessionId: issued.id });
  expect(await sessions.actor(cookieOf(issued), otherWijkId)).toEqual({
    actor: { kind: 'visitor' },
  });
});

test('on http the cookie has its plain name and no Secure', async () => {
  const plain = createSessions({ db, clock, secure: false, log: { warn: () => {} } });
  const { setCookie } = await plain.issue(db, fatima, { device: '' });
  expect(setCookie).toMatch(/^wijk=[\w-]{43}; HttpOnly; Max-Age=1209600; Path=\/; SameSite=Lax$/);
  expect(plain.clearCookie()).toBe('wijk=; HttpOnly; Max-Age=0; Path=/; SameSite=Lax');
});

test('garbage cookies let nobody in and throw nothing', async () => {
  const { token, id } = await issue(fatima);
  for (const cookie of [
    undefined,
    '',
    '%',
    '__Host-wijk=%E0%A4%A',
    '__Host-wijk=',
    `__Host-wijk=${id}`,
    `wijk=${token}`,
    `__Host-wijk=${'x'.repeat(43)}`,
  ])
    expect(await sessions.verify(cookie, wijkId)).toBeNull();
});

test('the database holds the hash and never the token', async () => {
  const { token, id } = await issue(fatima);
  expect(id).toBe(createHash('sha256').update(token).digest('hex'));
  const { rows } = await db.execute(
    sql`select row_to_json(s)::text as row from identity.session s`,
  );
  expect(JSON.stringify(rows)).toContain(id);
  expect(JSON.stringify(rows)).not.toContain(token);
  const insertRaw = db.execute(sql`insert into identity.session
    (id, person_id, created_at, expires_at, last_seen_at, device)
    values (${token}, ${fatima}, now(), now(), now(), '')`);
  await expect(insertRaw).rejects.toMatchObject({ cause: { constraint: 'session_id_is_hash' } });
  await expect(sessions.end(token)).rejects.toThrow('SHA-256');
});

test('a session that is used is renewed; one that is not ends after fourteen days', async () => {
  const issued = await issue(fatima);
  clock.advance(8 * DAY_MS);
  const renewed = await verify(issued);
  expect(renewed?.setCookie).toContain(`__Host-wijk=${issued.token}; HttpOnly; Max-Age=1209600`);
  expect(await verify(issued)).not.toHaveProperty('setCookie');
  clock.advance(13 * DAY_MS);
  expect(await verify(issued)).not.toBeNull();

  const unused = await issue(fatima);
  clock.advance(14 * DAY_MS);
  expect(await verify(unused)).toBeNull();
  expect(ended).toContain(unused.id);
});

test('a session ends thirty days after it began, however much it is used', async () => {
  const issued = await issue(fatima);
  for (let day = 1; day < 30; day += 1) {
    clock.advance(DAY_MS);
    expect(await verify(issued)).not.toBeNull();
  }
  clock.advance(DAY_MS);
  expect(await verify(issued)).toBeNull();
});

test('an editor is out after half an hour unused, and after twelve hours', async () => {
  const idle = await issue(noor);
  clock.advance(29 * MINUTE_MS);
  expect(await verify(idle)).not.toBeNull();
  clock.advance(30 * MINUTE_MS);
  expect(await verify(idle)).toBeNull();

  const busy = await issue(noor);
  for (let quarter = 1; quarter < 48; quarter += 1) {
    clock.advance(HOUR_MS / 4);
    expect(await verify(busy)).not.toBeNull();
  }
  clock.advance(HOUR_MS / 4);
  expect(await verify(busy)).toBeNull();
});

test('the strict lifetime holds in every wijk, as long as the role is held', async () => {
  const issued = await issue(noor);
  clock.advance(31 * MINUTE_MS);
  expect(await sessions.verify(cookieOf(issued), otherWijkId)).toBeNull();
});

test('last use is written at most once an hour, and a passive look never counts', async () => {
  const issued = await issue(fatima);
  const lastSeen = async () => (await sessions.list(fatima))[0]?.lastSeenAt;
  clock.advance(50 * MINUTE_MS);
  await verify(issued);
  expect(await lastSeen()).toEqual(START);
  clock.advance(20 * MINUTE_MS);
  await sessions.verify(cookieOf(issued), wijkId, { passive: true });
  expect(await lastSeen()).toEqual(START);
  await Promise.all([verify(issued), verify(issued), verify(issued)]);
  expect(await lastSeen()).toEqual(clock.now());

  clock.advance(8 * DAY_MS);
  const looked = await sessions.verify(cookieOf(issued), wijkId, { passive: true });
  expect(looked).not.toBeNull();
  expect(looked).not.toHaveProperty('setCookie');
});

test('ending a session shuts it out at once and tells every process', async () => {
  const listener = new pg.Client({ connectionString: database.appUrl });
  await listener.connect();
  const heard: string[] = [];
  listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
  await listener.query(`LISTEN ${SESSION_CHANNEL}`);

  const [phone, laptop, tablet] = [await issue(fatima), await issue(fatima), await issue(fatima)];
  expect(await sessions.list(fatima)).toHaveLength(3);
  expect(await sessions.end(phone.id)).toBe(true);
  expect(await sessions.end(phone.id)).toBe(false);
  expect(await verify(phone)).toBeNull();
  expect(await verify(laptop)).not.toBeNull();
  expect(await sessions.endAllBut(fatima, tablet.id)).toBe(1);
  expect(await verify(laptop)).toBeNull();
  expect(await verify(tablet)).not.toBeNull();
  await vi.waitFor(() => expect(heard).toEqual([phone.id, laptop.id]));
  expect(ended).toEqual([phone.id, laptop.id]);
  await listener.end();
});

test('nothing is told when the transaction is rolled back', async () => {
  const issued = await issue(fatima);
  const rolledBack = inTransaction(db, async (tx) => {
    await sessions.end(issued.id, tx);
    throw new Error('no');
  });
  await expect(rolledBack).rejects.toThrow('no');
  expect(await verify(issued)).not.toBeNull();
});

test('sessions that are over are neither listed nor kept', async () => {
  await issue(fatima);
  await issue(noor);
  clock.advance(HOUR_MS);
  expect(await sessions.list(noor)).toEqual([]);
  expect(await sessions.deleteExpired()).toBe(1);
  clock.advance(14 * DAY_MS);
  expect(await sessions.list(fatima)).toEqual([]);
  expect(await sessions.deleteExpired()).toBe(1);
});

test('a role given or taken counts from the next request on', async () => {
  const issued = await issue(fatima);
  await inTransaction(db, (tx) =>
    grantRole(tx, { wijkId, personId: fatima, role: 'expert', grantedBy: noor }, clock.now()),
  );
  expect((await verify(issued))?.roles.has('expert')).toBe(true);
  await db.execute(sql`update identity.role_grant set valid_until = ${clock.now()}
    where person_id = ${fatima} and role = 'expert'`);
  expect((await verify(issued))?.roles.has('expert')).toBe(false);
});

test('an erased person is out at once', async () => {
  const issued = await issue(fatima);
  await db.execute(sql`update identity.person set erased_at = now() where id = ${fatima}`);
  expect(await verify(issued)).toBeNull();
  await db.execute(sql`update identity.person set erased_at = null where id = ${fatima}`);
});

test('a renewal that touches no row is reported', async () => {
  const issued = await issue(fatima);
  clock.advance(8 * DAY_MS);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(`CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TRIGGER lost BEFORE UPDATE ON identity.session FOR EACH ROW EXECUTE FUNCTION lose()`);
  await verify(issued);
  await owner.query('DROP TRIGGER lost ON identity.session');
  await owner.end();
  expect(warnings).toEqual(['session write touched no row: {"what":"renew"}']);
});
