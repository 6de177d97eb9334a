import * as contract from '@wijk/contracts';
import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Guest, ok, refusal } from '../../../../../tests/support/house.ts';
import { openScene, type Scene } from '../../../../../tests/support/moderation.ts';
import { openPost, type Post } from '../../../../../tests/support/post.ts';

/** Who asked, looked up by who has to know: seen once, kept as a look, told to the asker. */

let scene: Scene;
let post: Post;
let admin: Guest;
const log: string[] = [];

beforeAll(async () => {
  scene = await openScene({ env: { LOG_LEVEL: 'trace' }, log: (line) => log.push(line) });
  post = await openPost(scene.house, (raw) => PostalMime.parse(raw));
  admin = await scene.house.guest('Ada Beheer', ['admin']);
}, 60_000);
afterAll(async () => {
  await post?.stop();
  await scene?.house.close();
});

const look = (question: string, who = scene.noor, body: Record<string, unknown> = {}) =>
  scene.house.call(contract.lookUpAsker, who, {
    params: { question },
    body: { reason: 'danger', note: '', ...body } as never,
  });
const looks = (who: Guest, query = {}) => scene.house.call(contract.listAskerLooks, who, { query });
const ownSide = (question: string, who = scene.fatima) =>
  scene.house.call(contract.readOwnSide, who, { params: { question } });

it('shows name and address, keeps the look, and tells the asker who looked and why', async () => {
  const question = await scene.ask(scene.fatima, { visibility: 'anonymous' });
  const found = ok(
    await look(question, scene.noor, { reason: 'other', note: 'De arts belde ons.' }),
  );
  expect(found).toEqual({ asker: { name: 'Fatima Amrani', email: scene.fatima.email } });
  const [mine] = ok(await ownSide(question)).looks;
  expect(mine).toMatchObject({
    by: 'Noor van der Horst',
    reason: 'other',
    note: 'De arts belde ons.',
    at: scene.house.clock.now().toISOString(),
  });
  const letters = (await post.settle()).filter(({ to }) => to === scene.fatima.email);
  const letter = letters.find(({ subject }) => subject.includes('keek wie uw vraag stelde'));
  expect(letter?.text).toContain(`/mijn/vraag/${question}`);
  expect(letter?.raw).not.toContain('arts');
  expect(letter?.raw).not.toContain('Noor');
  const notices = ok(await scene.house.call(contract.listNotices, scene.fatima, {}));
  expect(notices.items.map(({ kind }) => kind)).toContain('looked-up');
  expect(log.join('\n')).not.toContain(scene.fatima.email);
  expect(log.join('\n')).not.toContain('Amrani');
});

it('leaves no look unseen: the row is there though the asker was not found', async () => {
  const question = await scene.ask(scene.joop, { visibility: 'anonymous', title: 'Wie ben ik?' });
  await scene.rows('update identity.person set erased_at = now() where id = $1', [
    scene.joop.personId,
  ]);
  expect(ok(await look(question))).toEqual({ asker: null });
  // two looks of one moment stand in any order
  expect(ok(await looks(admin)).items.map((one) => one.question.ref)).toContain(question);
  await scene.rows('update identity.person set erased_at = null where id = $1', [
    scene.joop.personId,
  ]);
});

it('is for the redactie, with a reason, and never about oneself', async () => {
  const question = await scene.ask(scene.henk, { visibility: 'private', title: 'Alleen voor u' });
  const before = (await scene.rows('select id from vraagbaak.asker_look')).length;
  for (const who of [scene.fatima, scene.esra, admin, scene.henk])
    expect(refusal(await look(question, who))).toBe('403 kernel.forbidden');
  expect(refusal(await look(question, scene.noor, { reason: 'other', note: 'kort' }))).toBe(
    '422 kernel.invalid',
  );
  expect(refusal(await look('00000000'))).toBe('404 vraagbaak.question-not-found');
  const own = await scene.ask(scene.noor, { visibility: 'private', title: 'Van een redacteur' });
  expect(refusal(await look(own))).toBe('409 vraagbaak.own-content');
  expect((await scene.rows('select id from vraagbaak.asker_look')).length).toBe(before);
});

it('stands there when the question is withdrawn as well', async () => {
  const question = await scene.ask(scene.anil, { visibility: 'private', title: 'Toch maar niet' });
  ok(await scene.house.call(contract.withdrawQuestion, scene.anil, { params: { question } }));
  ok(await look(question));
  expect(ok(await ownSide(question, scene.anil)).looks).toHaveLength(1);
  await post.settle();
  const notices = ok(await scene.house.call(contract.listNotices, scene.anil, {}));
  expect(notices.items.find(({ kind }) => kind === 'looked-up')?.question).toBeNull();
  expect(refusal(await ownSide(question, scene.henk))).toBe('404 vraagbaak.question-not-found');
});

it('is listed for chief editor and admin, without whom was found; many in a day stand out', async () => {
  scene.house.clock.advance(30 * HOUR_MS);
  const question = await scene.ask(scene.fatima, { visibility: 'private', title: 'Een lange dag' });
  for (let i = 0; i < 6; i += 1) {
    ok(await look(question, scene.johan, { reason: 'abuse', note: `Keer ${i}` }));
    scene.house.clock.advance(MINUTE_MS);
  }
  for (const who of [scene.noor, scene.fatima, scene.esra])
    expect(refusal(await looks(who))).toBe('403 kernel.forbidden');
  for (const who of [scene.johan, admin]) {
    const first = ok(await looks(who, { limit: 4 }));
    expect(first.items.map(({ note, many }) => [note, many])).toEqual([
      ['Keer 5', true],
      ['Keer 4', false],
      ['Keer 3', false],
      ['Keer 2', false],
    ]);
    const rest = ok(await looks(who, { limit: 50, cursor: first.nextCursor ?? '' }));
    expect(rest.items[0]?.note).toBe('Keer 1');
    const all = JSON.stringify([first, rest]);
    for (const word of ['Amrani', scene.fatima.email, scene.fatima.membershipId, 'Een lange dag'])
      expect(all).not.toContain(word);
  }
  const unread = await scene.rows(
    "select count(*)::int as n from vraagbaak.asker_look where looked_by = $1 and reason like 'abuse%'",
    [scene.johan.membershipId],
  );
  expect(unread).toEqual([{ n: 6 }]);
});

it('is kept by the database: the application writes no look, and nobody changes one', async () => {
  const app = scene.house.services.db.$client;
  await expect(
    app.query('insert into vraagbaak.asker_look select * from vraagbaak.asker_look limit 0'),
  ).rejects.toThrow('permission denied');
  await expect(
    scene.house.owner.$client.query("update vraagbaak.asker_look set reason = 'x'"),
  ).rejects.toThrow();
});
