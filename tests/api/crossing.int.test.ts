import { randomUUID } from 'node:crypto';
import type { Contract } from '@wijk/contracts';
import * as contracts from '@wijk/contracts';
import { ensureMembership, grantRole } from '@wijk/db/identity';
import { inTransaction } from '@wijk/db/kernel';
import { ABILITIES, type Audience, ROLES } from '@wijk/domain/identity';
import { HOUR_MS } from '@wijk/domain/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signAnswerLink } from '../../apps/api/src/modules/vraagbaak/index.ts';
import { type Guest, type House, ORIGIN, ok, openHouse } from '../support/house.ts';
import { bodyOf, urlOf } from './routes.ts';
import { stateOf } from './state.ts';

/** Stands in every text and name of the first wijk, and nowhere in the other one. */
const CANARY = 'Kanarievogel';
const WIJK_ROLES = ROLES.filter((role) => role !== 'platform-admin');

let house: House;
/** every role in the first wijk, nothing in the other one */
let here: Guest;
/** every role in the first wijk, and a plain member of the other one */
let both: Guest;
/** every role in the other wijk, nothing in the first one */
let there: Guest;
/** what belongs to the first wijk, by the name of its parameter */
let own: { params: Record<string, string>; cursors: string[]; expert: string; private: string };

beforeAll(async () => {
  house = await openHouse();
  here = await house.guest(`Alles ${CANARY}`, WIJK_ROLES);
  both = await house.guest('Buur Van Beide', WIJK_ROLES);
  await inTransaction(house.services.db, async (tx) => {
    await ensureMembership(tx, house.other.id, both.personId, house.clock.now());
  });
  there = await house.guest('Buur Van Verderop', WIJK_ROLES, house.other.id);
  own = await furnish();
}, 60_000);

afterAll(() => house?.close());

/** Questions, an answer, an assignment with its link, a desk action, notices and a dead letter. */
async function furnish() {
  const asker = await house.guest(`Vrager ${CANARY}`);
  const expert = await house.guest(`Kenner ${CANARY}`, ['expert']);
  const ask = async (visibility: 'public' | 'private', title = `Vraag ${CANARY}`) =>
    ok(
      await house.call(contracts.askQuestion, asker, {
        body: { title, body: `Tekst ${CANARY}`, theme: 'zorg-regelen', visibility },
      }),
    ).ref;
  const question = await ask('public');
  const hidden = await ask('private');
  for (let i = 0; i < 3; i += 1) await ask('public', `Nog een ${CANARY} ${i}`);
  const params = { question };
  const answer = ok(
    await house.call(contracts.answerQuestion, asker, { params, body: { body: `Zelf ${CANARY}` } }),
  );
  house.clock.advance(1000);
  ok(await house.call(contracts.claimQuestion, here, { params }));
  const assigned = ok(
    await house.call(contracts.assignQuestion, here, {
      params,
      body: { expert: expert.membershipId, note: CANARY },
    }),
  );
  const saved = ok(
    await house.call(contracts.createSavedAnswer, here, {
      body: { title: `Bewaard ${CANARY}`, body: CANARY, use: 'answer', theme: null },
    }),
  );
  house.clock.advance(21 * HOUR_MS);
  await house.work();
  const duty = { date: '2026-11-20', member: here.membershipId };
  ok(await house.call(contracts.planDuty, here, { params: duty }));
  const { rows: links } = await house.owner.$client.query<{ id: string }>(
    'select id from vraagbaak.assignment where wijk_id = $1',
    [house.wijk.id],
  );
  const { rows: letters } = await house.owner.$client.query<{ id: string }>(
    `update kernel.delivery set status = 'dead', last_error = $2 where wijk_id = $1 returning id`,
    [house.wijk.id, CANARY],
  );
  const { rows: sessions } = await house.owner.$client.query<{ id: string }>(
    'select left(id, 16) as id from identity.session where person_id = $1',
    [here.personId],
  );
  const firstPage = { limit: 1 };
  const cursors = [
    ok(await house.call(contracts.listQuestions, null, { query: firstPage })).nextCursor,
    ok(await house.call(contracts.listDesk, here, { query: firstPage })).nextCursor,
    ok(await house.call(contracts.listNotices, here, { query: firstPage })).nextCursor,
    ok(await house.call(contracts.readDeskLog, here, { query: firstPage })).nextCursor,
  ];
  for (const cursor of cursors) expect(cursor).toEqual(expect.any(String));
  return {
    params: {
      question,
      answer: answer.id,
      action: assigned.undo ?? '',
      letter: letters[0]?.id ?? '',
      session: sessions[0]?.id ?? '',
      token: signAnswerLink(house.services.secret, {
        wijkId: house.wijk.id,
        assignmentId: links[0]?.id ?? '',
      }),
      mail: randomUUID(),
      saved: saved.id,
      ...duty,
    },
    cursors: cursors.map(String),
    expert: expert.membershipId,
    private: hidden,
  };
}

async function knock(
  contract: Contract,
  who: Guest | null,
  wijk: string,
  given: { params?: Record<string, string>; search?: string; body?: unknown } = {},
) {
  const headers: Record<string, string> = {
    host: new URL(ORIGIN).host,
    origin: ORIGIN,
    'idempotency-key': randomUUID(),
  };
  if (who) {
    const { sessions, db } = house.services;
    const { setCookie } = await sessions.issue(db, who.personId, { device: 'test' });
    headers.cookie = setCookie.split(';')[0] ?? '';
  }
  const body = 'body' in given ? given.body : bodyOf(contract);
  return house.app.fastify.inject({
    method: contract.method as 'GET',
    url: urlOf(contract, wijk, given.params) + (given.search ?? ''),
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { payload: JSON.stringify(body) } : {}),
  });
}

const inAWijk = () => house.app.routes.filter(({ contract }) => contract.path.includes('/:wijk'));
const withIds = () => inAWijk().filter(({ contract }) => /:(?!wijk\b)[a-z]+/.test(contract.path));

describe('the other wijk', () => {
  it('takes somebody with every role here for a visitor', async () => {
    for (const { contract, policy } of inAWijk()) {
      const [theirs, visitors] = [
        await knock(contract, here, house.other.slug),
        await knock(contract, null, house.other.slug),
      ];
      expect([contract.id, theirs.statusCode]).toEqual([contract.id, visitors.statusCode]);
      const open =
        policy.kind !== 'ability' ||
        (ABILITIES[policy.ability] as readonly Audience[]).includes('visitor');
      if (!open) expect([contract.id, theirs.statusCode]).toEqual([contract.id, 401]);
      expect(theirs.body).not.toContain(CANARY);
    }
  });

  it('takes a plain member with every role here for a plain member', async () => {
    for (const { contract, policy } of inAWijk()) {
      if (policy.kind !== 'ability' || contract.id === 'changeMyName') continue;
      const audiences: readonly Audience[] = ABILITIES[policy.ability];
      const lets = audiences.includes('visitor') || audiences.includes('member');
      const response = await knock(contract, both, house.other.slug);
      const { code } = response.body.startsWith('{') ? response.json() : { code: undefined };
      expect([contract.id, code === 'kernel.forbidden']).toEqual([contract.id, !lets]);
    }
    const context = ok(
      await house.call(contracts.getContext, both, { params: { wijk: house.other.slug } }),
    );
    expect(context.actor?.roles).toEqual(['resident']);
  });

  it('knows nothing by an id, reference or token of here, and changes nothing here', async () => {
    const before = await stateOf(house, house.wijk.id);
    const tried: string[] = [];
    for (const question of [own.params.question, own.private]) {
      for (const { contract } of withIds()) {
        for (const who of [there, both, null]) {
          const params = { ...own.params, question: question ?? '' };
          const body = bodyOf(contract, { expert: own.expert });
          const response = await knock(contract, who, house.other.slug, { params, body });
          const allowed = who === there ? [404, 410] : [401, 403, 404, 410];
          expect([contract.id, allowed.includes(response.statusCode), response.body]).toEqual([
            contract.id,
            true,
            response.body,
          ]);
          expect(response.body).not.toContain(CANARY);
          tried.push(contract.id);
        }
      }
    }
    expect(new Set(tried).size).toBeGreaterThan(18);
    expect(await stateOf(house, house.wijk.id)).toEqual(before);
  });

  it('assigns to nobody of here', async () => {
    const question = ok(
      await house.call(contracts.askQuestion, there, {
        params: { wijk: house.other.slug },
        body: {
          title: 'Vraag van verderop',
          body: '',
          theme: 'zorg-regelen',
          visibility: 'public',
        },
      }),
    ).ref;
    const response = await knock(contracts.assignQuestion, there, house.other.slug, {
      params: { question },
      body: { expert: own.expert, note: '' },
    });
    expect([response.statusCode, response.body.includes(CANARY)]).toEqual([422, false]);
  });

  it("shows nothing of here by a cursor of here, nor by somebody's answer or session there", async () => {
    for (const contract of [contracts.listQuestions, contracts.listDesk, contracts.listNotices])
      for (const cursor of own.cursors) {
        const response = await knock(contract, there, house.other.slug, {
          search: `?cursor=${cursor}`,
        });
        expect([200, 422]).toContain(response.statusCode);
        expect(response.body).not.toContain(CANARY);
      }
    for (const contract of [contracts.getScore, contracts.getJobs, contracts.listSessions]) {
      const response = await knock(contract, there, house.other.slug);
      expect([contract.id, response.statusCode, response.body.includes(CANARY)]).toEqual([
        contract.id,
        200,
        false,
      ]);
    }
    const jobs = ok(
      await house.call(contracts.getJobs, there, { params: { wijk: house.other.slug } }),
    );
    expect(jobs.deadLetters).toEqual([]);
  });

  it('gives its own people nothing to do here', async () => {
    for (const { contract, policy } of inAWijk()) {
      if (policy.kind !== 'ability') continue;
      const audiences: readonly Audience[] = ABILITIES[policy.ability];
      if (audiences.includes('visitor')) continue;
      const response = await knock(contract, there, house.wijk.slug, { params: own.params });
      expect([contract.id, response.statusCode]).toEqual([contract.id, 401]);
    }
    const hidden = await knock(contracts.getQuestion, there, house.wijk.slug, {
      params: { question: own.private },
    });
    expect([hidden.statusCode, hidden.body.includes(CANARY)]).toEqual([404, false]);
  });

  it('does not take a code that was asked for here', async () => {
    const { challenge } = ok(
      await house.call(contracts.requestCode, null, { body: { email: here.email } }),
    );
    for (const body of [
      { challenge, code: '000000' },
      { email: here.email, code: '000000' },
    ]) {
      const response = await knock(contracts.signIn, null, house.other.slug, { body });
      expect([410, 422]).toContain(response.statusCode);
    }
    const { rows } = await house.owner.$client.query(
      'select attempts, attempts_elsewhere from identity.sign_in_challenge where id = $1',
      [challenge],
    );
    expect(rows).toEqual([{ attempts: 0, attempts_elsewhere: 0 }]);
  });
});

describe('a platform admin', () => {
  it('has the work of every wijk before them of which they are a member', async () => {
    const admin = await house.guest('Beheer Der Beheren', ['platform-admin']);
    await inTransaction(house.services.db, async (tx) => {
      await ensureMembership(tx, house.other.id, admin.personId, house.clock.now());
    });
    for (const { slug } of [house.wijk, house.other])
      ok(await house.call(contracts.getJobs, admin, { params: { wijk: slug } }));
    const desk = await knock(contracts.listDesk, admin, house.other.slug);
    expect(desk.statusCode).toBe(403);
  });

  it('is one by a grant without a wijk only: a grant in one wijk is worth that wijk', async () => {
    const clerk = await house.guest('Beheer Van Hier', ['admin']);
    await inTransaction(house.services.db, async (tx) => {
      await ensureMembership(tx, house.other.id, clerk.personId, house.clock.now());
      await grantRole(
        tx,
        { wijkId: house.wijk.id, personId: clerk.personId, role: 'editor', grantedBy: null },
        house.clock.now(),
      );
    });
    const statuses = async (contract: Contract) => [
      (await knock(contract, clerk, house.wijk.slug)).statusCode,
      (await knock(contract, clerk, house.other.slug)).statusCode,
    ];
    expect(await statuses(contracts.getJobs)).toEqual([200, 403]);
    expect(await statuses(contracts.listDesk)).toEqual([200, 403]);
  });
});
