import { openCode } from '@wijk/auth';
import * as contracts from '@wijk/contracts';
import { DAY_MS, MINUTE_MS } from '@wijk/domain/kernel';
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
let sander: Guest;

beforeAll(async () => {
  house = await openHouse();
  sander = await house.guest('Sander Vroom', ['admin']);
});

afterAll(() => house?.close());

const give = (who: Guest, to: Guest, role: 'admin' | 'editor' | 'expert' | 'platform-admin') =>
  house.call(contracts.grantRole, who, { params: { member: to.membershipId, role } });
const take = (who: Guest, from: Guest, role: 'admin' | 'editor' | 'resident' | 'platform-admin') =>
  house.call(contracts.revokeRole, who, { params: { member: from.membershipId, role } });
const person = async (who: Guest, of: Guest) =>
  ok(await house.call(contracts.readPerson, who, { params: { member: of.membershipId } }));
const desk = async (who: Guest) => (await house.call(contracts.listDesk, who, {})).status;
const adminsOf = async (wijkId: string) => {
  const { rows } = await house.owner.execute<{ n: number }>(sql`
    select count(*)::int as n from identity.role_grant
    where wijk_id = ${wijkId} and role = 'admin' and valid_until is null`);
  return rows[0]?.n;
};

interface Invited {
  email: string;
  roles?: ('expert' | 'editor' | 'admin' | 'platform-admin')[];
  themes?: { theme: string; position: number }[];
  name?: string;
}
const invite = (who: Guest, { email, roles = [], themes = [], name = '' }: Invited) =>
  house.call(contracts.invitePerson, who, {
    body: { email, name, title: 'Wijkverpleegkundige', roles, themes },
  });

/** Asks for a code and takes it from the queue, where it lies sealed. */
async function codeFor(email: string, wijk = house.wijk.slug) {
  const params = { wijk };
  const { challenge } = ok(
    await house.call(contracts.requestCode, null, { params, body: { email } }),
  );
  const { rows } = await house.owner.execute<{ params: { code: string } }>(
    sql`select params from notifications.mail where params->>'challenge' = ${challenge}`,
  );
  const code = openCode(house.services.secret, challenge, rows[0]?.params.code ?? '');
  return { params, body: { challenge, code } };
}

test('a role counts from the next request on, and its end as well', async () => {
  const noor = await house.guest('Noor van der Horst');
  expect(await desk(noor)).toBe(403);
  house.clock.advance(1000);
  ok(await give(sander, noor, 'editor'));
  expect(await desk(noor)).toBe(200);
  house.clock.advance(1000);
  ok(await take(sander, noor, 'editor'));
  expect(await desk(noor)).toBe(403);
  const { roles, log } = await person(sander, noor);
  expect(roles.map(({ role }) => role)).toEqual(['resident']);
  expect(log.map(({ kind, role, by }) => [kind, role, by])).toEqual([
    ['revoked', 'editor', 'Sander Vroom'],
    ['granted', 'editor', 'Sander Vroom'],
  ]);
  const { rows } = await house.owner.execute(
    sql`select payload from kernel.event where type = 'role.changed.v1'`,
  );
  expect(rows).toEqual([
    { payload: { personId: noor.personId, role: 'editor' } },
    { payload: { personId: noor.personId, role: 'editor' } },
  ]);
});

test('giving twice is giving once', async () => {
  const buur = await house.guest('Dubbele Buur');
  await Promise.all([1, 2, 3].map(() => give(sander, buur, 'expert')));
  const { log } = await person(sander, buur);
  expect(log.filter(({ role }) => role === 'expert')).toHaveLength(1);
});

test('the last admin stays, and of two who take each other one stays', async () => {
  expect(refusal(await take(sander, sander, 'admin'))).toBe('409 identity.last-admin');
  expect(refusal(await take(sander, sander, 'resident'))).toBe('422 identity.role-fixed');
  for (let round = 0; round < 5; round += 1) {
    const other = await house.guest(`Tweede Beheerder ${'abcde'[round]}`, ['admin']);
    const outcomes = await Promise.all([
      take(sander, other, 'admin'),
      take(other, sander, 'admin'),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((o) => !o.ok).map(refusal)).toEqual(['403 kernel.forbidden']);
    expect(await adminsOf(house.wijk.id)).toBe(1);
    house.clock.advance(1000);
    if (outcomes[1]?.ok) {
      ok(await give(other, sander, 'admin'));
      house.clock.advance(1000);
      ok(await take(sander, other, 'admin'));
    }
  }
});

test('two admins who leave at the same moment do not both get away', async () => {
  const other = await house.guest('Vertrekkende Beheerder', ['admin']);
  const outcomes = await Promise.all([take(sander, sander, 'admin'), take(other, other, 'admin')]);
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(await adminsOf(house.wijk.id)).toBe(1);
  house.clock.advance(1000);
  if (outcomes[0]?.ok) {
    ok(await give(other, sander, 'admin'));
    house.clock.advance(1000);
    ok(await take(other, other, 'admin'));
  }
});

test('only a platform admin makes one, and the last one stays', async () => {
  const roos = await house.guest('Roos Platform', ['platform-admin']);
  const buur = await house.guest('Gewone Buur');
  expect(refusal(await give(sander, buur, 'platform-admin'))).toBe('403 identity.platform-only');
  expect(refusal(await take(sander, roos, 'platform-admin'))).toBe('403 identity.platform-only');
  expect(refusal(await invite(sander, { email: 'p@x.example', roles: ['platform-admin'] }))).toBe(
    '403 identity.platform-only',
  );
  expect(refusal(await take(roos, roos, 'platform-admin'))).toBe('409 identity.last-admin');
  ok(await give(roos, buur, 'platform-admin'));
  ok(await take(buur, roos, 'platform-admin'));
  expect((await person(buur, buur)).mayGrantPlatform).toBe(true);
});

test('people of another wijk are nobody here', async () => {
  const there = await house.guest('Verre Buur', [], house.other.id);
  expect(refusal(await give(sander, there, 'editor'))).toBe('404 identity.member-not-found');
  expect(
    await house.owner.execute(sql`select from identity.role_grant g
    where g.person_id = ${there.personId} and g.role = 'editor'`),
  ).toMatchObject({ rows: [] });
});

test('people are found by a part of name or address, a page at a time', async () => {
  for (const name of ['Zoek Aap', 'Zoek Beer', 'Zoek Cavia']) await house.guest(name);
  const find = async (search: string, cursor?: string) =>
    ok(
      await house.call(contracts.listPeople, sander, {
        query: { search, limit: 2, ...(cursor ? { cursor } : {}) },
      }),
    );
  const first = await find('ZOEK');
  expect(first.items.map(({ name }) => name)).toEqual(['Zoek Aap', 'Zoek Beer']);
  const second = await find('zoek', first.nextCursor ?? '');
  expect(second.items.map(({ name }) => name)).toEqual(['Zoek Cavia']);
  expect(second.nextCursor).toBeNull();
  expect((await find('zoek.beer@')).items.map(({ name }) => name)).toEqual(['Zoek Beer']);
  expect((await find('%')).items).toEqual([]);
});

test('an invitation is accepted by signing in with its address, with all it brings', async () => {
  const email = 'marleen@zorg.example';
  const { id } = ok(
    await invite(sander, {
      email: ` ${email.toUpperCase()} `,
      name: 'Marleen Verhoeven',
      roles: ['expert'],
      themes: [{ theme: 'zorg-regelen', position: 2 }],
    }),
  );
  const { rows: events } = await house.owner.execute(
    sql`select payload from kernel.event where type = 'invitation.made.v1'`,
  );
  expect(events).toEqual([{ payload: { invitationId: id } }]);
  const signedIn = ok(await house.call(contracts.signIn, null, await codeFor(email)));
  expect(signedIn).toMatchObject({ needsName: false, actor: { name: 'Marleen Verhoeven' } });
  expect(signedIn.actor.roles.sort()).toEqual(['expert', 'resident']);
  const { items } = ok(
    await house.call(contracts.listPeople, sander, { query: { search: email } }),
  );
  const member = ok(
    await house.call(contracts.readPerson, sander, { params: { member: items[0]?.id ?? '' } }),
  );
  expect(member).toMatchObject({
    title: 'Wijkverpleegkundige',
    themes: [{ theme: 'zorg-regelen', position: 2, source: 'verified' }],
  });
  expect(member.log).toContainEqual(
    expect.objectContaining({ role: 'expert', by: 'Sander Vroom' }),
  );
  const list = ok(await house.call(contracts.listInvitations, sander, {}));
  expect(list.items.find((one) => one.id === id)).toMatchObject({
    status: 'accepted',
    email: null,
  });
});

test('one that is accepted twice at once counts once', async () => {
  const email = 'tegelijk@voorbeeld.example';
  ok(await invite(sander, { email, roles: ['editor'] }));
  const first = await codeFor(email);
  house.clock.advance(30_000);
  const second = await codeFor(email);
  const outcomes = await Promise.all([
    house.call(contracts.signIn, null, first),
    house.call(contracts.signIn, null, second),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual([201, 201]);
  const { rows } = await house.owner.execute(sql`
    select g.role from identity.role_grant g join identity.person p on p.id = g.person_id
    where p.email = ${email} order by g.role`);
  expect(rows).toEqual([{ role: 'editor' }, { role: 'resident' }]);
});

test('who is a member or was invited is a field at fault, and faults come together', async () => {
  const email = 'alvast@voorbeeld.example';
  const { id } = ok(await invite(sander, { email }));
  const faults = async (invited: Invited) => {
    const outcome = await invite(sander, invited);
    return outcome.ok ? [] : outcome.problem.errors.map(({ pointer, code }) => [pointer, code]);
  };
  expect(await faults({ email })).toEqual([['email', 'already-invited']]);
  expect(await faults({ email: sander.email })).toEqual([['email', 'already-member']]);
  expect(
    await faults({ email: 'geen', name: 'x\u0007', themes: [{ theme: 'niets', position: 1 }] }),
  ).toContainEqual(['email', 'not-an-email']);
  const params = { invitation: id };
  expect(refusal(await house.call(contracts.resendInvitation, sander, { params }))).toBe(
    '429 identity.invitation-too-soon',
  );
  ok(await house.call(contracts.revokeInvitation, sander, { params }));
  expect(refusal(await house.call(contracts.revokeInvitation, sander, { params }))).toBe(
    '410 identity.invitation-over',
  );
  ok(await invite(sander, { email }));
});

test('after fourteen days it is over, unless it was sent again', async () => {
  const [early, late] = ['vroeg@voorbeeld.example', 'laat@voorbeeld.example'] as const;
  ok(await invite(sander, { email: early, roles: ['editor'] }));
  const { id } = ok(await invite(sander, { email: late, roles: ['editor'] }));
  house.clock.advance(13 * DAY_MS);
  const params = { invitation: id };
  ok(await house.call(contracts.resendInvitation, sander, { params }));
  house.clock.advance(DAY_MS + MINUTE_MS);
  const rolesAfter = async (email: string) =>
    ok(await house.call(contracts.signIn, null, await codeFor(email))).actor.roles.sort();
  expect(await rolesAfter(early)).toEqual(['resident']);
  expect(await rolesAfter(late)).toEqual(['editor', 'resident']);
  const { tidyIdentity } = await import('./index.ts');
  house.clock.advance(20 * DAY_MS);
  await tidyIdentity(house.services);
  const { rows } = await house.owner.execute(
    sql`select from identity.invitation where email is not null`,
  );
  expect(rows).toEqual([]);
});

test('its link tells nothing of who was invited, and nothing to who made it up', async () => {
  const { id } = ok(await invite(sander, { email: 'link@voorbeeld.example', roles: ['editor'] }));
  const read = (invitation: string, wijk = house.wijk.slug) =>
    house.call(contracts.readInvitation, null, { params: { wijk, invitation } });
  expect(ok(await read(id))).toEqual({
    roles: ['editor'],
    expiresAt: expect.any(String),
    accepted: false,
    notOpenYet: false,
  });
  const gone = '410 identity.invitation-over';
  expect(refusal(await read('00000000-0000-4000-8000-000000000000'))).toBe(gone);
  expect(refusal(await read(id, house.other.slug))).toBe(gone);
});
