import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { appendEvent, inTransaction } from '@wijk/db/kernel';
import { DAY_MS, HOUR_MS } from '@wijk/domain/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
let johan: Guest;
let anil: Guest;

beforeAll(async () => {
  house = await openHouse({ now: '2026-11-18T10:00:00Z' });
  fatima = await house.guest('Fatima Amrani');
  noor = await house.guest('Noor van der Horst', ['editor']);
  johan = await house.guest('Johan Terpstra', ['chief-editor']);
  anil = await house.guest('Anil Ramdin', ['expert']);
});

afterAll(() => house?.close());

async function ask(title = 'Een vraag') {
  const body = { title, body: '', theme: 'zorg-regelen', visibility: 'public' as const };
  return ok(await house.call(contract.askQuestion, fatima, { body })).ref;
}

describe('a saved answer', () => {
  const TEXT = {
    title: 'Wmo-loket',
    body: 'Dag {{naam}}, bel het loket.',
    use: 'answer' as const,
    theme: 'zorg-regelen',
  };
  const list = async () => ok(await house.call(contract.listSavedAnswers, johan, {})).items;

  it('is kept once by one press, changed, and thrown away', async () => {
    const key = randomUUID();
    const keep = () => house.call(contract.createSavedAnswer, noor, { body: TEXT, key });
    const [one, two] = await Promise.all([keep(), keep()]);
    expect(ok(one)).toEqual(ok(two));
    expect(await list()).toEqual([{ ...TEXT, id: ok(one).id, version: 1 }]);
    const params = { saved: ok(one).id };
    const change = (who: Guest, version: number, title: string) =>
      house.call(contract.changeSavedAnswer, who, { params, body: { ...TEXT, title, version } });
    expect(ok(await change(johan, 1, 'Loket'))).toMatchObject({ title: 'Loket', version: 2 });
    const late = await change(noor, 1, 'Te laat');
    expect(refusal(late)).toBe('409 vraagbaak.changed-meanwhile');
    expect(late.ok ? {} : late.problem.params).toEqual({
      name: 'Johan Terpstra',
      kind: 'saved-answer',
    });
    expect((await list()).map((item) => item.title)).toEqual(['Loket']);
    ok(await house.call(contract.deleteSavedAnswer, noor, { params }));
    expect(await list()).toEqual([]);
    expect(refusal(await change(noor, 2, 'Weg'))).toBe('404 vraagbaak.saved-answer-not-found');
    expect(refusal(await house.call(contract.deleteSavedAnswer, noor, { params }))).toBe(
      '404 vraagbaak.saved-answer-not-found',
    );
  });

  it('of a theme that is not there is a field at fault', async () => {
    const outcome = await house.call(contract.createSavedAnswer, noor, {
      body: { ...TEXT, theme: 'bestaat-niet' },
    });
    expect(outcome.ok ? [] : outcome.problem.errors.map((e) => e.pointer)).toEqual(['theme']);
  });
});

describe('the roster', () => {
  const roster = async (from?: string, who = noor) =>
    ok(await house.call(contract.readRoster, who, { query: from ? { from } : {} }));
  const plan = (date: string, member: string) =>
    house.call(contract.planDuty, noor, { params: { date, member } });
  const unplan = (date: string, member: string) =>
    house.call(contract.unplanDuty, noor, { params: { date, member } });
  const faultOf = async (call: ReturnType<typeof plan>) => {
    const outcome = await call;
    return outcome.ok
      ? 'none'
      : outcome.problem.errors.map((e) => `${e.pointer}: ${e.code}`).join();
  };

  it('has three weeks from today in the wijk, and the editors there are', async () => {
    house.clock.set('2026-11-18T23:30:00Z');
    const { today, days, editors } = await roster();
    expect([today, days[0]?.date, days.at(-1)?.date, days.length]).toEqual([
      '2026-11-19',
      '2026-11-19',
      '2026-12-09',
      21,
    ]);
    expect(editors.map((one) => [one.name, one.mine])).toEqual([
      ['Johan Terpstra', false],
      ['Noor van der Horst', true],
    ]);
    house.clock.set('2026-11-19T10:00:00Z');
  });

  it('takes editors only, on days that are there and are not over', async () => {
    ok(await plan('2026-11-20', johan.membershipId));
    ok(await plan('2026-11-20', johan.membershipId));
    expect(await faultOf(plan('2026-11-20', fatima.membershipId))).toBe('member: invalid-choice');
    expect(refusal(await plan('2026-11-20', randomUUID()))).toBe('404 identity.member-not-found');
    expect(await faultOf(plan('2026-11-18', johan.membershipId))).toBe('date: date-past');
    expect(await faultOf(plan('2027-02-30', johan.membershipId))).toBe('date: not-a-date');
    expect(await faultOf(plan('2029-02-01', johan.membershipId))).toBe('date: not-a-date');
    const bad = await house.call(contract.readRoster, noor, { query: { from: '2026-13-01' } });
    expect(bad.ok ? [] : bad.problem.errors.map((e) => e.pointer)).toEqual(['from']);
    const day = (await roster()).days.find(({ date }) => date === '2026-11-20');
    expect(day?.people).toMatchObject([{ name: 'Johan Terpstra', mine: false, startedAt: null }]);
    ok(await unplan('2026-11-20', johan.membershipId));
    expect(refusal(await unplan('2026-11-20', johan.membershipId))).toBe(
      '404 vraagbaak.duty-not-found',
    );
    expect((await roster()).days.flatMap((one) => one.people)).toEqual([]);
  });

  it('knows when a duty began and ended, and that one may begin again', async () => {
    const mine = async () => (await roster()).days[0]?.people[0];
    ok(await house.call(contract.endDuty, noor, {}));
    expect(await mine()).toBeUndefined();
    const begun = house.clock.now().toISOString();
    ok(await house.call(contract.startDuty, noor, {}));
    expect(await mine()).toMatchObject({ mine: true, startedAt: begun, endedAt: null });
    house.clock.advance(HOUR_MS);
    ok(await house.call(contract.endDuty, noor, {}));
    expect(await mine()).toMatchObject({ endedAt: house.clock.now().toISOString() });
    ok(await house.call(contract.startDuty, noor, {}));
    expect(await mine()).toMatchObject({ startedAt: begun, endedAt: null });
    expect(refusal(await unplan('2026-11-19', noor.membershipId))).toBe('409 vraagbaak.duty-begun');
  });

  it('no longer names who left the redactie, but still who was there', async () => {
    const left = await house.guest('Oud Redacteur', ['editor']);
    ok(await plan('2026-11-19', left.membershipId));
    ok(await plan('2026-11-21', left.membershipId));
    await house.owner.$client.query(
      'update identity.role_grant set valid_until = $2 where person_id = $1',
      [left.personId, house.clock.now()],
    );
    house.clock.advance(DAY_MS);
    const names = (await roster('2026-11-19')).days.map(({ people }) => people.map((p) => p.name));
    expect(names.slice(0, 3)).toEqual([['Noor van der Horst', 'Oud Redacteur'], [], []]);
  });
});

describe('the log of the desk', () => {
  it('has every action, newest first, page by page, with what was undone', async () => {
    const question = await ask('Voor in het log');
    for (let i = 0; i < 5; i += 1) {
      house.clock.advance(1000);
      ok(await house.call(contract.claimQuestion, noor, { params: { question } }));
    }
    house.clock.advance(1000);
    const { undo } = ok(
      await house.call(contract.assignQuestion, noor, {
        params: { question },
        body: { expert: anil.membershipId, note: '' },
      }),
    );
    ok(await house.call(contract.undoAction, noor, { params: { action: undo ?? '' } }));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = ok(
        await house.call(contract.readDeskLog, johan, {
          query: { limit: 4, ...(cursor ? { cursor } : {}) },
        }),
      );
      seen.push(...page.items.map((item) => `${item.kind} ${item.undone} ${item.who}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([
      'assign true Noor van der Horst',
      ...Array.from({ length: 5 }, () => 'claim false Noor van der Horst'),
    ]);
  });
});

describe('a mail to an expert that is refused', () => {
  it('brings the question back to the desk, until another is asked', async () => {
    const question = await ask('Mail geweigerd');
    const esra = await house.guest('Esra Yilmaz', ['expert']);
    const assign = async (expert: Guest) => {
      house.clock.advance(1000);
      ok(
        await house.call(contract.assignQuestion, noor, {
          params: { question },
          body: { expert: expert.membershipId, note: '' },
        }),
      );
      const { rows } = await house.owner.$client.query<{ id: string; question_id: string }>(
        'select id, question_id from vraagbaak.assignment where membership_id = $1 and ended_at is null',
        [expert.membershipId],
      );
      const [found] = rows;
      if (!found) throw new Error('no assignment');
      return { questionId: found.question_id, assignmentId: found.id };
    };
    const refuse = async (payload: { questionId: string; assignmentId: string }) => {
      await inTransaction(house.services.db, (tx) =>
        appendEvent(tx, house.services.subscriptions, house.clock.now(), {
          wijkId: house.wijk.id,
          type: 'mail.refused.v1',
          payload,
        }),
      );
      await house.work();
    };
    const where = async () => {
      const found: string[] = [];
      for (const filter of ['new', 'assigned', 'attention'] as const) {
        const { items } = ok(await house.call(contract.listDesk, noor, { query: { filter } }));
        const item = items.find(({ ref }) => ref === question);
        if (item) found.push(`${filter} ${item.attention.mailRefused}`);
      }
      return found;
    };
    const first = await assign(anil);
    expect(await where()).toEqual(['assigned false']);
    await refuse(first);
    expect(await where()).toEqual(['new true', 'assigned true', 'attention true']);
    await refuse(first);
    await assign(esra);
    expect(await where()).toEqual(['assigned false']);
    await refuse(first);
    expect(await where()).toEqual(['assigned false']);
  });
});
