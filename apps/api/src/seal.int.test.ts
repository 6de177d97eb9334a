import type { Contract } from '@wijk/contracts';
import * as contract from '@wijk/contracts';
import { ROLES } from '@wijk/domain/identity';
import { MINUTE_MS } from '@wijk/domain/kernel';
import pg from 'pg';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { urlOf } from '../../../tests/api/routes.ts';
import { type Guest, type House, ORIGIN, ok, openHouse } from '../../../tests/support/house.ts';
import { openPost, type Post } from '../../../tests/support/post.ts';
import { allRows } from '../../../tests/support/rows.ts';

/** Stands in every title, text and message of hers, and nowhere else. */
const MARK = 'Zegelwoord';
const NAME = 'Zegelina Kanariewier';
/** asks before anybody knows of them */
const GUEST = { name: 'Gastelina Zeewier', email: 'gastelina.zeewier@voorbeeld.example' };
const DISTRESS = 'Ik wil niet meer leven.';

let house: House;
let post: Post;
let ear: pg.Client;
let asker: Guest;
const staff: Record<string, Guest> = {};
const lines: string[] = [];
const hints: string[] = [];
/** what somebody else than the asker was told, by the way it came */
const told: { by: string; body: string }[] = [];

const rows = async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
  (await house.owner.$client.query<R>(text, values)).rows;

beforeAll(async () => {
  house = await openHouse({ env: { LOG_LEVEL: 'trace' }, log: (line) => lines.push(line) });
  post = await openPost(house, (raw) => PostalMime.parse(raw));
  ear = new pg.Client({ connectionString: String(house.owner.$client.options.connectionString) });
  await ear.connect();
  ear.on('notification', ({ payload }) => hints.push(payload ?? ''));
  await ear.query('listen wijk_live; listen wijk_changed; listen wijk_session; listen wijk_work');
  asker = await house.guest(NAME);
  for (const role of ROLES) staff[role] = await house.guest(`Iemand ${role}`, [role]);
  staff.neighbour = await house.guest('Gewone Buur');
  staff.chief = await house.guest('Andere Hoofdredacteur', ['editor', 'chief-editor']);
  staff.stranger = await house.platformAdmin('Beheer Van Alles');
  house.clock.advance(MINUTE_MS);
  await as('admin', contract.changeWords, { body: { hold: ['houdvast'] } });
}, 60_000);

afterAll(async () => {
  await ear?.end();
  await post?.stop();
  await house?.close();
});

const person = (name: string): Guest => {
  const guest = staff[name];
  if (!guest) throw new Error(`there is no ${name}`);
  return guest;
};

type Input = Parameters<House['call']>[2];
/** Something that must succeed; what others are told by it is kept. */
async function as(who: string | Guest, op: Contract, input: Input = {}): Promise<never> {
  const guest = typeof who === 'string' ? person(who) : who;
  const outcome = await house.call(op, guest, input as never);
  if (guest !== asker) told.push({ by: `${op.id} ${guest.name}`, body: JSON.stringify(outcome) });
  // moments that are the same would let rows be matched by chance
  house.clock.advance(7001);
  return ok(outcome) as never;
}

async function settle() {
  const letters = await post.settle();
  for (const { to, raw, text, html, subject } of letters)
    if (to !== asker.email && to !== GUEST.email)
      told.push({ by: `mail to ${to}`, body: [raw, text, html, subject].join() });
  return letters;
}

/** Everything that can be done to a question and by its asker; a private one has no neighbours. */
async function walk(visibility: 'anonymous' | 'private') {
  const open = visibility === 'anonymous';
  const asked = (await as(asker, contract.askQuestion, {
    body: {
      title: `${MARK} ${visibility}`,
      body: `${MARK} houdvast. ${DISTRESS}`,
      theme: 'zorg-regelen',
      visibility,
    },
  })) as { ref: string; held: boolean; help: string[] };
  expect([asked.held, asked.help.length > 0]).toEqual([true, true]);
  const question = asked.ref;
  const params = { question };
  await settle();
  await as('editor', contract.seeUrgent, { params });
  await as('chief', contract.publishQuestion, { params, body: { message: MARK } });
  await as('editor', contract.claimQuestion, { params });
  await house.call(contract.followQuestion, asker, { params });
  expect(
    (
      await house.call(contract.flagQuestion, asker, {
        params,
        body: { reason: 'spam', note: '' },
      })
    ).status,
  ).toBe(409);
  if (open) {
    await as('neighbour', contract.followQuestion, { params });
    await as('neighbour', contract.flagQuestion, { params, body: { reason: 'rude', note: '' } });
  }
  await as('editor', contract.askBack, { params, body: { body: `${MARK}?` } });
  const headers = (await settle()).flatMap(({ to, headers: of }) =>
    to === asker.email ? [of.get('list-unsubscribe') ?? ''] : [],
  );
  const token = /\/afmelden\/([\w-]+)/.exec(headers.join())?.[1];
  await as(asker, contract.replyToAskBack, { params, body: { body: `${MARK}!` } });
  const edited = { title: `${MARK} anders`, theme: 'zorg-regelen' };
  await as('editor', contract.editQuestion, { params, body: edited });
  const expert = person('expert').membershipId;
  await as('editor', contract.assignQuestion, { params, body: { expert, note: MARK } });
  await settle();
  const { id: answer } = (await as('expert', contract.answerQuestion, {
    params,
    body: { body: 'Zo zit het in elkaar.' },
  })) as { id: string };
  const onAnswer = { params: { question, answer } };
  await as(asker, contract.flagAnswer, {
    ...onAnswer,
    body: { reason: 'wrong-advice', note: MARK },
  });
  await as(asker, contract.markHelpful, onAnswer);
  await as('chief', contract.endorseAnswer, onAnswer);
  await as('chief', contract.dismissFlags, { params });
  await settle();
  const because = { reason: 'rude', message: MARK };
  await as('editor', contract.hideAnswer, { ...onAnswer, body: because });
  await as('editor', contract.restoreAnswer, { ...onAnswer, body: { message: '' } });
  const redacted = { title: `${MARK} kort`, body: MARK, ...because };
  await as('editor', contract.redactQuestion, { params, body: redacted });
  await as('editor', contract.hideQuestion, { params, body: because });
  await settle();
  const appeals: string[] = [];
  const decisions: string[] = [];
  for (const [act, outcome] of [
    ['hide', 'overturned'],
    ['remove', 'overturned'],
    ['remove', 'upheld'],
  ] as const) {
    if (act === 'remove') await as('editor', contract.removeQuestion, { params, body: because });
    await settle();
    const { items } = (await as(asker, contract.listMyDecisions)) as {
      items: { id: string; question: { ref: string } }[];
    };
    const decision = items.find((item) => item.question.ref === question)?.id ?? '';
    const ofDecision = { params: { decision } };
    await as(asker, contract.readStatement, ofDecision);
    await as(asker, contract.makeAppeal, { ...ofDecision, body: { body: `${MARK}: toch niet.` } });
    await settle();
    const pane = (await as('chief', contract.readDesk, { params })) as {
      appeals: { id: string }[];
    };
    const appeal = pane.appeals.at(-1)?.id ?? '';
    appeals.push(appeal);
    decisions.push(decision);
    // swept while it is open
    if (outcome === 'upheld') await sweep({ question, answer, appeal, decision });
    await as('chief', contract.decideAppeal, {
      params: { question, appeal },
      body: { outcome, reply: MARK },
    });
    await settle();
  }
  await as('chief', contract.publishQuestion, { params, body: { message: '' } });
  if (token)
    await as(asker, contract.changeUnsubscribe, { params: { token }, body: { wanted: [] } });
  const other = (await as('neighbour', contract.askQuestion, {
    body: { title: 'Iets anders', body: '', theme: 'zorg-regelen', visibility },
  })) as { ref: string };
  const { undo } = (await as('editor', contract.markDuplicate, {
    params,
    body: { original: other.ref },
  })) as { undo: string };
  await settle();
  await as('editor', contract.undoAction, { params: { action: undo } });
  await sweep({ question, answer, appeal: appeals[0] ?? '', decision: decisions[0] ?? '' });
  await as(asker, contract.withdrawQuestion, { params });
  await settle();
  await sweep({ question, answer, appeal: appeals[0] ?? '', decision: decisions[0] ?? '' });
  return { question, token };
}

/** A guest asks without a name, and comes in with the code of the mail. @returns the reference */
async function comeIn(): Promise<string> {
  const asked = await house.call(contract.askAsGuest, null, {
    body: {
      ...GUEST,
      title: `${MARK} van een gast`,
      body: MARK,
      theme: 'zorg-regelen',
      visibility: 'anonymous',
    },
  });
  const { challenge } = ok(asked);
  const [letter] = await settle();
  const code = /\b(\d{6})\b/.exec(letter?.text ?? '')?.[1] ?? '';
  const { question } = ok(await house.call(contract.signIn, null, { body: { challenge, code } }));
  house.clock.advance(7001);
  await settle();
  return question?.ref ?? '';
}

/** Everything that can be read, as everybody but the asker. */
async function sweep(params: Record<string, string>) {
  for (const { contract: op } of house.app.routes) {
    if (op.method !== 'GET') continue;
    for (const [role, guest] of [['visitor', null] as const, ...Object.entries(staff)]) {
      let cookie = {};
      if (guest) {
        const { sessions, db } = house.services;
        const { setCookie } = await sessions.issue(db, guest.personId, { device: 'test' });
        cookie = { cookie: setCookie.split(';')[0] ?? '' };
      }
      const url = urlOf(op, house.wijk.slug, { ...params, member: asker.membershipId });
      const { body } = await house.app.fastify.inject({
        method: 'GET',
        url,
        headers: { host: new URL(ORIGIN).host, ...cookie },
      });
      told.push({ by: `${op.id} ${role}`, body });
    }
  }
}

it('nobody and nothing but the seal can tell who asked without a name', async () => {
  const ofGuest = await comeIn();
  const walks = [await walk('anonymous'), await walk('private')];
  expect(walks.map(({ token }) => typeof token)).toEqual(['string', 'string']);
  expect(told.length).toBeGreaterThan(1000);

  const mine = await rows<{ id: string; ref: string }>(
    'select id, ref from vraagbaak.question where ref = any($1)',
    [[ofGuest, ...walks.map(({ question }) => question)]],
  );
  const ids = mine.map(({ id }) => id);
  const things = [...ids, ...mine.map(({ ref }) => ref), MARK];
  for (const table of [
    'answer',
    'ask_back',
    'flag',
    'moderation_decision',
    'desk_action',
    'promise_event',
  ])
    for (const { id } of await rows<{ id: string }>(
      `select id from vraagbaak.${table} where question_id = any($1)`,
      [ids],
    ))
      things.push(id);
  const [address] = asker.email.split('@');
  const [guest] = await rows<{ person: string; membership: string }>(
    `select p.id as person, m.id as membership from identity.person p
     join identity.membership m on m.person_id = p.id where p.email = $1`,
    [GUEST.email],
  );
  const who = [
    ...[NAME, GUEST.name].flatMap((name) => name.split(' ')),
    ...[address ?? '', asker.membershipId, asker.personId],
    ...[guest?.person ?? '', guest?.membership ?? ''],
  ];
  for (const word of who) expect(word.length).toBeGreaterThan(6);
  const says = (text: string, words: readonly string[]) =>
    words.filter((word) => text.toLowerCase().includes(word.toLowerCase()));

  // the rows: hers name no question, and those of her questions do not name her
  const found = await allRows(String(house.owner.$client.options.connectionString));
  expect(
    found.get('sealed.question_author')?.filter((row) => says(row, who).length > 0),
  ).toHaveLength(3);
  const hers: string[] = [];
  for (const [table, all] of found)
    for (const row of all) {
      if (table === 'sealed.question_author' || says(row, who).length === 0) continue;
      hers.push(table);
      expect([table, row, says(row, things)]).toEqual([table, row, []]);
    }
  expect([...new Set(hers)].sort()).toEqual([
    'identity.membership',
    'identity.person',
    'identity.role_grant',
    'identity.session',
    'identity.sign_in_challenge',
  ]);

  // events: ids of things, and words from lists
  const events = await rows<{ payload: Record<string, string> }>(
    'select payload from kernel.event',
  );
  expect(events.length).toBeGreaterThan(50);
  for (const { payload } of events)
    for (const value of Object.values(payload)) expect(value).toMatch(/^([0-9a-f-]{36}|[a-z-]+)$/);

  // replies and mails: an admin reads who is a member, and not a word of a question with it
  const aboutPeople = /^(listPeople|readPerson|readRoleLog) /;
  for (const { by, body } of told) {
    if (says(body, who).length === 0) continue;
    expect([by, says(body, who)]).toEqual([expect.stringMatching(aboutPeople), expect.anything()]);
    expect([by, says(body, things)]).toEqual([by, []]);
  }

  // hints between processes: one to her pages names her, and says nothing else
  expect(hints.filter((hint) => says(hint, things).length > 0).length).toBeGreaterThan(20);
  const toHer = hints.filter((hint) => says(hint, who).length > 0);
  expect(toHer.length).toBeGreaterThan(5);
  for (const hint of toHer) expect([hint, says(hint, things)]).toEqual([hint, []]);

  // the log: neither she nor a word of hers, whatever its level
  expect(lines.length).toBeGreaterThan(1000);
  expect(lines.filter((line) => says(line, [...who, MARK]).length > 0).slice(0, 3)).toEqual([]);
}, 600_000);
