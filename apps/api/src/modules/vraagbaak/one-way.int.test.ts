import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
let henk: Guest;
let noor: Guest;
let johan: Guest;
let anil: Guest;
let esra: Guest;

beforeAll(async () => {
  house = await openHouse();
  fatima = await house.guest('Fatima Amrani');
  henk = await house.guest('Henk Brouwer');
  noor = await house.guest('Noor van der Horst', ['editor']);
  johan = await house.guest('Johan Terpstra', ['editor', 'chief-editor']);
  anil = await house.guest('Anil Ramdin', ['expert']);
  esra = await house.guest('Esra Yilmaz', ['expert']);
});

afterAll(() => house?.close());

const QUESTION = {
  title: 'Wie betaalt een traplift?',
  body: 'Mijn man komt de trap bijna niet meer op.',
  theme: 'zorg-regelen',
  visibility: 'public' as const,
};

async function ask(
  who = fatima,
  change: Partial<typeof QUESTION> | { visibility: 'private' | 'anonymous' } = {},
) {
  return ok(await house.call(contract.askQuestion, who, { body: { ...QUESTION, ...change } })).ref;
}
const answer = async (who: Guest, question: string, body = 'Bel het Wmo-loket.') =>
  ok(await house.call(contract.answerQuestion, who, { params: { question }, body: { body } }));
const page = async (question: string, who: Guest | null = null) =>
  ok(await house.call(contract.getQuestion, who, { params: { question } }));
const assign = (question: string, expert: Guest, who = noor) => {
  house.clock.advance(1000);
  return house.call(contract.assignQuestion, who, {
    params: { question },
    body: { expert: expert.membershipId, note: '' },
  });
};
async function linkOf(expert: Guest): Promise<string> {
  const { rows } = await house.owner.$client.query(
    `select id from vraagbaak.assignment where membership_id = $1 order by assigned_at desc, id desc limit 1`,
    [expert.membershipId],
  );
  return signAnswerLink(house.services.secret, { wijkId: house.wijk.id, assignmentId: rows[0].id });
}
const rows = async (sql: string, values: unknown[] = []) =>
  (await house.owner.$client.query(sql, values)).rows;

describe('asking', () => {
  it('starts the promise of one day and shows the question to everyone', async () => {
    const before = house.clock.now();
    const seen = await page(await ask());
    expect(seen).toMatchObject({
      title: QUESTION.title,
      slug: 'wie-betaalt-een-traplift',
      askedBy: 'Fatima Amrani',
      promise: { state: 'running', dueAt: new Date(before.getTime() + 24 * HOUR_MS).toISOString() },
      viewer: { isAsker: false, mayAnswer: false },
    });
  });

  it('asks once when the same press is repeated, also by twenty at once', async () => {
    const key = randomUUID();
    const body = { ...QUESTION, title: 'Twintig keer op de knop' };
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => house.call(contract.askQuestion, fatima, { body, key })),
    );
    expect(new Set(replies.map((r) => ok(r).ref)).size).toBe(1);
    expect(
      await rows(`select 1 from vraagbaak.question where title = $1`, [body.title]),
    ).toHaveLength(1);
    const changed = await house.call(contract.askQuestion, fatima, {
      body: { ...body, title: 'Iets anders' },
      key,
    });
    expect(refusal(changed)).toBe('409 kernel.idempotency-mismatch');
  });

  it('names every field at fault at once', async () => {
    const outcome = await house.call(contract.askQuestion, fatima, {
      body: {
        title: ' ',
        body: 'x'.repeat(4001),
        theme: 'zorg-regelen',
        visibility: 'open' as never,
      },
    });
    expect(outcome.ok ? [] : outcome.problem.errors.map((e) => [e.pointer, e.code])).toEqual([
      ['title', 'required'],
      ['body', 'too-long'],
      ['visibility', 'invalid-choice'],
    ]);
    const theme = await house.call(contract.askQuestion, fatima, {
      body: { ...QUESTION, theme: 'bestaat-niet' },
    });
    expect(theme.ok ? [] : theme.problem.errors).toMatchObject([{ pointer: 'theme' }]);
  });
});

describe('answering', () => {
  it("is not kept by a neighbour's answer, and is from its endorsement on", async () => {
    const question = await ask();
    const { id } = await answer(henk, question, 'Bij ons betaalde de gemeente.');
    expect((await page(question)).promise.state).toBe('running');
    house.clock.advance(HOUR_MS);
    ok(await house.call(contract.endorseAnswer, noor, { params: { question, answer: id } }));
    const kept = await page(question);
    expect(kept.promise).toMatchObject({ state: 'kept', keptAt: house.clock.now().toISOString() });
    expect(kept.status).toBe('answered');
    house.clock.advance(MINUTE_MS);
    ok(await house.call(contract.endorseAnswer, johan, { params: { question, answer: id } }));
    expect((await page(question)).promise.keptAt).toBe(kept.promise.keptAt);
    ok(await house.call(contract.unendorseAnswer, noor, { params: { question, answer: id } }));
    expect((await page(question)).promise.state).toBe('running');
  });

  it("keeps the promise with an expert's answer, and removing it reopens", async () => {
    const question = await ask();
    const { undo } = await answer(noor, question);
    expect((await page(question)).promise.state).toBe('kept');
    ok(await house.call(contract.undoAction, noor, { params: { action: undo ?? '' } }));
    const reopened = await page(question);
    expect(reopened).toMatchObject({
      status: 'open',
      answerCount: 0,
      promise: { state: 'running' },
    });
  });

  it('does not let a reputed person keep the promise to themselves', async () => {
    const question = await ask(anil);
    const outcome = await house.call(contract.answerQuestion, anil, {
      params: { question },
      body: { body: 'Ik weet het zelf al.' },
    });
    expect(refusal(outcome)).toBe('409 vraagbaak.own-question');
  });

  it('freezes name, function and capacity on the answer', async () => {
    const question = await ask();
    await answer(anil, question);
    await rows(
      `update identity.role_grant set valid_until = $2 where person_id = $1 and role = 'expert'`,
      [anil.personId, house.clock.now()],
    );
    await rows(`update identity.person set name = 'A. Ramdin' where id = $1`, [anil.personId]);
    expect((await page(question)).answers[0]?.author).toMatchObject({
      name: 'Anil Ramdin',
      capacity: 'expert',
    });
    await rows(`update identity.role_grant set valid_until = null where person_id = $1`, [
      anil.personId,
    ]);
    await rows(`update identity.person set name = 'Anil Ramdin' where id = $1`, [anil.personId]);
  });
});

describe('the desk', () => {
  it('gives a question to one of two editors who claim at once, and tells the other who has it', async () => {
    const question = await ask();
    const both = await Promise.all(
      [noor, johan].map((who) => house.call(contract.claimQuestion, who, { params: { question } })),
    );
    const lost = both.filter((o) => !o.ok);
    expect(lost).toHaveLength(1);
    const [refused] = lost;
    const winner = both[0]?.ok ? noor : johan;
    if (refused && !refused.ok)
      expect(refused.problem).toMatchObject({
        code: 'vraagbaak.claimed-by-other',
        params: { name: winner.name },
      });
    house.clock.advance(16 * MINUTE_MS);
    const loser = winner === noor ? johan : noor;
    ok(await house.call(contract.claimQuestion, loser, { params: { question } }));
  });

  it('sorts by time left and counts each filter', async () => {
    const first = await ask();
    house.clock.advance(MINUTE_MS);
    const second = await ask();
    ok(await assign(second, anil));
    const desk = ok(await house.call(contract.listDesk, noor, { query: { limit: 50 } }));
    const due = desk.items.map((item) => item.promise.dueAt);
    expect(due).toEqual([...due].sort());
    const refs = desk.items.map((item) => item.ref);
    expect(refs.indexOf(first)).toBeLessThan(refs.indexOf(second));
    expect(desk.counts.open).toBe(desk.items.length);
    for (const filter of contract.DESK_FILTERS) {
      const { items, counts } = ok(
        await house.call(contract.listDesk, noor, { query: { filter, limit: 50 } }),
      );
      expect([filter, items.length]).toEqual([filter, counts[filter]]);
    }
  });

  it('undoes an assignment only while nothing came after it', async () => {
    const question = await ask();
    const first = ok(await assign(question, anil));
    const second = ok(await assign(question, esra));
    const early = await house.call(contract.undoAction, noor, {
      params: { action: first.undo ?? '' },
    });
    expect(refusal(early)).toBe('409 vraagbaak.undo-overtaken');
    const others = await house.call(contract.undoAction, johan, {
      params: { action: second.undo ?? '' },
    });
    expect(refusal(others)).toBe('403 vraagbaak.undo-not-yours');
    ok(await house.call(contract.undoAction, noor, { params: { action: second.undo ?? '' } }));
    const pane = ok(await house.call(contract.readDesk, noor, { params: { question } }));
    expect(pane.item.assignee?.name).toBe('Anil Ramdin');
    house.clock.advance(11 * MINUTE_MS);
    const late = await house.call(contract.undoAction, noor, {
      params: { action: first.undo ?? '' },
    });
    expect(refusal(late)).toBe('410 vraagbaak.undo-too-late');
  });

  it('refuses an expert who is none, or of another wijk', async () => {
    const question = await ask();
    expect(refusal(await assign(question, henk))).toBe('422 kernel.invalid');
    const stranger = await house.guest('Vreemde Expert', ['expert'], house.other.id);
    expect(refusal(await assign(question, stranger))).toBe('422 kernel.invalid');
  });
});

describe("the expert's link", () => {
  it('answers once, without a session, and opening it changes nothing', async () => {
    const question = await ask();
    ok(await assign(question, esra));
    const token = await linkOf(esra);
    const before = await rows(
      `select md5(string_agg(t::text, '' order by id)) from vraagbaak.assignment t`,
    );
    const read = ok(await house.call(contract.readAnswerLink, null, { params: { token } }));
    expect(read).toMatchObject({ expert: { name: 'Esra Yilmaz' }, question: { ref: question } });
    expect(
      await rows(`select md5(string_agg(t::text, '' order by id)) from vraagbaak.assignment t`),
    ).toEqual(before);
    const key = randomUUID();
    const send = () =>
      house.call(contract.answerByLink, null, {
        params: { token },
        body: { body: 'Ja, dat kan.' },
        key,
      });
    const replies = await Promise.all(Array.from({ length: 5 }, send));
    for (const reply of replies) expect(ok(reply).ref).toBe(question);
    const seen = await page(question);
    expect(seen.answers).toHaveLength(1);
    expect(seen.answers[0]?.author.capacity).toBe('expert');
    const again = await house.call(contract.answerByLink, null, {
      params: { token },
      body: { body: 'En nog iets.' },
    });
    expect(refusal(again)).toBe('410 vraagbaak.link-used');
  });

  it('is revoked on reassignment, expires, and is worth nothing when changed', async () => {
    const question = await ask();
    ok(await assign(question, anil));
    const token = await linkOf(anil);
    ok(await assign(question, esra));
    const read = (t: string) => house.call(contract.readAnswerLink, null, { params: { token: t } });
    expect(refusal(await read(token))).toBe('410 vraagbaak.link-ended');
    const fresh = await linkOf(esra);
    ok(await read(fresh));
    const swapped = `${token.split('.')[0]}.${fresh.split('.')[1]}`;
    expect(refusal(await read(swapped))).toBe('404 vraagbaak.link-unknown');
    const inOther = await house.call(contract.readAnswerLink, null, {
      params: { token: fresh, wijk: house.other.slug },
    });
    expect(refusal(inOther)).toBe('404 vraagbaak.link-unknown');
    house.clock.advance(8 * 24 * HOUR_MS);
    expect(refusal(await read(fresh))).toBe('410 vraagbaak.link-expired');
  });

  it('gives the question back with a reason', async () => {
    const question = await ask();
    ok(await assign(question, esra));
    const token = await linkOf(esra);
    ok(
      await house.call(contract.declineByLink, null, {
        params: { token },
        body: { reason: 'no-time', note: '' },
      }),
    );
    const pane = ok(await house.call(contract.readDesk, noor, { params: { question } }));
    expect(pane.item.assignee).toBeNull();
  });
});

describe('who sees what', () => {
  it('hides the name of who asked without one, from everyone and everywhere', async () => {
    const canary = await house.guest('Kanarie Vogelaar');
    const question = await ask(canary, { visibility: 'anonymous' });
    for (const who of [null, henk, anil, noor, johan]) {
      const text = JSON.stringify([
        await house.call(contract.getQuestion, who, { params: { question } }),
        await house.call(contract.listQuestions, who, {}),
        await house.call(contract.listDesk, who, {}),
        await house.call(contract.readDesk, who, { params: { question } }),
      ]);
      expect(text).not.toContain('Kanarie');
      expect(text).not.toContain(canary.membershipId);
    }
    expect((await page(question, canary)).viewer.isAsker).toBe(true);
  });

  it('shows a private question to the redactie, its asker and the assigned expert only', async () => {
    const question = await ask(fatima, { visibility: 'private' });
    const status = async (who: Guest | null) =>
      (await house.call(contract.getQuestion, who, { params: { question } })).status;
    expect([await status(null), await status(henk), await status(anil)]).toEqual([404, 404, 404]);
    expect([await status(fatima), await status(noor)]).toEqual([200, 200]);
    ok(await assign(question, anil));
    expect(await status(anil)).toBe(200);
    const list = ok(await house.call(contract.listQuestions, null, { query: { limit: 50 } }));
    expect(list.items.map((item) => item.ref)).not.toContain(question);
  });

  it('keeps who asked in the sealed table alone', async () => {
    const canary = await house.guest('Kanarie Twee');
    const question = await ask(canary);
    await house.work();
    ok(await house.call(contract.followQuestion, canary, { params: { question } }));
    const tables = await rows(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema in ('kernel', 'vraagbaak', 'notifications', 'wijk')`,
    );
    for (const { name } of tables) {
      const [hit] = await rows(
        `select count(*)::int as n from ${name} t where t::text like $1 or t::text like $2`,
        [`%${canary.membershipId}%`, `%${canary.personId}%`],
      );
      expect([name, hit.n]).toEqual([name, 0]);
    }
    await expect(
      house.services.db.$client.query('select * from sealed.question_author'),
    ).rejects.toThrow(/permission denied/);
  });
});

describe('the promise', () => {
  it('takes each step once, and freezes what the score counts', async () => {
    const question = await ask();
    const [{ id }] = await rows(`select id from vraagbaak.question where ref = $1`, [question]);
    house.clock.advance(25 * HOUR_MS);
    await Promise.all([house.work(), house.work(), house.work()]);
    const kinds = await rows(
      `select kind, detail ->> 'step' as step, count(*)::int as n from vraagbaak.promise_event
       where question_id = $1 group by 1, 2 order by 1, 2`,
      [id],
    );
    expect(kinds).toEqual([
      { kind: 'frozen', step: null, n: 1 },
      { kind: 'overdue', step: null, n: 1 },
      { kind: 'started', step: null, n: 1 },
      { kind: 'step', step: 'alert-chief-editor', n: 1 },
      { kind: 'step', step: 'alert-editors', n: 1 },
      { kind: 'step', step: 'remind-assignee', n: 1 },
      { kind: 'step', step: 'second-expert', n: 1 },
    ]);
    await answer(noor, question);
    expect((await page(question)).promise.state).toBe('kept-late');
    await expect(
      rows(`update vraagbaak.promise set frozen_outcome = 'kept' where question_id = $1`, [id]),
    ).rejects.toThrow(/frozen/);
    await expect(rows(`delete from vraagbaak.promise_event`)).rejects.toThrow(/only added/);
  });

  it('counts on the public score, by week and theme', async () => {
    const before = ok(await house.call(contract.getScore, null, {}));
    const question = await ask();
    house.clock.advance(30 * MINUTE_MS);
    await answer(noor, question);
    const after = ok(await house.call(contract.getScore, null, {}));
    const last = after.weeks.at(-1);
    expect(last?.kept).toBe((before.weeks.find((w) => w.week === last?.week)?.kept ?? 0) + 1);
    expect(after.themes.find((t) => t.theme.slug === 'zorg-regelen')?.kept).toBeGreaterThan(0);
  });

  it('is not counted when the asker withdraws in time', async () => {
    const question = await ask();
    const asked = ok(await house.call(contract.getScore, null, {})).weeks.at(-1)?.asked ?? 0;
    const others = await house.call(contract.withdrawQuestion, henk, { params: { question } });
    expect(refusal(others)).toBe('403 vraagbaak.not-your-question');
    ok(await house.call(contract.withdrawQuestion, fatima, { params: { question } }));
    expect(ok(await house.call(contract.getScore, null, {})).weeks.at(-1)?.asked).toBe(asked - 1);
    const gone = await house.call(contract.getQuestion, null, { params: { question } });
    expect(refusal(gone)).toBe('410 vraagbaak.question-gone');
  });
});
