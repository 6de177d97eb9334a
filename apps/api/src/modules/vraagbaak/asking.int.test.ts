import * as contract from '@wijk/contracts';
import { MINUTE_MS } from '@wijk/domain/kernel';
import { HEALTH_CONSENTS } from '@wijk/domain/vraagbaak';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, ok, refusal } from '../../../../../tests/support/house.ts';
import { openScene, type Scene, TEXT } from '../../../../../tests/support/moderation.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.house.close());

const ILL = { title: 'Wie kent een goede wondverpleegkundige?', body: 'Mijn been geneest niet.' };
const HEALTH = { ...ILL, theme: 'wonen', health: true, consent: 'health-1.nl' };

const edit = async (ref: string, change: Record<string, unknown> = {}, who = scene.fatima) => {
  const { own, title, body, theme, health } = await scene.page(ref, who);
  return scene.house.call(contract.editOwnQuestion, who, {
    params: { question: ref },
    body: { title, body, theme: theme.slug, health, editedAt: own?.editedAt ?? null, ...change },
  });
};
const consents = (ref: string) =>
  scene.rows(
    `select c.purpose, c.text_version, c.text_hash, c.given_at, c.withdrawn_at
     from vraagbaak.consent c join vraagbaak.question q on q.wijk_id = c.wijk_id
     and q.id = c.question_id where q.ref = $1 order by c.given_at, c.id`,
    [ref],
  );
const row = async (ref: string) =>
  (await scene.rows('select * from vraagbaak.question where ref = $1', [ref]))[0];

describe('a question about health', () => {
  it('is refused at the field without consent, together with every other fault', async () => {
    const { house, fatima } = scene;
    const ask = (change: Record<string, unknown>) =>
      house.call(contract.askQuestion, fatima, {
        body: { ...HEALTH, visibility: 'public', consent: undefined, ...change } as never,
      });
    const fieldsOf = (outcome: Awaited<ReturnType<typeof ask>>) =>
      outcome.ok ? [] : outcome.problem.errors.map((e) => `${e.pointer}: ${e.code}`);
    expect(fieldsOf(await ask({}))).toEqual(['consent: consent-needed']);
    expect(fieldsOf(await ask({ consent: 'health-0.nl' }))).toEqual(['consent: consent-needed']);
    expect(fieldsOf(await ask({ title: 'x', theme: undefined }))).toEqual([
      'title: too-short',
      'theme: required',
      'consent: consent-needed',
    ]);
    const guest = await house.call(contract.askAsGuest, null, {
      body: {
        ...HEALTH,
        consent: undefined,
        visibility: 'private',
        name: 'Riet van Dalen',
        email: 'riet@voorbeeld.example',
      } as never,
    });
    expect(fieldsOf(guest as never)).toEqual(['consent: consent-needed']);
  });

  it('keeps what was agreed to: version, hash of the words, moment', async () => {
    const { house, page, ask, fatima, henk } = scene;
    const ref = await ask(fatima, HEALTH);
    expect(await consents(ref)).toMatchObject([
      {
        purpose: 'health',
        text_version: 'health-1.nl',
        text_hash: HEALTH_CONSENTS['health-1.nl'],
        given_at: house.clock.now(),
        withdrawn_at: null,
      },
    ]);
    const own = await page(ref, fatima);
    expect(own).toMatchObject({
      health: true,
      own: { mayEdit: true, consentAt: house.clock.now().toISOString(), readFirst: false },
    });
    for (const who of [null, henk, scene.noor]) {
      const seen = await page(ref, who);
      expect(seen.health).toBe(true);
      expect(seen.own).toBeNull();
    }
    // consent without a question about health is not kept
    expect(await consents(await ask(fatima, { ...HEALTH, health: false }))).toEqual([]);
  });

  it('is withdrawn with its consent, in one go; again changes nothing', async () => {
    const { house, ask, seenBy, fatima, henk, noor, promiseOf } = scene;
    const ref = await ask(fatima, HEALTH);
    const withdraw = (who: Guest) =>
      house.call(contract.withdrawHealthConsent, who, { params: { question: ref } });
    expect(refusal(await withdraw(henk))).toBe('403 vraagbaak.not-your-question');
    expect(refusal(await withdraw(noor))).toBe('403 vraagbaak.not-your-question');
    house.clock.advance(MINUTE_MS);
    ok(await withdraw(fatima));
    expect(await consents(ref)).toMatchObject([{ withdrawn_at: house.clock.now() }]);
    expect(await row(ref)).toMatchObject({ status: 'withdrawn' });
    expect((await promiseOf(ref)).cancelled_at).toEqual(house.clock.now());
    for (const who of [null, henk, noor, fatima])
      expect(await seenBy(ref, who)).toBe('410 vraagbaak.question-gone');
  });

  it('loses its consent when it is simply withdrawn', async () => {
    const { house, ask, fatima } = scene;
    const ref = await ask(fatima, HEALTH);
    ok(await house.call(contract.withdrawQuestion, fatima, { params: { question: ref } }));
    expect(await consents(ref)).toMatchObject([{ withdrawn_at: house.clock.now() }]);
  });
});

describe('a guest', () => {
  it('makes one draft and one mail by one press, and another with other words', async () => {
    const { house, rows } = scene;
    const email = 'jan.prins@voorbeeld.example';
    const body = { ...HEALTH, visibility: 'anonymous', name: 'Jan Prins', email, photos: [] };
    const key = crypto.randomUUID();
    const press = (change = {}) =>
      house.call(contract.askAsGuest, null, { body: { ...body, ...change } as never, key });
    const [one, two] = await Promise.all([press(), press()]);
    expect(ok(two).challenge).toBe(ok(one).challenge);
    const drafts = () =>
      rows('select health, consent_version, visibility from vraagbaak.question_draft');
    const mails = () => rows('select id from notifications.mail where address = $1', [email]);
    expect(await drafts()).toEqual([
      { health: true, consent_version: 'health-1.nl', visibility: 'anonymous' },
    ]);
    expect(await mails()).toHaveLength(1);
    // what is kept of the press tells nobody's address: nothing but a sealed scope
    const presses = await rows(
      `select request_hash, reply from kernel.idempotency where reply ->> 'challenge' = $1`,
      [ok(one).challenge],
    );
    expect(JSON.stringify(presses)).not.toContain('prins');
    house.clock.advance(2 * MINUTE_MS);
    expect(ok(await press({ body: 'Nog steeds niet.' })).challenge).not.toBe(ok(one).challenge);
    expect(await mails()).toHaveLength(2);
    // once the code works no more the same press mails another one
    house.clock.advance(30 * MINUTE_MS);
    const later = ok(await press());
    expect(later.challenge).not.toBe(ok(one).challenge);
    expect(await mails()).toHaveLength(3);
  });
});

describe('a change by the asker', () => {
  it('keeps what stood there, moves the address, mails nobody, and shows at the desk', async () => {
    const { house, ask, page, pane, fatima, henk, rows } = scene;
    const ref = await ask();
    ok(await house.call(contract.followQuestion, henk, { params: { question: ref } }));
    await house.work();
    const before = (await rows('select count(*)::int as n from notifications.mail'))[0].n;
    house.clock.advance(MINUTE_MS);
    const done = ok(await edit(ref, { title: 'Wie kan mijn fiets maken?', body: 'De rem piept.' }));
    expect(done).toEqual({ ref, slug: 'wie-kan-mijn-fiets-maken', held: false });
    expect(await page(ref)).toMatchObject({
      title: 'Wie kan mijn fiets maken?',
      body: 'De rem piept.',
    });
    await house.work();
    expect((await rows('select count(*)::int as n from notifications.mail'))[0].n).toBe(before);
    const seen = await pane(ref);
    expect(seen.item.byAsker.edited).toBe(true);
    expect(seen.revisions).toMatchObject([
      { kind: 'by-asker', by: null, title: TEXT.title, body: TEXT.body },
    ]);
    // nobody is named where the asker changed something
    const revisions = await rows(
      'select editor_id from vraagbaak.question_revision where kind = $1',
      ['by-asker'],
    );
    expect(revisions).toEqual([{ editor_id: null }]);
    // an editor who acts on the text of before is told
    const late = await house.call(contract.hideQuestion, scene.noor, {
      params: { question: ref },
      body: { reason: 'spam', message: '', version: seen.version - 1 },
    });
    expect(refusal(late)).toBe('409 vraagbaak.changed-meanwhile');
    ok(await house.call(contract.claimQuestion, scene.noor, { params: { question: ref } }));
    expect((await pane(ref)).item.byAsker.edited).toBe(false);
    // a claim of an editor keeps nobody from their own question
    ok(await edit(ref, { body: 'De rem piept nog.' }));
    expect(await page(ref, fatima)).toMatchObject({ body: 'De rem piept nog.' });
  });

  it('is refused where somebody changed it meanwhile, unless it says the same', async () => {
    const { house, ask, noor } = scene;
    const ref = await ask();
    house.clock.advance(1000);
    const first = { title: 'Fiets te geef', body: 'Voor wie wil.', editedAt: null };
    ok(await edit(ref, first));
    house.clock.advance(1000);
    ok(await edit(ref, first));
    expect(refusal(await edit(ref, { title: 'Iets anders', editedAt: null }))).toBe(
      '409 vraagbaak.edited-meanwhile',
    );
    const { own } = await scene.page(ref, scene.fatima);
    ok(
      await house.call(contract.editQuestion, noor, {
        params: { question: ref },
        body: { title: 'Fiets om weg te geven', theme: 'wonen' },
      }),
    );
    expect(refusal(await edit(ref, { title: 'Nog iets', editedAt: own?.editedAt }))).toBe(
      '409 vraagbaak.edited-meanwhile',
    );
    expect((await scene.page(ref)).title).toBe('Fiets om weg te geven');
  });

  it('is for the asker alone, and for a question that stands', async () => {
    const { ask, henk, noor, fatima, house } = scene;
    const ref = await ask();
    expect(refusal(await edit(ref, { title: 'Van een ander' }, henk))).toBe(
      '403 vraagbaak.not-your-question',
    );
    expect(refusal(await edit(ref, { title: 'Van een ander' }, noor))).toBe(
      '403 vraagbaak.not-your-question',
    );
    const hidden = await ask(fatima, { visibility: 'private' });
    const stranger = await house.call(contract.editOwnQuestion, henk, {
      params: { question: hidden },
      body: { ...TEXT, health: false, editedAt: null },
    });
    expect(refusal(stranger)).toBe('404 vraagbaak.question-not-found');
    ok(await scene.remove(ref));
    expect(refusal(await edit(ref, { title: 'Weer terug' }))).toBe('409 vraagbaak.question-closed');
  });

  it('does not bring back words that were taken out without the redactie', async () => {
    const { house, ask, noor, page, seenBy, listed, publish, pane, fatima } = scene;
    const ref = await ask(fatima, { body: 'Bel mij op 06-12345678.' });
    ok(
      await house.call(contract.redactQuestion, noor, {
        params: { question: ref },
        body: {
          title: TEXT.title,
          body: 'Bel mij op [weggehaald].',
          reason: 'private-data',
          message: '',
        },
      }),
    );
    expect((await page(ref, fatima)).own?.readFirst).toBe(true);
    house.clock.advance(1000);
    // another theme alone is no word
    expect(ok(await edit(ref, { theme: 'zorg-regelen' })).held).toBe(false);
    house.clock.advance(1000);
    expect(ok(await edit(ref, { body: 'Bel mij op 06-12345678.' })).held).toBe(true);
    expect(await seenBy(ref)).toBe('404 vraagbaak.question-not-found');
    expect(await listed(ref)).toBe(false);
    expect((await page(ref, fatima)).decisions).toMatchObject([
      { kind: 'held', reason: 'after-redaction' },
      { kind: 'redacted' },
    ]);
    const seen = await pane(ref);
    expect(seen.item.attention.held).toBe(true);
    ok(await publish(ref));
    expect(await seenBy(ref)).toBe('seen');
  });

  it('is screened as asking is: distress on top of the desk, words of the list held', async () => {
    const { ask, pane, page, house, fatima } = scene;
    const ref = await ask();
    house.clock.advance(1000);
    ok(await edit(ref, { body: 'Ik wil niet meer leven.' }));
    expect((await pane(ref)).item.attention.urgent).toBe(true);
    expect((await page(ref, fatima)).help).toContain('113');
    ok(await house.call(contract.seeUrgent, scene.noor, { params: { question: ref } }));
    house.clock.advance(1000);
    // the same words once more are no new signal
    ok(await edit(ref, { body: 'Ik wil niet meer leven, zei ik.' }));
    expect((await pane(ref)).item.attention.urgent).toBe(false);
  });

  it('makes a question one about health with consent, and not without', async () => {
    const { ask, page, fatima, house } = scene;
    const ref = await ask();
    expect(refusal(await edit(ref, { health: true }))).toBe('422 kernel.invalid');
    ok(await edit(ref, { health: true, consent: 'health-1.en' }));
    expect(await page(ref, fatima)).toMatchObject({
      health: true,
      own: { consentAt: expect.any(String) },
    });
    house.clock.advance(1000);
    ok(await edit(ref, { title: 'Met een andere titel', consent: 'health-1.en' }));
    expect(await consents(ref)).toHaveLength(1);
    house.clock.advance(1000);
    ok(await edit(ref, { health: false }));
    expect(await consents(ref)).toMatchObject([
      { text_version: 'health-1.en', withdrawn_at: house.clock.now() },
    ]);
    expect(await page(ref, fatima)).toMatchObject({ health: false, own: { consentAt: null } });
  });
});
