import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { DAY_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Complaints, openComplaints } from '../../../../../../tests/support/complaints.ts';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../../tests/support/house.ts';
import { type Market, openMarket } from '../../../../../../tests/support/market.ts';
import { runDueComplaint } from '../index.ts';

/** Complaints in stages (M8): who may what, by when, and that nobody else reads a word of them. */

let house: House;
let market: Market;
let complaints: Complaints;
let sam: Guest;
let henk: Guest;
let board: Guest;
let master: Guest;
let admin: Guest;

beforeEach(async () => {
  // a Tuesday
  house = await openHouse({ now: '2026-12-01T10:00:00Z' });
  market = await openMarket(house);
  complaints = openComplaints(house);
  sam = await house.guest('Sam de Wit');
  henk = await house.guest('Henk Brouwer');
  board = await house.guest('Bea Stuur');
  master = await house.guest('Mees Meester', ['market-master']);
  admin = await house.guest('Ada Beheer', ['admin']);
});
afterEach(() => house?.close());

const agreed = (organisation: string | null = null) =>
  market.agreed(sam, henk, { mode: 'free', organisation });
const lodged = async () => complaints.lodge(sam, { order: await agreed() });
const after = async (days: number) => {
  house.clock.advance(days * DAY_MS);
  await house.work();
};
const steps = async (ref: string) => {
  const { rows } = await house.owner.execute<{ step: string; actor: string }>(sql`
    select e.step, e.actor from market.complaint_event e join market.complaint c
      on c.wijk_id = e.wijk_id and c.id = e.complaint_id where c.ref = ${ref} order by e.nr`);
  return rows.map(({ step, actor }) => `${step} ${actor}`);
};
const name = async (organisation: string, member: string | null) =>
  ok(
    await house.call(contract.nameComplaintBoard, henk, {
      params: { organisation },
      body: { member },
    }),
  );

describe('a complaint', () => {
  it('goes from its lodging over the market master to the board, which decides', async () => {
    const organisation = await complaints.organisation('Klussenclub', henk);
    await name(organisation, board.membershipId);
    const ref = await complaints.lodge(sam, { order: await agreed(organisation) });
    expect(await complaints.read(henk, ref)).toMatchObject({
      ...{ as: 'provider', state: 'lodged', waits: true, body: 'Hij kwam niet', daysLeft: 5 },
      decider: { name: 'Bea Stuur', foundation: false },
    });
    ok(await complaints.press(henk, ref, 'acknowledge'));
    // six weeks after it was lodged, whenever it was read
    expect((await complaints.read(sam, ref)).dueAt).toBe('2027-01-12T23:00:00.000Z');
    ok(await complaints.press(henk, ref, 'answer', { verdict: 'not-upheld' }));
    expect(refusal(await complaints.press(sam, ref, 'escalate'))).toBe(
      '409 market.complaint-step-not-now',
    );
    ok(await complaints.press(sam, ref, 'unsatisfied'));
    expect(refusal(await complaints.press(henk, ref, 'propose', { verdict: 'partly' }))).toBe(
      '403 market.complaint-step-not-yours',
    );
    // whoever decides reads nothing before it comes to them
    expect(await readBy(board, ref)).toBe('404 market.complaint-not-found');
    ok(await complaints.press(master, ref, 'propose', { verdict: 'partly' }));
    ok(await complaints.press(sam, ref, 'escalate'));
    expect(refusal(await complaints.press(admin, ref, 'decide', { verdict: 'upheld' }))).toBe(
      '404 market.complaint-not-found',
    );
    expect(refusal(await complaints.press(board, ref, 'decide', { note: ' ' }))).toBe(
      '422 kernel.invalid',
    );
    ok(await complaints.press(board, ref, 'decide', { verdict: 'upheld', note: 'Hij had gelijk' }));
    const over = await complaints.read(sam, ref);
    expect(over).toMatchObject({ state: 'closed', outcome: 'upheld', dueAt: null, steps: [] });
    expect(over.timeline.at(-1)).toMatchObject({ name: 'Bea Stuur', note: 'Hij had gelijk' });
  });

  it('of a neighbour, or of an organisation that named nobody, is decided by the foundation', async () => {
    const ref = await lodged();
    ok(await complaints.press(henk, ref, 'answer', { verdict: 'not-upheld' }));
    ok(await complaints.press(sam, ref, 'unsatisfied'));
    ok(await complaints.press(master, ref, 'propose', { verdict: 'not-upheld' }));
    ok(await complaints.press(sam, ref, 'escalate'));
    expect((await complaints.read(admin, ref)).decider).toEqual({ name: null, foundation: true });
    ok(await complaints.press(admin, ref, 'decide', { verdict: 'not-upheld' }));
    expect((await complaints.read(sam, ref)).outcome).toBe('not-upheld');
  });

  it('is never decided by who answered it, also not where the database is asked directly', async () => {
    const organisation = await complaints.organisation('Klussenclub', henk);
    await name(organisation, henk.membershipId);
    const ref = await complaints.lodge(sam, { order: await agreed(organisation) });
    ok(await complaints.press(henk, ref, 'answer', { verdict: 'not-upheld' }));
    ok(await complaints.press(sam, ref, 'unsatisfied'));
    ok(await complaints.press(master, ref, 'propose', { verdict: 'not-upheld' }));
    ok(await complaints.press(sam, ref, 'escalate'));
    expect(refusal(await complaints.press(henk, ref, 'decide', { verdict: 'not-upheld' }))).toBe(
      '403 market.complaint-step-not-yours',
    );
    // so the foundation does
    expect((await complaints.read(sam, ref)).decider.foundation).toBe(true);
    await expect(
      house.services.db.execute(sql`insert into market.complaint_event
        select wijk_id, complaint_id, 99, gen_random_uuid(), 'decide', 'board', ${henk.membershipId}, 'closed', 'upheld', '', null, at
        from market.complaint_event where step = 'escalate'`),
    ).rejects.toMatchObject({ cause: { message: expect.stringMatching(/took part/) } });
  });

  it('is for the two of an order that both agreed to, and for who was helped before', async () => {
    const listing = await market.listing(henk, { mode: 'free' });
    const asked = await market.request(sam, listing);
    const lodge = (who: Guest, target: object) =>
      house.call(contract.lodgeComplaint, who, {
        body: { target: target as { order: string }, subject: 'other', body: 'Zo' },
      });
    expect(refusal(await lodge(sam, { order: asked }))).toBe('409 market.complaint-too-early');
    expect(refusal(await lodge(board, { order: asked }))).toBe('404 market.order-not-found');
    const provider = `m-${henk.membershipId}`;
    expect(refusal(await lodge(sam, { provider }))).toBe('403 market.complaint-not-met');
    ok(await market.press(henk, asked, { step: 'accept' }));
    const general = ok(await lodge(sam, { provider })).ref;
    expect(refusal(await lodge(sam, { provider }))).toBe('409 market.complaint-open');
    // about the order beside it, and by the other side as well
    ok(await lodge(sam, { order: asked }));
    ok(await lodge(henk, { order: asked }));
    expect(refusal(await lodge(sam, { order: asked }))).toBe('409 market.complaint-open');
    ok(await complaints.press(sam, general, 'withdraw'));
    ok(await lodge(sam, { provider }));
  });

  it('is read by its two sides and the market master, and by nobody else', async () => {
    const ref = await lodged();
    for (const who of [board, admin]) {
      expect(await readBy(who, ref)).toBe('404 market.complaint-not-found');
      expect(refusal(await complaints.press(who, ref, 'add'))).toBe(
        '404 market.complaint-not-found',
      );
      expect(ok(await house.call(contract.listComplaints, who, {})).items).toEqual([]);
    }
    const [own] = ok(await house.call(contract.listComplaints, sam, {})).items;
    expect(own).toMatchObject({ ref, as: 'complainant', waits: false });
    const [desk] = ok(await house.call(contract.listComplaints, henk, {})).items;
    expect(desk).toMatchObject({ ref, as: 'provider', waits: true });
    const [seen] = ok(await house.call(contract.listMasterComplaints, master, {})).items;
    expect(seen).toMatchObject({ ref, as: 'master' });
    expect(ok(await house.call(contract.listComplaints, master, {})).items).toEqual([]);
  });
});

const readBy = async (who: Guest, complaint: string) =>
  refusal(await house.call(contract.readComplaint, who, { params: { complaint } }));

describe('a press', () => {
  it('happens once, however often it is sent, and is refused with another body', async () => {
    const order = await agreed();
    const key = randomUUID();
    const body = { target: { order }, subject: 'price' as const, body: 'Te duur', wish: '' };
    const first = ok(await house.call(contract.lodgeComplaint, sam, { body, key }));
    expect(ok(await house.call(contract.lodgeComplaint, sam, { body, key }))).toEqual(first);
    expect(
      refusal(
        await house.call(contract.lodgeComplaint, sam, { body: { ...body, body: 'Duur' }, key }),
      ),
    ).toBe('409 kernel.idempotency-mismatch');
    const press = { key: randomUUID(), verdict: 'upheld' as const, version: 1 };
    const answered = ok(await complaints.press(henk, first.ref, 'answer', press));
    expect(ok(await complaints.press(henk, first.ref, 'answer', press))).toEqual(answered);
    expect(await steps(first.ref)).toEqual(['lodge complainant', 'answer provider']);
  });

  it('of two at once has one effect, and the other reads who was first', async () => {
    const ref = await lodged();
    ok(await complaints.press(henk, ref, 'answer', { verdict: 'not-upheld' }));
    const both = await Promise.all([
      complaints.press(sam, ref, 'satisfied', { version: 2 }),
      complaints.press(henk, ref, 'add', { version: 2 }),
      complaints.press(sam, ref, 'unsatisfied', { version: 2 }),
    ]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    const refused = both.flatMap((one) => (one.ok ? [] : [one.problem.code]));
    expect(refused).toEqual(['market.complaint-moved', 'market.complaint-moved']);
    expect(await steps(ref)).toHaveLength(3);
  });

  it('of two who lodge at once leaves one complaint', async () => {
    const order = await agreed();
    const body = { target: { order }, subject: 'price' as const, body: 'Te duur' };
    const both = await Promise.all(
      Array.from({ length: 4 }, () => house.call(contract.lodgeComplaint, sam, { body })),
    );
    expect(both.filter((one) => one.ok)).toHaveLength(1);
  });
});

describe('the clock', () => {
  it('reminds once, says once that a term is over, and lets the complainant go on', async () => {
    const ref = await lodged();
    // five working days after Tuesday the first: Tuesday the eighth; two days before is Friday the fourth
    house.clock.set('2026-12-03T22:59:59Z');
    await house.work();
    expect(await steps(ref)).toHaveLength(1);
    expect(refusal(await complaints.press(sam, ref, 'unanswered'))).toBe(
      '409 market.complaint-in-time',
    );
    house.clock.set('2026-12-03T23:00:00Z');
    await house.work();
    expect(await steps(ref)).toEqual(['lodge complainant', 'remind clock']);
    house.clock.set('2026-12-08T22:59:59Z');
    await house.work();
    expect(await complaints.read(sam, ref)).toMatchObject({ late: false, daysLeft: 0 });
    house.clock.set('2026-12-08T23:00:00Z');
    await house.work();
    await after(30);
    expect(await steps(ref)).toEqual(['lodge complainant', 'remind clock', 'overdue clock']);
    const late = await complaints.read(sam, ref);
    expect(late).toMatchObject({ late: true, state: 'lodged' });
    expect(late.steps.map(({ step }) => step)).toContain('unanswered');
    expect(ok(await house.call(contract.listMasterComplaints, master, {})).items).toMatchObject([
      { ref, late: true },
    ]);
    ok(await complaints.press(sam, ref, 'unanswered'));
    expect(await complaints.read(master, ref)).toMatchObject({ state: 'mediation', waits: true });
  });

  it('has each step once with two workers', async () => {
    const refs: string[] = [];
    for (let i = 0; i < 4; i += 1) refs.push(await lodged());
    house.clock.set('2026-12-09T10:00:00Z');
    const run = async () => {
      while (await runDueComplaint(house.services));
    };
    await Promise.all([run(), run(), run()]);
    for (const ref of refs)
      expect(await steps(ref)).toEqual(['lodge complainant', 'overdue clock']);
  });

  it('closes what waits for the complainant with what was found', async () => {
    const ref = await lodged();
    ok(await complaints.press(henk, ref, 'answer', { verdict: 'partly' }));
    await after(11);
    await after(30);
    expect(await complaints.read(sam, ref)).toMatchObject({ state: 'closed', outcome: 'partly' });
    expect((await steps(ref)).slice(2)).toEqual(['remind clock', 'lapse clock']);
  });

  it('counts a longer term from the end of the first, once', async () => {
    const ref = await lodged();
    ok(await complaints.press(henk, ref, 'acknowledge'));
    const { dueAt } = await complaints.read(henk, ref);
    // ten working days for a neighbour, over nothing but weekends
    expect(dueAt).toBe('2026-12-15T23:00:00.000Z');
    ok(await complaints.press(henk, ref, 'extend', { note: 'Ik was op reis' }));
    const longer = await complaints.read(henk, ref);
    expect(longer).toMatchObject({ dueAt: '2026-12-22T23:00:00.000Z', extended: true });
    expect(longer.steps.map(({ step }) => step)).not.toContain('extend');
  });
});

describe('what stays', () => {
  it('is every step, and a complaint that is over', async () => {
    const ref = await lodged();
    ok(await complaints.press(sam, ref, 'withdraw'));
    const refused = (query: ReturnType<typeof sql>) =>
      expect(house.services.db.execute(query)).rejects.toThrow();
    await refused(sql`update market.complaint_event set note = 'anders'`);
    await refused(sql`delete from market.complaint_event`);
    await refused(sql`update market.complaint set outcome = 'upheld', verdict = 'upheld'`);
    await refused(sql`update market.complaint set body = 'anders'`);
    await expect(
      house.owner.execute(sql`update market.complaint set provider_late = true`),
    ).rejects.toThrow();
    // words are emptied by erasure
    await house.services.db.execute(sql`update market.complaint set body = '', wish = ''`);
  });

  it('is told as figures, from the third on, with what was dealt with in time', async () => {
    const figures = async () =>
      ok(
        await house.call(contract.readProviderComplaints, null, {
          params: { provider: `m-${henk.membershipId}` },
        }),
      ).figures;
    for (const verdict of ['upheld', 'not-upheld'] as const) {
      const ref = await lodged();
      ok(await complaints.press(henk, ref, 'answer', { verdict }));
      ok(await complaints.press(sam, ref, 'satisfied'));
    }
    expect(await figures()).toBeNull();
    const late = await lodged();
    await after(20);
    ok(await complaints.press(henk, late, 'answer', { verdict: 'partly' }));
    ok(await complaints.press(sam, late, 'satisfied'));
    expect(await figures()).toEqual({
      ...{ count: 3, upheld: 1, partly: 1, notUpheld: 1, withdrawn: 0, inTime: 2 },
    });
    // of who was helped nothing is told
    const own = { params: { provider: `m-${sam.membershipId}` } };
    expect(ok(await house.call(contract.readProviderComplaints, null, own)).figures).toBeNull();
  });
});
