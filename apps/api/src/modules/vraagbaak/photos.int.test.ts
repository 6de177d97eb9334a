import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, ok, refusal } from '../../../../../tests/support/house.ts';
import { openScene, type Scene } from '../../../../../tests/support/moderation.ts';
import { photographer } from '../../../../../tests/support/photos.ts';

type Uploaded = { id: string; claim: string };

let scene: Scene;
let p: ReturnType<typeof photographer>;
beforeAll(async () => {
  scene = await openScene();
  p = photographer(scene.house);
});
afterAll(() => scene?.house.close());

const claimed = ({ id, claim }: Uploaded, alt = 'Een lekkende kraan') => ({ id, claim, alt });
const askWith = async (photos: Uploaded[], change: Record<string, unknown> = {}) =>
  scene.ask(scene.fatima, { photos: photos.map((photo) => claimed(photo)), ...change });
const tryAsking = (photos: unknown[], key?: string) =>
  scene.house.call(contract.askQuestion, scene.fatima, {
    body: {
      title: 'Een vraag met een foto',
      theme: 'wonen',
      photos: photos as ReturnType<typeof claimed>[],
    },
    ...(key ? { key } : {}),
  });
const faults = async (outcome: ReturnType<typeof tryAsking>) => {
  const result = await outcome;
  return result.ok ? [] : result.problem.errors.map(({ pointer, code }) => `${pointer} ${code}`);
};
const status = async (id: string, who: Guest | null = null) =>
  (await p.get(id, { who, size: 'small' })).statusCode;
const photosOf = async (question: string, who: Guest | null = null) =>
  (await scene.page(question, who)).photos;
const remove = (question: string, photo: string, who: Guest) =>
  scene.house.call(contract.removePhoto, who, {
    params: { question, photo },
    body: { reason: 'private-data', message: 'Er staat iemand herkenbaar op.' },
  });

describe('asking with photos', () => {
  it('puts them with the question in the order given, with their words', async () => {
    const [a, b] = [await p.upload(), await p.upload()];
    const question = await scene.ask(scene.fatima, {
      photos: [claimed(b, 'Achterkant'), claimed(a, 'Voorkant')],
    });
    expect(await photosOf(question)).toEqual([
      { id: b.id, alt: 'Achterkant', width: 480, height: 640 },
      { id: a.id, alt: 'Voorkant', width: 480, height: 640 },
    ]);
    expect(await status(a.id)).toBe(200);
  });

  it('once for the same press, and not again with another question', async () => {
    const photo = await p.upload();
    const key = randomUUID();
    const first = ok(await tryAsking([claimed(photo)], key));
    expect(ok(await tryAsking([claimed(photo)], key)).ref).toBe(first.ref);
    expect(await photosOf(first.ref)).toHaveLength(1);
    expect(await faults(tryAsking([claimed(photo)]))).toEqual(['photos.0 photo-gone']);
  });

  it('refuses by place in the form what is not theirs, not there or named twice', async () => {
    const [mine, other] = [await p.upload(), await p.upload()];
    const elsewhere = await p.upload(undefined, null, scene.house.other.slug);
    expect(
      await faults(
        tryAsking([
          claimed(mine),
          { ...claimed(mine) },
          { ...claimed(other), claim: mine.claim },
          claimed(elsewhere),
        ]),
      ),
    ).toEqual(['photos.1 photo-gone', 'photos.2 photo-gone', 'photos.3 photo-gone']);
    const five = [];
    for (let i = 0; i < 5; i++) five.push(await p.upload());
    expect(await faults(tryAsking(five.map((photo) => claimed(photo))))).toEqual([
      'photos too-large',
    ]);
    // the refusals took nothing away
    ok(await tryAsking([claimed(mine)]));
  });

  it('at the same moment gives a photo to one question only', async () => {
    const photo = await p.upload();
    const outcomes = await Promise.all([1, 2, 3].map(() => tryAsking([claimed(photo)])));
    expect(outcomes.filter(({ ok: asked }) => asked)).toHaveLength(1);
  });

  it('as a guest: they wait with the draft, and come along with the code', async () => {
    const { house } = scene;
    const photo = await p.upload();
    const draft = async (photos: Uploaded[]) =>
      house.call(contract.askAsGuest, null, {
        body: {
          title: 'Wie kent dit apparaat?',
          theme: 'wonen',
          name: 'Gerrit Gast',
          email: `${randomUUID()}@voorbeeld.example`,
          photos: photos.map((one) => claimed(one, 'Een apparaat')),
        },
      });
    const wrong = await draft([{ ...photo, claim: 'x'.repeat(32) }]);
    expect(wrong.ok ? [] : wrong.problem.errors[0]?.code).toBe('photo-gone');
    ok(await draft([photo]));
    const [row] = await scene.rows(`select id from vraagbaak.question_draft order by id desc`);
    const { postDraft } = await import('./commands/ask-question.ts');
    const posted = await house.services.db.transaction((tx) =>
      postDraft(house.services, tx, {
        wijkId: house.wijk.id,
        draftId: row.id,
        membershipId: scene.henk.membershipId,
      }),
    );
    expect(await photosOf(posted?.ref ?? '', scene.henk)).toMatchObject([
      { id: photo.id, alt: 'Een apparaat' },
    ]);
  });

  it('as a guest whose photo went another way: the question is asked all the same', async () => {
    const { house } = scene;
    const photo = await p.upload();
    const email = `${randomUUID()}@voorbeeld.example`;
    const body = {
      title: 'Nog een apparaat',
      theme: 'wonen',
      name: 'Gerrit Gast',
      email,
      photos: [claimed(photo)],
    };
    ok(await house.call(contract.askAsGuest, null, { body }));
    ok(await tryAsking([claimed(photo)]));
    const [row] = await scene.rows(`select id from vraagbaak.question_draft order by id desc`);
    const { postDraft } = await import('./commands/ask-question.ts');
    const posted = await house.services.db.transaction((tx) =>
      postDraft(house.services, tx, {
        wijkId: house.wijk.id,
        draftId: row.id,
        membershipId: scene.henk.membershipId,
      }),
    );
    expect(await photosOf(posted?.ref ?? '', scene.henk)).toEqual([]);
  });

  it('a photo whose question was never asked stays loose, and is there for the next try', async () => {
    const photo = await p.upload();
    // a fault between the two: the transaction of the question is rolled back
    const { attachPhotos } = await import('./commands/attach-photos.ts');
    const [{ id }] = await scene.rows('select id from vraagbaak.question limit 1');
    const { db } = scene.house.services;
    await expect(
      db.transaction(async (tx) => {
        await attachPhotos(tx, scene.house.wijk.id, id, [claimed(photo)]);
        throw new Error('the power is gone');
      }),
    ).rejects.toThrow('the power is gone');
    ok(await tryAsking([claimed(photo)]));
  });
});

describe('who sees a photo', () => {
  it('is who sees its question, whatever its visibility', async () => {
    const { fatima, henk, noor, johan, esra } = scene;
    const seen = async (visibility: string) => {
      const photo = await p.upload();
      await askWith([photo], { visibility });
      const people = [null, fatima, henk, esra, noor, johan];
      return Promise.all(people.map((who) => status(photo.id, who)));
    };
    expect(await seen('public')).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await seen('anonymous')).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await seen('private')).toEqual([404, 200, 404, 404, 200, 200]);
  });

  it('changes at once when the question is hidden, shown, removed or withdrawn', async () => {
    const { fatima, henk, noor } = scene;
    const photo = await p.upload();
    const question = await askWith([photo]);
    const seen = () => Promise.all([null, henk, fatima, noor].map((who) => status(photo.id, who)));
    ok(await scene.hide(question));
    expect(await seen()).toEqual([404, 404, 200, 200]);
    ok(await scene.publish(question));
    expect(await seen()).toEqual([200, 200, 200, 200]);
    ok(await scene.remove(question));
    // as with the text: for its author, and for whoever decides on an appeal
    expect(await seen()).toEqual([404, 404, 200, 200]);
    ok(await scene.publish(question));
    ok(await scene.house.call(contract.withdrawQuestion, fatima, { params: { question } }));
    expect(await seen()).toEqual([404, 404, 404, 404]);
    const [row] = await scene.rows(
      'select large, small, alt, removed_at from vraagbaak.photo where id = $1',
      [photo.id],
    );
    expect(row).toMatchObject({ large: null, small: null, alt: '' });
    expect(row.removed_at).not.toBeNull();
  });

  it('no photo of another wijk under this one, and no size that there is not', async () => {
    const photo = await p.upload();
    await askWith([photo]);
    expect((await p.get(photo.id, { wijk: scene.house.other.slug })).statusCode).toBe(404);
    expect((await p.get(photo.id, { size: 'huge' as 'large' })).statusCode).toBe(404);
    expect((await p.get('geen-foto')).statusCode).toBe(404);
  });

  it('may be kept where everybody sees it, for a minute; elsewhere not at all', async () => {
    const [open, closed] = [await p.upload(), await p.upload()];
    await askWith([open]);
    await askWith([closed], { visibility: 'private' });
    const kept = await p.get(open.id);
    expect(kept.headers['cache-control']).toBe('public, max-age=60, must-revalidate');
    expect(kept.headers.vary).toBe('cookie');
    const again = await p.get(open.id, {
      headers: { 'if-none-match': String(kept.headers.etag) },
    });
    expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
    expect((await p.get(open.id, { who: scene.henk })).headers['cache-control']).toMatch(
      /^private/,
    );
    expect((await p.get(closed.id, { who: scene.fatima })).headers['cache-control']).toBe(
      'no-store',
    );
    // whoever kept the tag of what is hidden learns nothing by it
    const tag = { 'if-none-match': `"${closed.id}-large"` };
    expect((await p.get(closed.id, { headers: tag })).statusCode).toBe(404);
  });
});

describe('changing photos', () => {
  it('is for the asker: words, and taking away', async () => {
    const { house, fatima, henk, noor } = scene;
    const photo = await p.upload();
    const question = await askWith([photo]);
    const params = { question, photo: photo.id };
    const describeIt = (who: Guest) =>
      house.call(contract.describePhoto, who, { params, body: { alt: 'Een gele kraan' } });
    expect(refusal(await describeIt(henk))).toBe('403 vraagbaak.not-your-question');
    expect(refusal(await describeIt(noor))).toBe('403 vraagbaak.not-your-question');
    ok(await describeIt(fatima));
    expect((await photosOf(question))[0]?.alt).toBe('Een gele kraan');
    const take = (who: Guest) => house.call(contract.removeOwnPhoto, who, { params });
    expect(refusal(await take(henk))).toBe('403 vraagbaak.not-your-question');
    ok(await take(fatima));
    expect(await photosOf(question)).toEqual([]);
    expect(await status(photo.id, fatima)).toBe(404);
    expect(refusal(await take(fatima))).toBe('404 vraagbaak.photo-not-found');
  });

  it('moves the version of the page, so that no kept page shows what is gone', async () => {
    const { house, fatima } = scene;
    const photo = await p.upload();
    const question = await askWith([photo]);
    const { versionOf } = await import('./index.ts');
    const version = () => versionOf(house.services)(house.wijk.id, question);
    const before = await version();
    ok(
      await house.call(contract.removeOwnPhoto, fatima, {
        params: { question, photo: photo.id },
      }),
    );
    expect(await version()).not.toBe(before);
  });

  it('by the redactie is with a reason for the asker, for good, and stands in the audit', async () => {
    const { house, fatima, henk, noor, johan } = scene;
    const [gone, stays] = [await p.upload(), await p.upload()];
    const question = await askWith([gone, stays]);
    expect(refusal(await remove(question, gone.id, henk))).toBe('403 kernel.forbidden');
    expect(ok(await remove(question, gone.id, noor)).undo).toBeNull();
    expect((await photosOf(question)).map(({ id }) => id)).toEqual([stays.id]);
    const [row] = await scene.rows('select large, small, alt from vraagbaak.photo where id = $1', [
      gone.id,
    ]);
    expect(row).toEqual({ large: null, small: null, alt: '' });
    const [decision] = (await scene.page(question, fatima)).decisions;
    expect(decision).toMatchObject({ kind: 'photo-removed', reason: 'private-data' });
    expect((await scene.page(question)).decisions).toEqual([]);
    expect(ok(await scene.statement(decision?.id ?? '', fatima))).toMatchObject({
      decision: { message: 'Er staat iemand herkenbaar op.' },
      mayAppeal: true,
    });
    const audit = await scene.rows(
      `select a.id, a.kind, a.actor_id from vraagbaak.desk_action a join vraagbaak.question q
       on q.wijk_id = a.wijk_id and q.id = a.question_id where q.ref = $1`,
      [question],
    );
    expect(audit).toMatchObject([{ kind: 'remove-photo', actor_id: noor.membershipId }]);
    expect(refusal(await scene.undo(audit[0].id, noor))).toBe('409 vraagbaak.undo-overtaken');
    await house.work();
    const told = await scene.rows(
      `select kind, audience, membership_id from notifications.notice n
       join vraagbaak.question q on q.wijk_id = n.wijk_id and q.id = n.question_id
       where q.ref = $1 and n.kind = 'decision'`,
      [question],
    );
    expect(told).toMatchObject([{ audience: 'asker', membership_id: null }]);
    expect(refusal(await remove(question, gone.id, johan))).toBe('404 vraagbaak.photo-not-found');
  });

  it('never by an editor who asked it themselves, nor by way of another question', async () => {
    const { house, noor, johan } = scene;
    const photo = await p.upload();
    const own = await scene.ask(noor, { photos: [claimed(photo)] });
    expect(refusal(await remove(own, photo.id, noor))).toBe('409 vraagbaak.own-content');
    const other = await askWith([]);
    expect(refusal(await remove(other, photo.id, johan))).toBe('404 vraagbaak.photo-not-found');
    const loose = await p.upload();
    expect(refusal(await remove(other, loose.id, johan))).toBe('404 vraagbaak.photo-not-found');
    expect(house.wijk.slug).toBe('elzenhof');
  });
});

it('an appeal that is granted says so; the photo stays away', async () => {
  const { house, fatima, johan } = scene;
  const photo = await p.upload();
  const question = await askWith([photo]);
  ok(await remove(question, photo.id, scene.noor));
  const decision = await scene.decisionOf(question);
  ok(
    await house.call(contract.makeAppeal, fatima, {
      params: { decision },
      body: { body: 'Er stond niemand op.' },
    }),
  );
  const [appeal] = (await scene.pane(question)).appeals;
  ok(
    await house.call(contract.decideAppeal, johan, {
      params: { question, appeal: appeal?.id ?? '' },
      body: { outcome: 'overturned', reply: 'U hebt gelijk.' },
    }),
  );
  expect(ok(await scene.statement(decision, fatima)).decision.reversed).toBe(true);
  expect(await photosOf(question, fatima)).toEqual([]);
});
