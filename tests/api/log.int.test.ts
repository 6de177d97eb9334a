import { openCode } from '@wijk/auth';
import * as contracts from '@wijk/contracts';
import { HOUR_MS } from '@wijk/domain/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allJobs } from '../../apps/api/src/compose.ts';
import { sealUnsubscribe } from '../../apps/api/src/modules/notifications/index.ts';
import { signAnswerLink } from '../../apps/api/src/modules/vraagbaak/index.ts';
import { subscribe } from '../../apps/api/src/services.ts';
import { type Guest, ok } from '../support/house.ts';
import { type ServedHouse, serveHouse } from './served-house.ts';

let house: ServedHouse;
const lines: string[] = [];
/** what must not stand in any line, by what it is */
const secrets = new Map<string, string>();

beforeAll(async () => {
  house = await serveHouse({
    env: { LOG_LEVEL: 'trace' },
    log: (line) => lines.push(line),
    jobs: allJobs,
  });
});

afterAll(() => house?.close());

const secret = (what: string, value: string) => {
  expect([what, value.length > 4]).toEqual([what, true]);
  secrets.set(what, value);
  return value;
};

async function person(name: string, roles: Parameters<ServedHouse['guest']>[1] = []) {
  const guest = await house.guest(name, roles);
  for (const part of name.split(' ')) secret(`name ${part}`, part);
  secret(`address of ${name}`, guest.email);
  return guest;
}

async function mailedCode(challenge: string): Promise<string> {
  const { rows } = await house.owner.$client.query<{ code: string }>(
    `select params ->> 'code' as code from notifications.mail where params ->> 'challenge' = $1`,
    [challenge],
  );
  const sealed = secret('sealed code', rows[0]?.code ?? '');
  return secret('code', openCode(house.services.secret, challenge, sealed));
}

async function linkOf(expert: Guest): Promise<string> {
  const { rows } = await house.owner.$client.query<{ id: string }>(
    'select id from vraagbaak.assignment where membership_id = $1 order by assigned_at desc limit 1',
    [expert.membershipId],
  );
  const where = { wijkId: house.wijk.id, assignmentId: rows[0]?.id ?? '' };
  return secret('link', signAnswerLink(house.services.secret, where));
}

/** Over the wire, so that address, cookie and path are there to be logged. */
async function press(method: string, path: string, body: unknown, cookie?: string) {
  return house.send({
    method,
    path: `/api/v1/wijken/${house.wijk.slug}${path}`,
    headers: {
      origin: house.origin,
      cookie,
      'user-agent': secret('browser', 'Kanariebladeraar/1.0'),
      ...(body ? { 'content-type': 'application/json' } : {}),
      'idempotency-key': '6b0c0de1-1111-4111-8111-111111111111',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

it('names no person, address, code, link, cookie or word of a question, whatever happens', async () => {
  const asked = {
    title: secret('title', 'Kanarietitel over mijn gezondheid'),
    body: secret('text', 'Kanarietekst met wat er scheelt'),
    theme: 'zorg-regelen',
    visibility: 'public',
  };
  // as a guest, with the code
  const email = secret('address of a guest', 'gast.kanarie@voorbeeld.example');
  const name = secret('name of a guest', 'Gastina Kanarie');
  const draft = await press('POST', '/question-drafts', { ...asked, email, name });
  expect(draft.status).toBe(202);
  const challenge = secret('challenge', String(draft.json.challenge));
  const code = await mailedCode(challenge);
  const wrong = await press('POST', '/sessions', { challenge, code: secret('a guess', '000001') });
  expect([wrong.status, code === '000001']).toEqual([422, false]);
  const signedIn = await press('POST', '/sessions', { challenge, code });
  expect(signedIn.status).toBe(201);
  const setCookie = signedIn.headers['set-cookie']?.[0] ?? '';
  const token = secret('cookie', setCookie.split(';')[0]?.split('=')[1] ?? '');
  const { ref } = signedIn.json.question as { ref: string };

  // refusals, with what was typed in them
  const bad = await press('POST', '/questions', { ...asked, [secret('field', 'kanarieveld')]: 1 });
  expect(bad.status).toBe(401);
  const cookie = `wijk=${token}`;
  expect((await press('POST', '/questions', { ...asked, theme: 'x' }, cookie)).status).toBe(422);
  expect(
    (await press('POST', '/sign-in-codes', { email: 'kanarie zonder apenstaart' })).status,
  ).toBe(422);
  expect(
    (await press('GET', `/questions?${secret('search', 'kanariezoek')}=1`, undefined)).status,
  ).toBe(422);
  expect(
    (await press('GET', `/search?q=${secret('words', 'kanariewoorden')}`, undefined)).status,
  ).toBe(200);
  expect((await press('GET', '/search?q=k', undefined)).status).toBe(422);
  const writing = {
    title: secret('writing', 'Kanarieschrijfsel over mijn lijf'),
    body: asked.body,
  };
  expect((await press('POST', '/similar', writing)).status).toBe(200);
  expect((await press('POST', '/similar', { ...writing, extra: 1 })).status).toBe(422);
  expect((await house.send({ path: `/antwoord/${secret('page', 'kanariepad')}` })).status).toBe(
    404,
  );

  // the desk, the expert's link
  const expert = await person('Anilius Ramdinzoon', ['expert']);
  const editor = await person('Noortje Horstermans', ['editor']);
  const note = secret('note', 'Kanarienotitie voor de kenner');
  const assign = (to: Guest) =>
    house.call(contracts.assignQuestion, editor, {
      params: { question: ref },
      body: { expert: to.membershipId, note },
    });
  ok(await assign(expert));
  const link = await linkOf(expert);
  expect((await press('GET', `/answer-links/${link}`, undefined)).status).toBe(200);
  const answer = { body: secret('answer', 'Kanarieantwoord van de kenner') };
  expect((await press('POST', `/answer-links/${link}/answers`, answer)).status).toBe(201);
  expect(
    (await press('POST', `/answer-links/${link}/answers`, { body: 'x' })).status,
  ).toBeGreaterThan(399);
  expect((await press('GET', `/answer-links/${link}x`, undefined)).status).toBe(404);

  // links of mails: to unsubscribe, also by a mail provider, and to come in
  const unsubscribe = secret(
    'unsubscribe link',
    sealUnsubscribe(house.services.secret, house.wijk.id, {
      whose: { audience: 'member', membershipId: expert.membershipId },
      category: 'desk',
    }),
  );
  expect((await press('GET', `/unsubscribe/${unsubscribe}`, undefined)).status).toBe(200);
  expect((await press('PUT', `/unsubscribe/${unsubscribe}`, { wanted: [] })).status).toBe(204);
  const oneClick = await house.send({
    method: 'POST',
    path: `/w/${house.wijk.slug}/afmelden/${unsubscribe}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(oneClick.status).toBe(200);
  const host = await house.guest('Beheer Gastheer', ['admin']);
  const invited = ok(
    await house.call(contracts.invitePerson, host, {
      body: {
        email: secret('invited address', 'genodigde.kanarie@voorbeeld.example'),
        name: secret('invited name', 'Genodigde Kanarie'),
        title: '',
        roles: ['coach'],
        themes: [],
      },
    }),
  );
  secret('invitation', invited.id);
  expect((await press('GET', `/invitations/${invited.id}`, undefined)).status).toBe(200);

  // work behind the scenes: mail that cannot be delivered, a subscriber that fails on a text
  subscribe(house.services, 'fails', ['question.submitted.v1'], (_tx, _event, { db }) =>
    db.$client.query('select $1::uuid', [asked.body]).then(() => undefined),
  );
  ok(
    await house.call(contracts.askQuestion, expert, {
      body: { ...asked, visibility: 'public' },
    }),
  );
  for (let i = 0; i < 12; i += 1) {
    await house.work();
    house.clock.advance(HOUR_MS);
  }

  // a page that stays open, and the end of the session
  const page = await house.open({ headers: { cookie } });
  page.say({ type: 'subscribe', topic: `question:${ref}` });
  await page.hears(1);
  page.say(secret('message', 'kanariebericht'));
  await page.closed;
  expect((await press('DELETE', '/sessions/current', undefined, cookie)).status).toBe(204);

  const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const said = (msg: string) => written.filter((line) => line.msg === msg).length;
  expect(said('served')).toBeGreaterThan(12);
  expect(said('request refused')).toBeGreaterThan(4);
  expect(said('subscriber failed')).toBeGreaterThan(8);
  expect(said('mail not sent')).toBeGreaterThan(1);
  expect(written).toContainEqual(
    expect.objectContaining({
      req: { method: 'POST', route: '/api/v1/wijken/:wijk/answer-links/:token/answers' },
      res: { statusCode: 201 },
    }),
  );
  // moments and references are digits in which a code could be found by chance
  const texts = written
    .filter(({ msg }) => !String(msg).startsWith('Server listening'))
    .map((line) => JSON.stringify({ ...line, time: 0, reqId: '' }).toLowerCase());
  const found = [...secrets].flatMap(([what, value]) =>
    texts
      .filter((text) => text.includes(value.toLowerCase()))
      .map((text) => `${what} in ${text.slice(0, 300)}`),
  );
  expect(found).toEqual([]);
  expect(texts.filter((text) => /kanarie|@voorbeeld|127\.0\.0\.1/.test(text))).toEqual([]);

  // nor where volunteers look after the work
  const admin = await house.guest('Beheer Beheerder', ['admin']);
  const jobs = ok(await house.call(contracts.getJobs, admin, {}));
  expect(jobs.deadLetters.map(({ what }) => what)).toContain('question.submitted.v1 → fails');
  expect(JSON.stringify(jobs)).not.toMatch(/kanarie|@voorbeeld/i);
}, 60_000);
