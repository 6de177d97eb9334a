import * as contract from '@wijk/contracts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Guest, type House, ok, openHouse } from '../../../../../tests/support/house.ts';

/** A Wednesday in week 47. */
const START = '2026-11-18T10:00:00Z';
let house: House;
let fatima: Guest;
let henk: Guest;
let noor: Guest;

beforeAll(async () => {
  house = await openHouse({ now: START });
  fatima = await house.guest('Fatima Amrani');
  henk = await house.guest('Henk Brouwer');
  noor = await house.guest('Noor van der Horst', ['editor']);
});
beforeEach(async () => {
  // a Wednesday some weeks on: every test has weeks of its own
  const sinceWednesday = (house.clock.now().getTime() - Date.parse(START)) % (7 * DAY_MS);
  house.clock.advance(28 * DAY_MS - sinceWednesday);
  await house.work();
});
afterAll(() => house.close());

async function ask(theme = 'zorg-regelen'): Promise<string> {
  const body = { title: 'Een vraag', body: '', theme, visibility: 'public' as const };
  return ok(await house.call(contract.askQuestion, fatima, { body })).ref;
}
async function answer(question: string, who = noor): Promise<string> {
  const body = { body: 'Een antwoord.' };
  return ok(await house.call(contract.answerQuestion, who, { params: { question }, body })).id;
}
async function pass(hours: number): Promise<void> {
  house.clock.advance(hours * HOUR_MS);
  await house.work();
}
const score = async (query: { theme?: string; weeks?: number } = {}) =>
  ok(await house.call(contract.getScore, null, { query }));
const thisWeek = async () => (await score()).weeks.at(-1);
const set = (question: string, change: ReturnType<typeof sql>) =>
  house.owner.execute(sql`update vraagbaak.question set ${change} where ref = ${question}`);

describe('a week', () => {
  it('is there also when nothing was asked in it, and knows its Monday', async () => {
    const { weeks } = await score({ weeks: 4 });
    expect(weeks).toHaveLength(4);
    expect(weeks.at(-1)).toMatchObject({
      week: 51,
      startsOn: '2026-12-14',
      asked: 0,
      final: false,
    });
    expect(weeks.at(-2)).toMatchObject({ week: 50, asked: 0, final: true });
  });

  it('runs while a term in it does, also when the calendar has gone on', async () => {
    house.clock.advance(4 * DAY_MS);
    const question = await ask();
    await pass(1);
    await answer(question);
    const asked = await thisWeek();
    expect(asked).toMatchObject({ asked: 1, kept: 1, missed: 0, running: 0, final: false });
    await pass(16);
    const [before] = (await score({ weeks: 2 })).weeks;
    // Monday: the week is over, but the answer may still be taken away
    expect(before).toEqual({ ...asked, final: false });
    await pass(8);
    expect((await score({ weeks: 2 })).weeks[0]).toEqual({ ...asked, final: true });
  });

  it('has a median over all whose outcome is known; a miss is slower than any answer', async () => {
    const [one, two, three] = [await ask(), await ask(), await ask()];
    for (const [question, minutes] of [
      [one, 30],
      [two, 60],
    ] as const) {
      house.clock.advance(minutes * MINUTE_MS);
      await answer(question);
    }
    expect(await thisWeek()).toMatchObject({ medianMinutes: 60, kept: 2, running: 1 });
    await pass(25);
    expect(await thisWeek()).toMatchObject({ medianMinutes: 90, kept: 2, missed: 1 });
    await answer(three);
    await ask();
    await pass(25);
    // half of the four were missed: there is no moment by which half had an answer
    expect(await thisWeek()).toMatchObject({
      medianMinutes: null,
      medianBeyondTerm: true,
      missed: 2,
    });
  });
});

describe('a past week never changes by itself', () => {
  /** Two kept, one missed, and the figures of their week once it is final. */
  async function pastWeek() {
    const [kept, other, missed] = [await ask(), await ask('wonen'), await ask()];
    await pass(2);
    const answerId = await answer(kept);
    await answer(other);
    await pass(7 * 24);
    return { kept, other, missed, answerId, before: (await score({ weeks: 2 })).weeks[0] };
  }
  type Week = Awaited<ReturnType<typeof pastWeek>>['before'];
  const expectFrozen = async (before: Week) => {
    expect(before).toMatchObject({ asked: 3, kept: 2, missed: 1, running: 0, final: true });
    await pass(48);
    const { weeks } = await score({ weeks: 4 });
    expect(weeks.find((w) => w.startsOn === before?.startsOn)).toEqual(before);
  };

  it('not by an answer that comes later', async () => {
    const { missed, before } = await pastWeek();
    await answer(missed);
    await expectFrozen(before);
  });

  it('not by the removal of the answer that kept the promise, nor by its restoration', async () => {
    const { kept, answerId, before } = await pastWeek();
    const remove = async (at: Date | null) => {
      await house.owner.execute(
        sql`update vraagbaak.answer set removed_at = ${at} where id = ${answerId}`,
      );
      // whatever happens next with the question settles its promise by the answers as they now are
      await answer(kept, henk);
    };
    await remove(house.clock.now());
    const open = ok(await house.call(contract.getQuestion, null, { params: { question: kept } }));
    expect(open.status).toBe('open');
    await expectFrozen(before);
    await remove(null);
    await expectFrozen(before);
  });

  it('not by a question that is withdrawn, removed, hidden, moved or found to be a duplicate', async () => {
    const { kept, other, missed, before } = await pastWeek();
    ok(await house.call(contract.withdrawQuestion, fatima, { params: { question: missed } }));
    await set(other, sql`theme = 'zorg-regelen', moderation = 'hidden'`);
    await set(
      kept,
      sql`status = 'duplicate', duplicate_of = (select id from vraagbaak.question where ref = ${other})`,
    );
    await expectFrozen(before);
    await set(other, sql`status = 'removed'`);
    await expectFrozen(before);
  });

  it('not by a new promise of the wijk, which begins with the questions that follow', async () => {
    const { before } = await pastWeek();
    await house.owner.execute(sql`insert into wijk.promise_policy
      select wijk_id, version + 1, mode, 60, steps, ${house.clock.now()} from wijk.promise_policy
      where wijk_id = ${house.wijk.id} order by version desc limit 1`);
    house.services.wijken.forget();
    await expectFrozen(before);
    const question = await ask();
    await pass(2);
    await answer(question);
    expect(await thisWeek()).toMatchObject({ missed: 1, kept: 0 });
    await house.owner.execute(sql`insert into wijk.promise_policy
      select wijk_id, version + 1, mode, 1440, steps, ${house.clock.now()} from wijk.promise_policy
      where wijk_id = ${house.wijk.id} order by version desc limit 1`);
    house.services.wijken.forget();
  });

  it('nor by hand: the database refuses', async () => {
    await pastWeek();
    await expect(
      house.owner.execute(sql`update vraagbaak.promise set week = week - 1
        where frozen_outcome is not null and wijk_id = ${house.wijk.id}`),
    ).rejects.toMatchObject({ cause: { message: expect.stringMatching(/frozen/) } });
  });
});

describe('what counts', () => {
  it('a question that is held or hidden does; one that was withdrawn in time does not', async () => {
    const [held, gone] = [await ask(), await ask()];
    await set(held, sql`moderation = 'held'`);
    ok(await house.call(contract.withdrawQuestion, fatima, { params: { question: gone } }));
    expect(await thisWeek()).toMatchObject({ asked: 1, running: 1 });
    await pass(25);
    expect(await thisWeek()).toMatchObject({ asked: 1, missed: 1, running: 0 });
  });

  it('a neighbour’s answer does not, until the redactie endorses it', async () => {
    const question = await ask();
    const id = await answer(question, henk);
    expect(await thisWeek()).toMatchObject({ kept: 0, running: 1 });
    house.clock.advance(HOUR_MS);
    const params = { question, answer: id };
    ok(await house.call(contract.endorseAnswer, noor, { params }));
    expect(await thisWeek()).toMatchObject({ kept: 1, running: 0, medianMinutes: 60 });
  });

  it('by theme: weeks, total and what is open follow the choice, the list of themes shows all', async () => {
    const [care, home] = [await ask('zorg-regelen'), await ask('wonen')];
    house.clock.advance(HOUR_MS);
    await answer(care);
    const all = await score({ weeks: 1 });
    expect(all).toMatchObject({ theme: null, total: { asked: 2, kept: 1, running: 1 } });
    const some = await score({ weeks: 1, theme: 'wonen' });
    expect(some.theme?.slug).toBe('wonen');
    expect(some.total).toMatchObject({ asked: 1, kept: 0, running: 1 });
    expect(some.weeks.map((week) => week.asked)).toEqual([1]);
    expect(some.openNow).toBeLessThan(all.openNow + 1);
    expect(some.themes.map((line) => line.theme.slug).toSorted()).toEqual([
      'wonen',
      'zorg-regelen',
    ]);
    const none = await score({ weeks: 1, theme: 'bestaat-niet' });
    expect([none.total.asked, none.openNow]).toEqual([0, 0]);
    await answer(home);
  });

  it('refuses a number of weeks that it does not show', async () => {
    for (const weeks of [0, 53, 1.5])
      expect((await house.call(contract.getScore, null, { query: { weeks } })).status).toBe(422);
  });
});
