import { changeMyName, endSession, getContext, listSessions, signOut } from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';

let house: House;
let fatima: Guest;
let noor: Guest;

beforeAll(async () => {
  house = await openHouse();
  fatima = await house.guest('Fatima');
  noor = await house.guest('Noor', ['editor']);
});

afterAll(() => house.close());

test('a page learns which wijk it shows and who is looking', async () => {
  const visitor = ok(await house.call(getContext, null, {}));
  expect(visitor).toMatchObject({
    wijk: {
      slug: 'elzenhof',
      timeZone: 'Europe/Amsterdam',
      promiseHours: 24,
      demonstration: true,
    },
    actor: null,
    unread: 0,
  });
  const { actor } = ok(await house.call(getContext, noor, {}));
  expect(actor).toMatchObject({ name: 'Noor', email: noor.email });
  expect(actor?.roles.sort()).toEqual(['editor', 'resident']);
  expect(actor?.abilities).toContain('vraagbaak.edit-desk');
  const elsewhere = await house.call(getContext, noor, { params: { wijk: house.other.slug } });
  expect(ok(elsewhere).actor).toBeNull();
});

test('a garbage cookie is a visitor, not a fault', async () => {
  const response = await house.app.fastify.inject({
    url: `/api/v1/wijken/${house.wijk.slug}/context`,
    headers: { host: 'localhost:3000', cookie: 'a=%; wijk=%E0%A4%A; wijk=; =' },
  });
  expect(response.statusCode).toBe(200);
  expect(response.json().actor).toBeNull();
});

test('my sessions are mine to see and to end', async () => {
  ok(await house.call(listSessions, fatima, {}));
  const tablet = await house.services.sessions.issue(house.services.db, fatima.personId, {
    device: 'Safari · iPad',
  });
  const { items } = ok(await house.call(listSessions, fatima, {}));
  expect(items).toHaveLength(2);
  expect(items.find((item) => item.device === 'Safari · iPad')).toMatchObject({
    id: tablet.id.slice(0, 16),
    current: false,
  });
  expect(items.filter((item) => item.current)).toHaveLength(1);

  const params = { session: tablet.id.slice(0, 16) };
  expect(refusal(await house.call(endSession, noor, { params }))).toBe('404 kernel.not-found');
  expect((await house.call(endSession, fatima, { params })).status).toBe(204);
  expect(refusal(await house.call(endSession, fatima, { params }))).toBe('404 kernel.not-found');
  expect(await house.services.sessions.verify(`wijk=${tablet.token}`, null)).toBeNull();
});

test('whoever signs out is out, and a second time is no fault', async () => {
  ok(await house.call(getContext, fatima, {}));
  const { cookie } = fatima;
  const leave = () =>
    house.app.fastify.inject({
      method: 'DELETE',
      url: signOut.path.replace(':wijk', house.wijk.slug),
      headers: { host: 'localhost:3000', origin: 'http://localhost:3000', cookie },
    });
  const first = await leave();
  expect(first.statusCode).toBe(204);
  expect(first.headers['set-cookie']).toBe('wijk=; HttpOnly; Max-Age=0; Path=/; SameSite=Lax');
  expect((await leave()).statusCode).toBe(204);
  expect(await house.services.sessions.verify(cookie, null)).toBeNull();
});

test('a name is set tidied, or refused at its field', async () => {
  const visitor = await house.call(changeMyName, null, { body: { name: 'X' } });
  expect(refusal(visitor)).toBe('401 kernel.unauthenticated');
  const henk = await house.guest('Henk');
  const changed = await house.call(changeMyName, henk, { body: { name: '  Henk   de Vries ' } });
  expect(ok(changed).name).toBe('Henk de Vries');
  const refused = await house.call(changeMyName, henk, { body: { name: 'H\u0000enk' } });
  expect(refused).toMatchObject({ status: 422, problem: { errors: [{ pointer: 'name' }] } });
});

test('what is over is tidied away', async () => {
  const { tidyIdentity } = await import('./index.ts');
  house.clock.advance(31 * 86_400_000);
  await tidyIdentity(house.services);
  const { rows } = await house.owner.execute(sql`select 1 from identity.session`);
  expect(rows).toEqual([]);
});
