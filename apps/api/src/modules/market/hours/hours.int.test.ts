import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openComplaints } from '../../../../../../tests/support/complaints.ts';
import {
  type Guest,
  type House,
  ORIGIN,
  ok,
  openHouse,
  refusal,
} from '../../../../../../tests/support/house.ts';
import { type Market, openMarket } from '../../../../../../tests/support/market.ts';

/** Hours for the neighbourhood (M10): they count once, for one, when who was helped confirmed them. */

let house: House;
let market: Market;
let sam: Guest;
let henk: Guest;
let manager: Guest;
let master: Guest;
let organisation: string;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-10T10:00:00Z' });
  market = await openMarket(house);
  sam = await house.guest('Sam de Wit');
  henk = await house.guest('Henk Brouwer');
  manager = await house.guest('=Wonen; "Ina" Verhuur');
  master = await house.guest('Mees Meester', ['market-master']);
  organisation = await openComplaints(house).organisation('Woonstichting', manager);
});
afterEach(() => house?.close());

const log = async (minutes: number, more: object = {}, who = henk) =>
  ok(
    await house.call(contract.logHours, who, {
      body: { member: sam.membershipId, day: '2026-12-05', minutes, ...more },
    }),
  ).id;
const decide = (who: Guest, hours: string, decision: 'confirm' | 'decline' | 'withdraw') =>
  house.call(contract.decideHours, who, { params: { hours }, body: { decision } });
const correct = (hours: string, minutes: number) =>
  house.call(contract.correctHours, henk, { params: { hours }, body: { minutes } });
const pledge = async (more: object = {}) =>
  ok(
    await house.call(contract.proposePledge, manager, {
      body: {
        ...{ member: henk.membershipId, organisation, minutesPerMonth: 600, from: '2026-12-01' },
        ...{ purpose: 'Lage huur', ...more },
      },
    }),
  ).id;
const decidePledge = (who: Guest, id: string, decision: 'agree' | 'decline' | 'end') =>
  house.call(contract.decidePledge, who, { params: { pledge: id }, body: { decision } });
const own = async (who = henk) => ok(await house.call(contract.readHours, who, {}));
const month = async () => (await own()).months[0];
const quarter = async (who = manager, asked = '2026-Q4') =>
  ok(
    await house.call(contract.readOrganisationHours, who, {
      params: { organisation },
      query: { quarter: asked },
    }),
  );

describe('hours', () => {
  it('count once who was helped confirmed them', async () => {
    const id = await log(90, { what: 'Boodschappen' });
    expect(await month()).toMatchObject({ performed: 0 });
    expect((await own(sam)).toConfirm).toMatchObject([
      { id, name: 'Henk Brouwer', minutes: 90, what: 'Boodschappen' },
    ]);
    expect(refusal(await decide(henk, id, 'confirm'))).toBe('404 market.hours-not-found');
    expect(refusal(await decide(manager, id, 'confirm'))).toBe('404 market.hours-not-found');
    ok(await decide(sam, id, 'confirm'));
    ok(await decide(sam, id, 'confirm'));
    expect(refusal(await decide(sam, id, 'decline'))).toBe('409 market.hours-decided');
    expect(await month()).toMatchObject({ month: '2026-12', pledged: 0, performed: 90, over: 90 });
  });

  it('of an order count as they were worked, once, without a ledger entry where it is free', async () => {
    const order = await market.agreed(sam, henk, { mode: 'free' }, { minutes: 60 });
    ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 75 }));
    await house.work();
    expect(await month()).toMatchObject({ performed: 0 });
    ok(await market.press(sam, order, { step: 'confirm' }));
    await house.work();
    // the same event once more
    await house.owner.execute(
      sql`update kernel.delivery set status = 'pending', due_at = now() - interval '1 day' where subscriber = 'count-hours'`,
    );
    await house.work();
    expect(await month()).toMatchObject({ performed: 75 });
    expect((await own()).entries).toMatchObject([{ minutes: 75, paid: false, order }]);
    const { rows } = await house.owner.execute(sql`select count(*)::int as n from ledger.entry`);
    expect(rows[0]?.n).toBe(0);
  });

  it('are of the month on the clock of the wijk', async () => {
    // half past midnight on the first of January in Amsterdam
    const startsAt = '2026-12-31T23:30:00Z';
    const order = await market.agreed(sam, henk, { mode: 'free' }, { minutes: 60, startsAt });
    house.clock.set('2027-01-02T10:00:00Z');
    ok(await market.press(sam, order, { step: 'confirm' }));
    await house.work();
    expect((await own()).entries[0]).toMatchObject({ day: '2027-01-01' });
    expect(await month()).toMatchObject({ month: '2027-01', performed: 60 });
  });

  it('stay as they were confirmed, and are corrected by rows of their own', async () => {
    const id = await log(120);
    expect(refusal(await correct(id, 60))).toBe('409 market.hours-not-confirmed');
    ok(await decide(sam, id, 'confirm'));
    const { id: fix } = ok(await correct(id, 60));
    expect(refusal(await correct(id, 45))).toBe('409 market.hours-correction-waits');
    expect((await own(sam)).toConfirm).toMatchObject([{ id: fix, minutes: 60, standing: 120 }]);
    expect(await month()).toMatchObject({ performed: 120 });
    ok(await decide(sam, fix, 'confirm'));
    expect(await month()).toMatchObject({ performed: 60 });
    expect(refusal(await correct(id, 60))).toBe('422 kernel.invalid');
    const refused = (query: ReturnType<typeof sql>) =>
      expect(house.owner.execute(query)).rejects.toThrow();
    await refused(sql`update market.hours set state = 'declined' where id = ${id}`);
    await refused(sql`delete from market.hours`);
    await expect(
      house.services.db.execute(sql`update market.hours set minutes = 30 where id = ${id}`),
    ).rejects.toThrow();
    await refused(sql`insert into market.hours (wijk_id, id, member_id, receiver_id, day, minutes, corrects, state, made_at)
      select wijk_id, gen_random_uuid(), member_id, receiver_id, day, -75, id, 'logged', made_at from market.hours where id = ${id}`);
  });

  it('are written down once for one press, and never for oneself', async () => {
    const key = randomUUID();
    const body = { member: sam.membershipId, day: '2026-12-05', minutes: 60 };
    const press = (minutes = 60) =>
      house.call(contract.logHours, henk, { body: { ...body, minutes }, key });
    const both = await Promise.all([press(), press()]);
    expect(both.map((one) => ok(one).id)).toEqual([key, key]);
    expect(refusal(await press(75))).toBe('409 kernel.idempotency-mismatch');
    expect((await own()).entries).toHaveLength(1);
    const self = { body: { ...body, member: henk.membershipId } };
    expect(refusal(await house.call(contract.logHours, henk, self))).toBe('422 kernel.invalid');
    ok(await decide(henk, key, 'withdraw'));
    expect(refusal(await decide(sam, key, 'confirm'))).toBe('409 market.hours-decided');
  });
});

describe('a pledge', () => {
  it('holds when the member agrees, and its standing moves with what was done', async () => {
    const id = await pledge();
    expect(await month()).toMatchObject({ pledged: 0 });
    expect(refusal(await decidePledge(manager, id, 'agree'))).toBe('404 market.pledge-not-found');
    ok(await decidePledge(henk, id, 'agree'));
    expect(await month()).toMatchObject({ pledged: 600, performed: 0, open: 600 });
    ok(await decide(sam, await log(90), 'confirm'));
    expect(await month()).toMatchObject({ pledged: 600, performed: 90, open: 510, over: 0 });
    // on behalf of another organisation it counts for that one
    const other = await openComplaints(house).organisation('Buurthulp', master);
    ok(await decide(sam, await log(60, { organisation: other }), 'confirm'));
    expect(await month()).toMatchObject({ performed: 90, open: 510, other: 60 });
    expect((await quarter()).total).toMatchObject({ performed: 90 });
  });

  it('is for one at a time, also of two who agree at once', async () => {
    const ids = [await pledge(), await pledge({ from: '2026-12-20' })];
    const both = await Promise.all(ids.map((id) => decidePledge(henk, id, 'agree')));
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.flatMap((one) => (one.ok ? [] : [one.problem.code]))).toEqual([
      'market.pledge-other',
    ]);
  });

  it('is ended by either of the two, from today on, and asks for its days alone', async () => {
    const id = await pledge();
    ok(await decidePledge(henk, id, 'agree'));
    expect(refusal(await decidePledge(sam, id, 'end'))).toBe('404 market.pledge-not-found');
    ok(await decidePledge(manager, id, 'end'));
    ok(await decidePledge(henk, id, 'end'));
    // ten days of thirty-one
    expect(await month()).toMatchObject({ pledged: 194 });
    ok(await decidePledge(henk, await pledge({ from: '2026-12-11' }), 'agree'));
    expect(await month()).toMatchObject({ pledged: 194 + 406 });
  });

  it('is proposed by who acts for an organisation, and for the foundation by its officers', async () => {
    const body = { member: henk.membershipId, minutesPerMonth: 600, from: '2026-12-01' };
    const propose = (who: Guest, of: string | null) =>
      house.call(contract.proposePledge, who, { body: { ...body, organisation: of } });
    expect(refusal(await propose(sam, organisation))).toBe('403 market.pledge-not-yours');
    expect(refusal(await propose(manager, null))).toBe('403 market.pledge-not-yours');
    ok(await decidePledge(henk, ok(await propose(master, null)).id, 'agree'));
    const overview = ok(await house.call(contract.readHoursOverview, master, {}));
    expect(overview.rows).toMatchObject([{ kind: 'foundation', members: 1, pledged: 600 }]);
    expect(refusal(await house.call(contract.readHoursOverview, manager, {}))).toBe(
      '403 kernel.forbidden',
    );
  });
});

describe('a quarter', () => {
  it('is for who acts for the organisation, and tells sums of its own volunteers alone', async () => {
    ok(await decidePledge(henk, await pledge(), 'agree'));
    ok(await decide(sam, await log(120, { what: 'Geheim' }), 'confirm'));
    const helper = await house.guest('Noor Bakker');
    ok(await decide(sam, await log(60, {}, helper), 'confirm'));
    const read = await quarter();
    expect(read.members).toMatchObject([
      { name: 'Henk Brouwer', sum: { pledged: 600, performed: 120, open: 480, over: 0 } },
    ]);
    expect(JSON.stringify(read)).not.toMatch(/Geheim|Noor|Sam/);
    for (const who of [sam, henk, master])
      expect(
        refusal(
          await house.call(contract.readOrganisationHours, who, { params: { organisation } }),
        ),
      ).toBe('404 wallet.organisation-not-found');
    const { rows } = ok(await house.call(contract.readHoursOverview, master, {}));
    expect(rows).toMatchObject([
      { kind: 'organisation', organisation: 'Woonstichting', performed: 120 },
      { kind: 'neighbours', members: 1, performed: 60 },
    ]);
  });

  it('is kept as CSV that a spreadsheet takes for nothing else', async () => {
    ok(
      await decidePledge(
        manager,
        ok(
          await house.call(contract.proposePledge, manager, {
            body: {
              ...{ member: manager.membershipId, organisation, minutesPerMonth: 600 },
              from: '2026-12-16',
            },
          }),
        ).id,
        'agree',
      ),
    );
    ok(await decide(sam, await log(90, { organisation }, manager), 'confirm'));
    const file = await house.app.fastify.inject({
      url: `/api/v1/wijken/${house.wijk.slug}/market/organisations/${organisation}/hours/csv?quarter=2026-Q4`,
      headers: { host: new URL(ORIGIN).host, cookie: manager.cookie ?? '' },
    });
    expect(file.headers['content-type']).toMatch(/^text\/csv/);
    const lines = file.rawPayload.toString('utf8').split('\r\n');
    const name = `"'=Wonen; ""Ina"" Verhuur"`;
    expect(lines).toEqual([
      '\uFEFFKwartaal;Maand;Organisatie;Naam;Toegezegd (uren);Gedaan (uren);Open (uren);Meer (uren)',
      `2026-Q4;2026-10;Woonstichting;${name};0,00;0,00;0,00;0,00`,
      `2026-Q4;2026-11;Woonstichting;${name};0,00;0,00;0,00;0,00`,
      // sixteen days of thirty-one
      `2026-Q4;2026-12;Woonstichting;${name};5,17;1,50;3,67;0,00`,
      '',
    ]);
  });
});
