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

let house: House;
let fatima: Guest;
let henk: Guest;
let noor: Guest;
let johan: Guest;
let anil: Guest;

beforeAll(async () => {
  house = await openHouse();
  fatima = await house.guest('Fatima Amrani');
  henk = await house.guest('Henk Brouwer');
  noor = await house.guest('Noor van der Horst', ['editor']);
  johan = await house.guest('Johan Terpstra', ['editor']);
  anil = await house.guest('Anil Ramdin', ['expert']);
});

afterAll(() => house?.close());

type Visibility = 'public' | 'private';
async function ask(
  title = 'Wie betaalt een traplift?',
  who = fatima,
  visibility: Visibility = 'public',
) {
  const body = { title, body: 'Tekst', theme: 'zorg-regelen', visibility };
  return ok(await house.call(contract.askQuestion, who, { body })).ref;
}
const page = async (question: string, who: Guest | null = null) =>
  ok(await house.call(contract.getQuestion, who, { params: { question } }));
const pane = async (question: string, who = noor) =>
  ok(await house.call(contract.readDesk, who, { params: { question } }));
const edit = (question: string, title: string, who = noor, version?: number) =>
  house.call(contract.editQuestion, who, {
    params: { question },
    body: { title, theme: 'zorg-regelen', ...(version === undefined ? {} : { version }) },
  });
const mark = (question: string, original: string, who = noor) => {
  house.clock.advance(1000);
  return house.call(contract.markDuplicate, who, { params: { question }, body: { original } });
};
const undo = (action: string | null, who = noor) =>
  house.call(contract.undoAction, who, { params: { action: action ?? '' } });
const answer = async (who: Guest, question: string) =>
  ok(
    await house.call(contract.answerQuestion, who, { params: { question }, body: { body: 'Zo.' } }),
  );
const rows = async <T extends object>(text: string, values: unknown[] = []) =>
  (await house.owner.$client.query<T>(text, values)).rows;
const fault = async (call: ReturnType<typeof mark>) => {
  const outcome = await call;
  return outcome.ok
    ? 'no fault'
    : outcome.problem.errors.map((e) => `${e.pointer}: ${e.code}`).join();
};
const followersOf = (question: string) =>
  rows<{ name: string }>(
    `select p.name from vraagbaak.follow f join vraagbaak.question q on q.id = f.question_id
     join identity.membership m on m.id = f.membership_id join identity.person p on p.id = m.person_id
     where q.ref = $1 order by 1`,
    [question],
  ).then((found) => found.map((row) => row.name));

describe('another title', () => {
  it('changes the address, keeps what stood there, is told to the page, and can be undone', async () => {
    const question = await ask();
    const { undo: action } = ok(await edit(question, 'Vergoeding van een traplift'));
    expect(await page(question)).toMatchObject({
      title: 'Vergoeding van een traplift',
      slug: 'vergoeding-van-een-traplift',
    });
    const after = await pane(question);
    expect(after.revisions).toMatchObject([
      { kind: 'edited', by: 'Noor van der Horst', title: 'Wie betaalt een traplift?' },
    ]);
    expect(after.history.map((row) => row.kind)).toContain('edit');
    const events = await rows(
      `select 1 from kernel.event where type = 'question.edited.v1' and payload ->> 'questionId' = $1`,
      [
        after.item.ref
          ? (
              await rows<{ id: string }>('select id from vraagbaak.question where ref = $1', [
                question,
              ])
            )[0]?.id
          : '',
      ],
    );
    expect(events).toHaveLength(1);
    house.clock.advance(1000);
    ok(await undo(action));
    expect(await page(question)).toMatchObject({ slug: 'wie-betaalt-een-traplift' });
    const revisions = (await pane(question)).revisions.map((row) => row.title);
    expect(revisions).toEqual(['Wie betaalt een traplift?', 'Vergoeding van een traplift']);
  });

  it('that is the same changes nothing, and one that is wrong names every field', async () => {
    const question = await ask();
    expect(ok(await edit(question, 'Wie betaalt een traplift?'))).toEqual({ undo: null });
    expect((await pane(question)).version).toBe(0);
    const outcome = await house.call(contract.editQuestion, noor, {
      params: { question },
      body: { title: 'x', theme: 'Nee!' },
    });
    expect(outcome.ok ? [] : outcome.problem.errors.map((e) => e.pointer)).toEqual([
      'title',
      'theme',
    ]);
    const elsewhere = await house.call(contract.editQuestion, noor, {
      params: { question },
      body: { title: 'Een titel', theme: 'bestaat-niet' },
    });
    expect(elsewhere.ok ? [] : elsewhere.problem.errors.map((e) => e.pointer)).toEqual(['theme']);
  });

  it('by who looked at an older version is refused, and says who did what', async () => {
    const question = await ask();
    const { version } = await pane(question);
    house.clock.advance(1000);
    ok(
      await house.call(contract.assignQuestion, johan, {
        params: { question },
        body: { expert: anil.membershipId, note: '', version },
      }),
    );
    const outcome = await edit(question, 'Iets anders', noor, version);
    expect(refusal(outcome)).toBe('409 vraagbaak.changed-meanwhile');
    expect(outcome.ok ? {} : outcome.problem.params).toEqual({
      name: 'Johan Terpstra',
      kind: 'assign',
    });
    expect((await page(question)).title).toBe('Wie betaalt een traplift?');
  });

  it('is not undone over a later one, and that says who made it', async () => {
    const question = await ask();
    const { undo: action } = ok(await edit(question, 'De eerste'));
    house.clock.advance(1000);
    ok(await edit(question, 'De tweede', johan));
    const outcome = await undo(action);
    expect(refusal(outcome)).toBe('409 vraagbaak.undo-overtaken');
    expect(outcome.ok ? {} : outcome.problem.params).toEqual({
      name: 'Johan Terpstra',
      kind: 'edit',
    });
  });

  it("waits for another's claim, but not for one that has run out", async () => {
    const question = await ask();
    ok(await house.call(contract.claimQuestion, johan, { params: { question } }));
    const held = await edit(question, 'Iets anders');
    expect(refusal(held)).toBe('409 vraagbaak.claimed-by-other');
    expect(held.ok ? {} : held.problem.params).toEqual({ name: 'Johan Terpstra', kind: 'claim' });
    house.clock.advance(16 * MINUTE_MS);
    ok(await edit(question, 'Iets anders'));
  });
});

describe('a duplicate', () => {
  it('leads to the original with its followers, its promise and its own duplicates', async () => {
    const original = await ask('Het origineel', henk);
    const question = await ask('De dubbele');
    const older = await ask('Een oudere dubbele');
    ok(await mark(older, question));
    for (const who of [anil, henk, johan])
      ok(await house.call(contract.followQuestion, who, { params: { question } }));
    ok(await house.call(contract.claimQuestion, noor, { params: { question } }));
    ok(
      await house.call(contract.assignQuestion, noor, {
        params: { question },
        body: { expert: anil.membershipId, note: '' },
      }),
    );
    ok(await house.call(contract.claimQuestion, noor, { params: { question } }));
    const { undo: action } = ok(await mark(question, original));

    expect((await page(question)).duplicateOf).toMatchObject({ ref: original });
    expect((await page(older)).duplicateOf).toMatchObject({ ref: original });
    expect(await page(question, fatima)).toMatchObject({
      status: 'duplicate',
      viewer: { isAsker: true, mayAnswer: false, mayWithdraw: false },
    });
    // the original's asker follows the duplicate, and is never among the followers of their own question
    expect(await followersOf(original)).toEqual(['Anil Ramdin', 'Johan Terpstra']);
    const seen = await pane(question);
    expect(seen.item).toMatchObject({ claim: null, assignee: null, status: 'duplicate' });
    const ended = await rows(
      `select end_reason from vraagbaak.assignment where membership_id = $1 order by assigned_at desc limit 1`,
      [anil.membershipId],
    );
    expect(ended).toEqual([{ end_reason: 'duplicate' }]);

    house.clock.advance(HOUR_MS / 12);
    await answer(johan, original);
    for (const ref of [original, question, older])
      expect([ref, (await page(ref)).promise.state]).toEqual([ref, 'kept']);

    ok(await undo(action));
    expect(await page(question)).toMatchObject({
      status: 'open',
      duplicateOf: null,
      promise: { state: 'running', keptAt: null },
    });
    expect((await page(older)).duplicateOf).toMatchObject({ ref: question });
    expect((await page(older)).promise.state).toBe('running');
    expect((await page(original)).promise.state).toBe('kept');
    expect(await followersOf(original)).toEqual([]);
    expect(await followersOf(question)).toEqual(['Anil Ramdin', 'Henk Brouwer', 'Johan Terpstra']);
    expect((await pane(question)).item).toMatchObject({
      claim: { mine: true },
      assignee: { name: 'Anil Ramdin' },
    });
  });

  it('of an answered question is answered from then on, and leaves the desk', async () => {
    const original = await ask('Het origineel', henk);
    await answer(johan, original);
    const question = await ask('De dubbele');
    const count = async () =>
      ok(await house.call(contract.listDesk, noor, { query: {} })).counts.open;
    const before = await count();
    ok(await mark(question, original));
    expect((await page(question)).promise.state).toBe('kept');
    expect(await count()).toBe(before - 1);
  });

  it('goes to the end of a chain, and never in a circle', async () => {
    const [first, second, third] = [await ask('Een'), await ask('Twee'), await ask('Drie')];
    ok(await mark(second, first));
    ok(await mark(third, second));
    expect((await page(third)).duplicateOf).toMatchObject({ ref: first });
    expect(await fault(mark(first, third))).toBe('original: original-itself');
    expect(await fault(mark(first, first))).toBe('original: original-itself');
    expect(refusal(await mark(second, first))).toBe('409 vraagbaak.question-closed');
  });

  it('is refused with a field error where the original is none for readers', async () => {
    const question = await ask();
    const hidden = await ask('Verborgen');
    await rows(`update vraagbaak.question set moderation = 'held' where ref = $1`, [hidden]);
    expect(await fault(mark(question, hidden))).toBe('original: original-not-shown');
    expect(await fault(mark(question, '00000000'))).toBe('original: original-unknown');
    const secret = await ask('Privé', henk, 'private');
    expect(await fault(mark(question, secret))).toBe('original: original-private');
    const there = await house.guest('Redacteur Van Verderop', ['editor'], house.other.id);
    const elsewhere = ok(
      await house.call(contract.askQuestion, there, {
        params: { wijk: house.other.slug },
        body: { title: 'Verderop', body: '', theme: 'zorg-regelen', visibility: 'public' },
      }),
    ).ref;
    expect(await fault(mark(question, elsewhere))).toBe('original: original-unknown');
    const mine = await ask('Mijn privévraag', fatima, 'private');
    ok(await mark(mine, secret));
    expect((await page(mine, fatima)).duplicateOf).toBeNull();
    expect(
      refusal(await house.call(contract.getQuestion, null, { params: { question: mine } })),
    ).toBe('404 vraagbaak.question-not-found');
  });

  it('tells who closed the question to an editor who comes too late', async () => {
    const [question, original] = [await ask('Dubbel'), await ask('Origineel')];
    ok(await mark(question, original, johan));
    const late = await house.call(contract.claimQuestion, noor, { params: { question } });
    expect(refusal(late)).toBe('409 vraagbaak.question-closed');
    expect(late.ok ? {} : late.problem.params).toEqual({
      name: 'Johan Terpstra',
      kind: 'duplicate',
    });
  });

  it('stands by itself again when the original is taken back', async () => {
    const [question, original] = [await ask('Dubbel'), await ask('Origineel', henk)];
    const { undo: action } = ok(await mark(question, original));
    ok(await house.call(contract.withdrawQuestion, henk, { params: { question: original } }));
    expect(await page(question)).toMatchObject({ status: 'open', duplicateOf: null });
    expect(refusal(await undo(action))).toBe('409 vraagbaak.undo-overtaken');
  });

  it('is found by the words of its title, most of them first, never itself', async () => {
    const wanted = await ask('Subsidie voor zonnepanelen op een huurwoning');
    const less = await ask('Zonnepanelen schoonmaken');
    const question = await ask('Krijg ik subsidie voor zonnepanelen?');
    const find = async (q: string) =>
      ok(
        await house.call(contract.findOriginals, noor, { params: { question }, query: { q } }),
      ).items.map((item) => item.ref);
    expect((await find('')).slice(0, 2)).toEqual([wanted, less]);
    expect(await find('huurwoningen')).toEqual([wanted]);
    expect(await find("'); drop --%")).toEqual([]);
    ok(await mark(less, wanted));
    await rows(`update vraagbaak.question set moderation = 'hidden' where ref = $1`, [wanted]);
    expect(await find('zonnepanelen')).toEqual([]);
  });
});

describe('distress', () => {
  it('stands on top until an editor has seen to it, and again when that is undone', async () => {
    await ask('Een gewone');
    const question = await ask('Noodgeval');
    const see = () => house.call(contract.seeUrgent, noor, { params: { question } });
    expect(refusal(await see())).toBe('409 vraagbaak.not-urgent');
    await rows('update vraagbaak.question set urgent_at = $2 where ref = $1', [
      question,
      house.clock.now(),
    ]);
    const first = async () =>
      ok(await house.call(contract.listDesk, noor, { query: {} })).items[0]?.ref === question;
    expect(await first()).toBe(true);
    const { undo: action } = ok(await see());
    expect(ok(await see())).toEqual({ undo: null });
    expect(await first()).toBe(false);
    ok(await undo(action));
    expect(await first()).toBe(true);
  });
});

describe("an editor's own question", () => {
  it('is not judged by themselves', async () => {
    const own = await ask('Mijn eigen vraag', noor);
    const original = await ask('Het origineel', henk);
    await answer(johan, original);
    expect(refusal(await mark(own, original))).toBe('409 vraagbaak.own-question');
    const { id } = await answer(henk, own);
    const endorse = (who: Guest) =>
      house.call(contract.endorseAnswer, who, { params: { question: own, answer: id } });
    expect(refusal(await endorse(noor))).toBe('409 vraagbaak.own-question');
    await rows('update vraagbaak.question set urgent_at = now() where ref = $1', [own]);
    const seen = await house.call(contract.seeUrgent, noor, { params: { question: own } });
    expect(refusal(seen)).toBe('409 vraagbaak.own-question');
    expect((await page(own)).promise.state).toBe('running');
    ok(await endorse(johan));
    expect((await page(own)).promise.state).toBe('kept');
  });
});

describe('an endorsement', () => {
  it('is undone, and given back from the moment at which it was given', async () => {
    const question = await ask();
    const { id } = await answer(henk, question);
    house.clock.advance(HOUR_MS);
    const params = { question, answer: id };
    const given = ok(await house.call(contract.endorseAnswer, noor, { params }));
    const { keptAt } = (await page(question)).promise;
    ok(await undo(given.undo));
    expect((await page(question)).promise.keptAt).toBeNull();
    const again = ok(await house.call(contract.endorseAnswer, noor, { params }));
    const since = (await page(question)).promise.keptAt;
    house.clock.advance(MINUTE_MS);
    const late = ok(await house.call(contract.endorseAnswer, johan, { params }));
    expect(late).toEqual({ undo: null, before: 'Noor van der Horst' });
    const taken = ok(await house.call(contract.unendorseAnswer, johan, { params }));
    ok(await undo(taken.undo, johan));
    expect((await page(question)).promise.keptAt).toBe(since);
    expect([keptAt, again.undo]).toEqual([since, expect.any(String)]);
  });
});
