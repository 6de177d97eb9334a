import { randomUUID } from 'node:crypto';
import type { Contract } from '@wijk/contracts';
import * as contracts from '@wijk/contracts';
import { ensureMembership, grantRole } from '@wijk/db/identity';
import { inTransaction } from '@wijk/db/kernel';
import { ABILITIES, type Audience, ROLES } from '@wijk/domain/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, type House, ORIGIN, ok, openHouse } from '../support/house.ts';
import { CANARY, furnish } from './furnished.ts';
import { bodyOf, urlOf } from './routes.ts';
import { stateOf } from './state.ts';

const WIJK_ROLES = ROLES.filter((role) => role !== 'platform-admin');

let house: House;
/** every role in the first wijk, nothing in the other one */
let here: Guest;
/** every role in the first wijk, and a plain member of the other one */
let both: Guest;
/** every role in the other wijk, nothing in the first one */
let there: Guest;
/** what belongs to the first wijk, by the name of its parameter */
let own: Awaited<ReturnType<typeof furnish>>;

beforeAll(async () => {
  house = await openHouse();
  here = await house.guest(`Alles ${CANARY}`, WIJK_ROLES);
  both = await house.guest('Buur Van Beide', WIJK_ROLES);
  await inTransaction(house.services.db, async (tx) => {
    await ensureMembership(tx, house.other.id, both.personId, house.clock.now());
  });
  there = await house.guest('Buur Van Verderop', WIJK_ROLES, house.other.id);
  own = await furnish(house, here);
}, 300_000);

afterAll(() => house?.close());

/** What belongs to here, for this operation: two kinds of links go by the name of `token`. */
const ofHere = (contract: Contract, change: Record<string, string> = {}) => ({
  ...own.params,
  ...(contract.path.includes('/unsubscribe/') ? { token: own.unsubscribe } : {}),
  ...change,
});

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
    for (const question of [own.params.question, own.private, own.held, own.judged]) {
      for (const { contract } of withIds()) {
        // by any other name it is the same each time
        if (question !== own.params.question && !contract.path.includes('/:question')) continue;
        for (const who of [there, both, null]) {
          const params = ofHere(contract, { question });
          const body = bodyOf(contract, { expert: own.expert, original: own.params.question });
          const response = await knock(contract, who, house.other.slug, { params, body });
          // the pages of a wijk have the same names everywhere: this is the other wijk's own
          const ownPage = contract.path.includes('/pages/:page') ? [200, 409] : [];
          // apps and providers are judged everywhere: these are the other wijk's own criteria
          const ownCriteria = contract.path.includes('/criteria/:subject') ? [200, 422] : [];
          // what nobody said of somebody is an empty list, whoever that is
          const unsaid = ['readProviderReviews', 'readProviderComplaints'].includes(contract.id)
            ? [200]
            : [];
          // a form with a choice in it, and nobody of here among the choices
          const choice = contract.id === 'planDuty' ? [422] : [];
          // deleting twice changes nothing, so neither does deleting what is not there
          const nothing = ['discardPhoto', 'dropAgendaException'].includes(contract.id)
            ? [204]
            : [];
          const allowed = [
            ...choice,
            ...nothing,
            ...ownPage,
            ...ownCriteria,
            ...unsaid,
            ...(who === there ? [404, 410] : [401, 403, 404, 410]),
          ];
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
    expect(new Set(tried).size).toBeGreaterThan(50);
    expect(await stateOf(house, house.wijk.id)).toEqual(before);
  });

  it('assigns to nobody of here', async () => {
    const question = ok(
      await house.call(contracts.askQuestion, both, {
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
    for (const original of [own.params.question, own.private, own.judged]) {
      const duplicate = await knock(contracts.markDuplicate, there, house.other.slug, {
        params: { question },
        body: { original },
      });
      expect([404, 422]).toContain(duplicate.statusCode);
      expect(duplicate.body).not.toContain(CANARY);
    }
    const found = await knock(contracts.findOriginals, there, house.other.slug, {
      params: { question },
      search: `?q=${CANARY}`,
    });
    expect(found.json()).toEqual({ items: [] });
  });

  it("shows nothing of here by a cursor of here, nor by somebody's answer or session there", async () => {
    for (const contract of [
      contracts.listQuestions,
      contracts.listDesk,
      contracts.listNotices,
      contracts.readDeskLog,
      contracts.listPeople,
      contracts.readRoleLog,
    ])
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
      const response = await knock(contract, there, house.wijk.slug, { params: ofHere(contract) });
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
    for (const question of [own.private, own.held]) {
      const read = await knock(contracts.getQuestion, admin, house.wijk.slug, {
        params: { question },
      });
      expect([read.statusCode, read.body.includes(CANARY)]).toEqual([404, false]);
    }
  });

  it('who is no member may set a wijk up, and reads nothing there that a visitor may not', async () => {
    const stranger = await house.platformAdmin('Beheer Van Alles');
    const { platform, actor } = ok(await house.call(contracts.getContext, stranger, {}));
    expect([platform?.name, actor]).toEqual(['Beheer Van Alles', null]);
    ok(await house.call(contracts.getJobs, stranger, {}));
    ok(await house.call(contracts.readSetup, stranger, {}));
    for (const question of [own.private, own.held, own.judged]) {
      const read = (who: Guest | null) =>
        knock(contracts.getQuestion, who, house.wijk.slug, { params: { question } });
      const [theirs, visitors] = [await read(stranger), await read(null)];
      expect([theirs.statusCode, theirs.json().code]).toEqual([
        visitors.statusCode,
        visitors.json().code,
      ]);
      expect([404, 410]).toContain(theirs.statusCode);
    }
    const refs = ok(
      await house.call(contracts.listQuestions, stranger, { query: { limit: 50 } }),
    ).items.map(({ ref }) => ref);
    expect(refs).toContain(own.params.question);
    for (const question of [own.private, own.held, own.judged])
      expect(refs).not.toContain(question);
    for (const { contract, policy } of inAWijk()) {
      if (policy.kind !== 'ability') continue;
      const audiences: readonly Audience[] = ABILITIES[policy.ability];
      if (audiences.includes('visitor') || audiences.includes('platform-admin')) continue;
      const refused = await knock(contract, stranger, house.wijk.slug, {
        params: ofHere(contract),
      });
      expect([contract.id, refused.statusCode]).toEqual([contract.id, 401]);
    }
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
