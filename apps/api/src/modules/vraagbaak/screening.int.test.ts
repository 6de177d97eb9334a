import * as contract from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import { DAY_MS, HOUR_MS } from '@wijk/domain/kernel';
import { DEFAULT_DISTRESS_PHRASES } from '@wijk/domain/vraagbaak';
import { DEFAULT_MODERATION_POLICY } from '@wijk/domain/wijk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, ok, refusal } from '../../../../../tests/support/house.ts';
import { openScene, type Scene, TEXT } from '../../../../../tests/support/moderation.ts';
import {
  changeModerationPolicy,
  changePhrases,
  readModerationPolicy,
  readPhrases,
} from '../wijk/index.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  // the limits of a real site, but those per address: all who ask here have the same
  scene.house.services.config.strictLimits = true;
});
afterAll(() => scene?.house.close());

/** In a transaction, and then as every process does that heard of it. */
const setUp = async <T>(change: (tx: Transaction, wijkId: string, now: Date) => Promise<T>) => {
  const { services, wijk, clock } = scene.house;
  clock.advance(1000);
  const done = await inTransaction(services.db, (tx) => change(tx, wijk.id, clock.now()));
  services.wijken.forget();
  return done;
};
const adopt = (change: Partial<typeof DEFAULT_MODERATION_POLICY>) =>
  setUp((tx, wijkId, now) =>
    changeModerationPolicy(tx, wijkId, { ...DEFAULT_MODERATION_POLICY, ...change }, now),
  );
/** Past the rate limit per address, which is not what is tested here. */
const ask = async (who: Guest, change: Record<string, unknown> = {}) => {
  scene.house.clock.advance(1000);
  return scene.house.call(contract.askQuestion, who, {
    body: { ...TEXT, visibility: 'public', title: `Vraag ${crypto.randomUUID()}`, ...change },
  });
};
const fresh = (name: string) => scene.house.guest(name);

describe('the policy of a wijk', () => {
  it('is added to in versions and refuses what cannot be, every field at once', async () => {
    const { house } = scene;
    const read = () => readModerationPolicy(house.services.db, house.wijk.id, house.clock.now());
    const { version } = await read();
    expect(await adopt({ questionsPerDay: 12 })).toBe(version + 1);
    expect(await read()).toMatchObject({ version: version + 1, questionsPerDay: 12 });
    const refused = adopt({ autoHideAt: 1, questionsPerDay: 0, answersPerHour: 1000 });
    await expect(refused).rejects.toMatchObject({
      errors: [
        { pointer: 'questionsPerDay' },
        { pointer: 'answersPerHour' },
        { pointer: 'autoHideAt' },
      ],
    });
    await adopt({});
  });

  it('keeps lists of words, and cannot lose the help lines', async () => {
    const { house, noor } = scene;
    const read = () => readPhrases(house.services.db, house.wijk.id, 'distress');
    const change = (phrases: string[]) =>
      setUp((tx, wijkId, now) =>
        changePhrases(tx, wijkId, 'distress', { phrases, by: noor.membershipId }, now),
      );
    expect((await read()).version).toBe(0);
    await change(['  ik trek het   niet meer ', 'Ik trek het niet meer', '']);
    expect(await read()).toEqual({ phrases: ['ik trek het niet meer'], version: 1 });
    const { help } = ok(
      await ask(await fresh('Tineke Mol'), { body: 'Ik trek het echt niet meer' }),
    );
    expect(help).toEqual(['112', '113', 'huisarts', 'veilig-thuis']);
    await change([]);
    expect((await read()).phrases).toEqual(DEFAULT_DISTRESS_PHRASES);
    await expect(change(['a'])).rejects.toMatchObject({ errors: [{ pointer: 'phrases' }] });
  });
});

describe('a first question', () => {
  it('waits where the wijk says so; its asker is told at once, and the promise runs', async () => {
    await adopt({ firstQuestion: 'hold' });
    const { house, page, seenBy, listed, publish, pane } = scene;
    const nieuw = await fresh('Nelleke Bos');
    const { ref, held, promise } = ok(await ask(nieuw));
    expect(held).toBe(true);
    expect(promise.state).toBe('running');
    expect(await seenBy(ref)).toBe('404 vraagbaak.question-not-found');
    expect(await listed(ref)).toBe(false);
    const own = await page(ref, nieuw);
    expect(own).toMatchObject({ moderation: 'held', promise: { state: 'running' } });
    expect(own.decisions).toMatchObject([{ kind: 'held', reason: 'first-question' }]);
    expect((await pane(ref)).item.attention.held).toBe(true);
    const steps = await scene.rows(
      `select count(*)::int as n from vraagbaak.promise_step s join vraagbaak.question q
       on q.wijk_id = s.wijk_id and q.id = s.question_id where q.ref = $1 and s.done_at is null`,
      [ref],
    );
    expect(steps[0].n).toBeGreaterThan(0);
    ok(await publish(ref));
    expect(await seenBy(ref)).toBe('seen');
    expect((await page(ref, nieuw)).decisions).toEqual([]);
    // the redactie has seen one: the next shows at once
    expect(ok(await ask(nieuw)).held).toBe(false);
    expect(ok(await ask(scene.noor)).held).toBe(false);
    house.clock.advance(1000);
    await adopt({});
  });

  it('was stood by a week in view, not by one that was removed', async () => {
    const rustig = await fresh('Ria Kok');
    const verwijderd = await fresh('Victor Maas');
    ok(await ask(rustig));
    const { ref } = ok(await ask(verwijderd));
    ok(await scene.remove(ref));
    scene.house.clock.advance(8 * DAY_MS);
    await adopt({ firstQuestion: 'hold' });
    expect(ok(await ask(rustig)).held).toBe(false);
    expect(ok(await ask(verwijderd)).held).toBe(true);
    await adopt({});
  });

  it('that was held and removed does not show that it existed', async () => {
    await adopt({ firstQuestion: 'hold' });
    const { ref } = ok(await ask(await fresh('Wil Smits')));
    ok(await scene.remove(ref));
    expect(await scene.seenBy(ref)).toBe('404 vraagbaak.question-not-found');
    await adopt({});
  });
});

describe('spam', () => {
  it('is held with a reason, never dropped', async () => {
    const reasonOf = async (who: Guest, change: Record<string, unknown>) => {
      const { ref, held } = ok(await ask(who, change));
      return held ? (await scene.page(ref, who)).decisions[0]?.reason : 'shown';
    };
    const links = 'http://a.example www.b.example koop.shop/nu';
    expect(await reasonOf(await fresh('Bo Een'), { body: links })).toBe('links');
    expect(await reasonOf(scene.esra, { body: links })).toBe('shown');
    const form = (trap: string, seconds: number) => ({ form: { trap, seconds } });
    expect(await reasonOf(await fresh('Bo Twee'), form('http://x', 30))).toBe('trap');
    expect(await reasonOf(await fresh('Bo Drie'), form('', 1))).toBe('shown');
    expect(await reasonOf(await fresh('Bo Vier'), { body: 'kijk op a.nl', ...form('', 1) })).toBe(
      'hurry',
    );
    const body = 'Ik verkoop hele goedkope zonnepanelen aan iedereen in de wijk, bel mij snel op.';
    const bo = await fresh('Bo Vijf');
    expect(await reasonOf(bo, { title: 'Zonnepanelen', body })).toBe('shown');
    expect(await reasonOf(bo, { title: 'Zonnepanelen!', body: body.replace('snel', 'gauw') })).toBe(
      'repeat',
    );
  });

  it("is held by the wijk's own words", async () => {
    const words = { phrases: ['gratis krediet*'], by: scene.noor.membershipId };
    await setUp((tx, wijkId, now) => changePhrases(tx, wijkId, 'hold', words, now));
    expect(ok(await ask(await fresh('Bo Zes'), { body: 'Nu: GRÁTIS kredieten!' })).held).toBe(true);
    expect(ok(await ask(await fresh('Bo Zeven'), { body: 'Heeft u krediet?' })).held).toBe(false);
  });
});

describe('limits of an account', () => {
  it('refuse one question too many in a day, never one in distress', async () => {
    await adopt({ questionsPerDay: 2 });
    const veel = await fresh('Vera Smid');
    for (const _ of [1, 2]) ok(await ask(veel));
    const third = await ask(veel);
    expect(refusal(third)).toBe('429 vraagbaak.too-many-questions');
    expect(third.ok || third.problem.params).toMatchObject({ limit: 2, hours: 24 });
    expect(ok(await ask(veel, { body: 'Ik wil niet meer leven.' })).help).toContain('113');
    scene.house.clock.advance(24 * HOUR_MS);
    ok(await ask(veel));
    await adopt({});
  });

  it('refuse one answer too many in an hour, of neighbours alone', async () => {
    await adopt({ answersPerHour: 2 });
    const { henk, esra, house } = scene;
    const question = ok(await ask(await fresh('Mia Bakker'))).ref;
    const answer = (who: Guest) =>
      house.call(contract.answerQuestion, who, {
        params: { question },
        body: { body: 'Ja hoor.' },
      });
    for (const _ of [1, 2]) ok(await answer(henk));
    expect(refusal(await answer(henk))).toBe('429 vraagbaak.too-many-answers');
    for (const _ of [1, 2, 3]) ok(await answer(esra));
    await adopt({});
  });
});

describe('distress', () => {
  const urgentEvents = async (ref: string) =>
    scene.rows(
      `select e.payload from kernel.event e join vraagbaak.question q on q.wijk_id = e.wijk_id
       and q.id = (e.payload ->> 'questionId')::uuid where e.type = 'question.urgent.v1' and q.ref = $1`,
      [ref],
    );

  it('gives the help lines at once and puts the question on top, told without its words', async () => {
    const { house, page, noor } = scene;
    const asker = await fresh('Bas Zwart');
    const { ref, help } = ok(
      await ask(asker, { body: 'Ik wil niet meer leven.', visibility: 'private' }),
    );
    expect(help).toEqual(['112', '113', 'huisarts']);
    expect((await page(ref, asker)).help).toEqual(help);
    expect((await page(ref, noor)).help).toEqual([]);
    const desk = ok(await house.call(contract.listDesk, noor, { query: { limit: 50 } }));
    expect(desk.items[0]?.attention.urgent).toBe(true);
    const events = await urgentEvents(ref);
    expect(events).toHaveLength(1);
    expect(Object.keys(events[0].payload)).toEqual(['questionId']);
  });

  it('is answered to a guest before the code is typed, and told to the redactie after it', async () => {
    const { house } = scene;
    const asked = ok(
      await house.call(contract.askAsGuest, null, {
        body: {
          ...TEXT,
          title: 'Mijn man slaat mij',
          visibility: 'public',
          name: 'Gast',
          email: 'gast@voorbeeld.example',
        },
      }),
    );
    expect(asked.help).toEqual(['112', 'veilig-thuis']);
    const drafts = await scene.rows(`select id, title from vraagbaak.question_draft`);
    expect(drafts).toHaveLength(1);
  });

  it('leaves other texts alone', async () => {
    const { ref, help } = ok(
      await ask(await fresh('Theo Blok'), { body: 'Mijn telefoon is dood.' }),
    );
    expect(help).toEqual([]);
    expect(await urgentEvents(ref)).toEqual([]);
  });
});
