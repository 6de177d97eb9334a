import * as contract from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import {
  closeStep,
  lockPromise,
  lockQuestion,
  takeDueStep,
  takeEndedPause,
} from '@wijk/db/vraagbaak';
import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { signAnswerLink } from './answer-link.ts';

let house: House;
let fatima: Guest;
let noor: Guest;
let johan: Guest;

beforeAll(async () => {
  house = await openHouse();
  fatima = await house.guest('Fatima Amrani');
  noor = await house.guest('Noor van der Horst', ['editor']);
  johan = await house.guest('Johan Terpstra', ['editor', 'chief-editor']);
});

afterAll(() => house?.close());

beforeEach(() => rows(`delete from identity.expertise where wijk_id = $1`, [house.wijk.id]));

const rows = async (sql: string, values: unknown[] = []) =>
  (await house.owner.$client.query(sql, values)).rows;
const ask = async (who = fatima) => {
  const body = { title: 'Wie weet dit?', body: '', theme: 'wonen', visibility: 'public' as const };
  return ok(await house.call(contract.askQuestion, who, { body })).ref;
};
/** An expert on the theme at this place in its list. */
async function expert(name: string, position: number, until: Date | null = null, theme = 'wonen') {
  const who = await house.guest(name, ['expert']);
  await rows(
    `insert into identity.expertise (wijk_id, membership_id, theme, source, position, valid_until)
     values ($1, $2, $3, 'verified', $4, $5)`,
    [house.wijk.id, who.membershipId, theme, position, until],
  );
  return who;
}
const assign = async (question: string, to: Guest) =>
  ok(
    await house.call(contract.assignQuestion, noor, {
      params: { question },
      body: { expert: to.membershipId, note: 'Alleen voor jou' },
    }),
  );
const assignmentsOf = (question: string) =>
  rows(
    `select s.id, s.membership_id, s.assigned_by, s.end_reason, s.note from vraagbaak.assignment s
     join vraagbaak.question q on q.wijk_id = s.wijk_id and q.id = s.question_id
     where q.ref = $1 order by s.assigned_at, s.id`,
    [question],
  );
const stepsOf = async (question: string) =>
  (
    await rows(
      `select s.kind from vraagbaak.promise_step s join vraagbaak.question q
       on q.wijk_id = s.wijk_id and q.id = s.question_id
       where q.ref = $1 and s.done_at is not null order by s.due_at`,
      [question],
    )
  ).map(({ kind }) => kind);
/** Kinds of notice about this question, with who got them. */
const told = async (question: string, kind: string) =>
  (
    await rows(
      `select n.membership_id as id from notifications.notice n join vraagbaak.question q
       on q.id = n.question_id where q.ref = $1 and n.kind = $2 order by n.at, n.id`,
      [question, kind],
    )
  ).map(({ id }) => id);
async function after(hours: number) {
  house.clock.advance(hours * HOUR_MS);
  await house.work();
}

describe('the ladder', () => {
  it('goes by 30, 50, 75, 90 and 100 percent of a day, each step once', async () => {
    const question = await ask();
    const done: string[][] = [];
    for (const hours of [7.1, 0.2, 4.8, 6, 3.6, 2.3]) {
      await after(hours);
      done.push(await stepsOf(question));
    }
    const all = [
      'remind-assignee',
      'second-expert',
      'alert-editors',
      'alert-chief-editor',
      'overdue',
    ];
    expect(done).toEqual([0, 1, 2, 3, 4, 5].map((n) => all.slice(0, n)));
    const events = await rows(
      `select e.payload ->> 'step' as step from kernel.event e join vraagbaak.question q
       on q.id = (e.payload ->> 'questionId')::uuid
       where q.ref = $1 and e.type = 'promise.step-reached.v1' order by e.id`,
      [question],
    );
    expect(events.map(({ step }) => step)).toEqual(all);
  });

  it('keeps the moments that were agreed when the wijk changes its policy', async () => {
    const question = await ask();
    const steps = await rows(
      `select s.due_at from vraagbaak.promise_step s join vraagbaak.question q
       on q.id = s.question_id where q.ref = $1 order by 1`,
      [question],
    );
    house.clock.advance(MINUTE_MS);
    const policy = `insert into wijk.promise_policy
      (wijk_id, version, mode, term_minutes, steps, valid_from) values ($1, $2, $3, $4, $5, $6)`;
    const short = JSON.stringify([{ kind: 'overdue', atPercent: 100 }]);
    const values = [house.wijk.id, 2, 'elapsed', 60, short, house.clock.now()];
    await rows(policy, values);
    house.services.wijken.forget();
    const other = await ask();
    const versions = await rows(
      `select q.ref, p.policy_version, p.term_minutes from vraagbaak.promise p
       join vraagbaak.question q on q.id = p.question_id where q.ref = any($1)`,
      [[question, other]],
    );
    expect(new Map(versions.map((v) => [v.ref, [v.policy_version, v.term_minutes]]))).toEqual(
      new Map([
        [question, [1, 1440]],
        [other, [2, 60]],
      ]),
    );
    await after(2);
    expect([await stepsOf(question), await stepsOf(other)]).toEqual([[], ['overdue']]);
    expect(
      await rows(
        `select s.due_at from vraagbaak.promise_step s join vraagbaak.question q
         on q.id = s.question_id where q.ref = $1 order by 1`,
        [question],
      ),
    ).toEqual(steps);
    const [first] = await rows(
      `select steps from wijk.promise_policy where wijk_id = $1 and version = 1`,
      [house.wijk.id],
    );
    await rows(policy, [
      house.wijk.id,
      3,
      'elapsed',
      1440,
      JSON.stringify(first.steps),
      house.clock.now(),
    ]);
    house.services.wijken.forget();
  });
});

describe('several workers', () => {
  // nothing of the tests before is left to do
  beforeEach(() => after(48));

  it('pass over a promise that one of them holds, and over a question that someone changes', async () => {
    const ref = await ask();
    house.clock.advance(25 * HOUR_MS);
    const now = house.clock.now();
    const { db } = house.services;
    const mine = await inTransaction(db, async (tx) => {
      const step = await takeDueStep(tx, now);
      // all five steps of this promise are due, and none is for anyone else now
      expect(await inTransaction(db, (other) => takeDueStep(other, now))).toBeUndefined();
      await expect(
        inTransaction(db, async (other) => {
          await other.execute(sql`set local lock_timeout = '50ms'`);
          await lockPromise(other, house.wijk.id, step?.questionId ?? '');
        }),
      ).rejects.toThrow();
      return step;
    });
    expect(mine).toMatchObject({ kind: 'remind-assignee', concerns: { ref } });
    await inTransaction(db, async (tx) => {
      await lockQuestion(tx, house.wijk.id, { ref });
      expect(await inTransaction(db, (other) => takeDueStep(other, now))).toBeUndefined();
    });
    await house.work();
    expect(await stepsOf(ref)).toHaveLength(5);
  });

  it('do a step once although both saw it undone', async () => {
    await ask();
    house.clock.advance(8 * HOUR_MS);
    const now = house.clock.now();
    const { db } = house.services;
    const step = await inTransaction(db, (tx) => takeDueStep(tx, now));
    if (!step) throw new Error('nothing is due');
    const closed = await Promise.all(
      [1, 2].map(() => inTransaction(db, (tx) => closeStep(tx, step, now))),
    );
    expect(closed.toSorted()).toEqual([false, true]);
  });

  it('end a pause once: one holds it, another passes over it', async () => {
    const question = await ask();
    const body = { body: 'Welke straat?' };
    ok(await house.call(contract.askBack, noor, { params: { question }, body }));
    house.clock.advance(7 * 24 * HOUR_MS);
    const now = house.clock.now();
    const { db } = house.services;
    await inTransaction(db, async (tx) => {
      expect(await takeEndedPause(tx, now)).toMatchObject({ ref: question });
      expect(await inTransaction(db, (other) => takeEndedPause(other, now))).toBeUndefined();
    });
    await house.work();
    expect(await inTransaction(db, (tx) => takeEndedPause(tx, now))).toBeUndefined();
  });
});

describe('the second expert', () => {
  it('is the next of the list; the first one’s link stops and theirs works', async () => {
    const third = await expert('Carla Derde', 3);
    const second = await expert('Bram Tweede', 2);
    const first = await expert('Anil Eerste', 1);
    const question = await ask();
    await assign(question, first);
    await after(7.3);
    await after(4.8);
    const [ended, current] = await assignmentsOf(question);
    expect(ended).toMatchObject({ membership_id: first.membershipId, end_reason: 'passed-on' });
    expect(current).toMatchObject({
      membership_id: second.membershipId,
      assigned_by: null,
      end_reason: null,
      note: '',
    });
    const link = (assignmentId: string) =>
      house.call(contract.readAnswerLink, null, {
        params: {
          token: signAnswerLink(house.services.secret, { wijkId: house.wijk.id, assignmentId }),
        },
      });
    expect(refusal(await link(ended.id))).toBe('410 vraagbaak.link-ended');
    expect(ok(await link(current.id)).expert.name).toBe(second.name);
    expect(await told(question, 'assigned')).toEqual([first.membershipId, second.membershipId]);
    expect(await told(question, 'reminder')).toEqual([first.membershipId]);
    await after(24);
    expect(await assignmentsOf(question)).toHaveLength(2);
    expect(await told(question, 'assigned')).not.toContain(third.membershipId);
  });

  it('is nobody who was asked before, asked it, lost the role or whose knowledge ran out', async () => {
    const first = await expert('Eerste Gevraagd', 1);
    const declined = await expert('Gaf Terug', 2);
    const own = await expert('Vroeg Zelf', 3);
    const unable = await expert('Geen Rol', 4);
    await expert('Te Lang Geleden', 5, house.clock.now());
    await expert('Ander Thema', 6, null, 'groen');
    const nameLater = await expert('Zoë Zelfde Plaats', 7);
    const byName = await expert('Aad Zelfde Plaats', 7);
    await rows(
      `update identity.role_grant set valid_until = $2 where person_id = $1 and role = 'expert'`,
      [unable.personId, house.clock.now()],
    );
    const question = await ask(own);
    await assign(question, declined);
    await assign(question, first);
    await after(12.1);
    const current = (await assignmentsOf(question)).at(-1);
    expect(current).toMatchObject({ membership_id: byName.membershipId, end_reason: null });
    expect(current?.membership_id).not.toBe(nameLater.membershipId);
  });

  it('is nobody when no one is left, when no one was asked, and after an answer', async () => {
    const only = await expert('De Enige', 1);
    const left = await ask();
    await assign(left, only);
    const nobody = await ask();
    const answered = await ask();
    await assign(answered, only);
    const other = await expert('Nog Eentje', 2);
    await rows(`delete from identity.expertise where membership_id = $1`, [other.membershipId]);
    const body = { body: 'Bel de verhuurder.' };
    ok(await house.call(contract.answerQuestion, noor, { params: { question: answered }, body }));
    await after(12.1);
    expect((await assignmentsOf(left)).map((s) => s.end_reason)).toEqual([null]);
    expect(await assignmentsOf(nobody)).toEqual([]);
    expect((await assignmentsOf(answered)).map((s) => s.membership_id)).toEqual([
      only.membershipId,
    ]);
    // the redactie is told instead
    for (const question of [left, nobody])
      expect(await told(question, 'alert')).toEqual(
        expect.arrayContaining([noor.membershipId, johan.membershipId]),
      );
  });

  it('does not come while the redactie waits for the asker, but with what is left after it', async () => {
    const first = await expert('Wacht Even', 1);
    const second = await expert('Komt Daarna', 2);
    const question = await ask();
    await assign(question, first);
    await after(10);
    const asking = { params: { question }, body: { body: 'Welke straat?' } };
    ok(await house.call(contract.askBack, noor, asking));
    await after(20);
    expect(await assignmentsOf(question)).toHaveLength(1);
    const replying = { params: { question }, body: { body: 'De Elzenstraat.' } };
    await house.call(contract.replyToAskBack, fatima, replying);
    await after(1.9);
    expect(await assignmentsOf(question)).toHaveLength(1);
    await after(0.2);
    expect((await assignmentsOf(question)).at(-1)?.membership_id).toBe(second.membershipId);
  });

  it('makes an editor who looks at an older state look again', async () => {
    const first = await expert('Eén', 1);
    await expert('Twee', 2);
    const question = await ask();
    await assign(question, first);
    const { version } = ok(await house.call(contract.readDesk, noor, { params: { question } }));
    await after(12.1);
    const body = { body: 'Welke straat?', version };
    expect(refusal(await house.call(contract.askBack, noor, { params: { question }, body }))).toBe(
      '409 vraagbaak.changed-meanwhile',
    );
  });
});

describe('opening hours', () => {
  it('pass over the holidays that are switched on, also after a pause', async () => {
    await rows(
      `insert into wijk.promise_policy (wijk_id, version, mode, term_minutes, steps, valid_from)
       values ($1, 2, 'opening-hours', 480, $2, $3)`,
      [
        house.other.id,
        JSON.stringify([{ kind: 'overdue', atPercent: 100 }]),
        new Date('2026-11-19T00:00:00Z'),
      ],
    );
    house.clock.set(new Date('2026-12-24T12:00:00Z'));
    house.services.wijken.forget();
    const wijk = house.other.slug;
    const wim = await house.guest('Wim Bos', [], house.other.id);
    const editor = await house.guest('Els Vos', ['editor'], house.other.id);
    const body = {
      title: 'Wie weet dit?',
      body: '',
      theme: 'wonen',
      visibility: 'public' as const,
    };
    const asked = ok(await house.call(contract.askQuestion, wim, { params: { wijk }, body }));
    // four hours on Thursday, then Christmas, the weekend, and four hours on Monday
    expect(asked.promise.dueAt).toBe('2026-12-28T12:00:00.000Z');

    const params = { wijk, question: asked.ref };
    house.clock.set(new Date('2026-12-24T15:00:00Z'));
    ok(await house.call(contract.askBack, editor, { params, body: { body: 'Welke straat?' } }));
    house.clock.set(new Date('2026-12-31T15:00:00Z'));
    await house.call(contract.replyToAskBack, wim, { params, body: { body: 'Hier.' } });
    // of the five hours one is left on Thursday; New Year's Day and the weekend are closed
    const { promise } = ok(await house.call(contract.getQuestion, null, { params }));
    expect(promise.dueAt).toBe('2027-01-04T12:00:00.000Z');
  });

  it('follow a switch of the wijk from then on', async () => {
    await rows(`insert into wijk.calendar_holiday (wijk_id, holiday, closed) values ($1, $2, $3)`, [
      house.other.id,
      'good-friday',
      true,
    ]);
    house.services.wijken.forget();
    house.clock.set(new Date('2027-03-25T11:00:00Z'));
    const wijk = house.other.slug;
    const wim = await house.guest('Wim Bos', [], house.other.id);
    const body = {
      title: 'Wie weet dit?',
      body: '',
      theme: 'wonen',
      visibility: 'public' as const,
    };
    const due = async () =>
      ok(await house.call(contract.askQuestion, wim, { params: { wijk }, body })).promise.dueAt;
    // Good Friday, the weekend and Easter Monday; summer time begins on Sunday
    expect(await due()).toBe('2027-03-30T10:00:00.000Z');
    await rows(`update wijk.calendar_holiday set closed = false where wijk_id = $1`, [
      house.other.id,
    ]);
    house.services.wijken.forget();
    expect(await due()).toBe('2027-03-26T11:00:00.000Z');
  });
});
