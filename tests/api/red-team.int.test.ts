import type { Contract } from '@wijk/contracts';
import * as contract from '@wijk/contracts';
import { ABILITIES } from '@wijk/domain/identity';
import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, type House, ORIGIN, ok, openHouse } from '../support/house.ts';
import { queriesOf } from './leak/outputs.ts';
import { bodyOf, urlOf } from './routes.ts';

/**
 * Who asked? Tried by everybody who has a way in. Two houses live through the same day, moment by
 * moment; the only difference is which of two neighbours asked, without a name and in private. Whoever
 * can tell the houses apart has learned who asked. What cannot be prevented stands in decision 22.
 */

type Name = 'anna' | 'bert' | 'cees' | 'editor' | 'chief' | 'admin' | 'expert';
const SPIES = ['visitor', 'cees', 'editor', 'chief', 'admin', 'expert', 'platform'] as const;
type Spy = (typeof SPIES)[number];

interface World {
  house: House;
  people: Record<Name | 'platform', Guest>;
  refs: { open: string; secret: string };
  /** ids and references of this world by what they are in both */
  same: Map<string, string>;
}

const worlds: World[] = [];

async function liveThrough(asks: 'anna' | 'bert'): Promise<World> {
  const house = await openHouse({ env: { STRICT_LIMITS: 'no' } });
  // one after the other, so that chance orders nothing
  const guest: House['guest'] = async (...who) => {
    house.clock.advance(MINUTE_MS);
    return house.guest(...who);
  };
  const people = {
    anna: await guest('Anna Appel'),
    bert: await guest('Bert Banaan'),
    cees: await guest('Cees Citroen'),
    editor: await guest('Eva Redactie', ['editor']),
    chief: await guest('Carla Hoofd', ['chief-editor']),
    admin: await guest('Ada Beheer', ['admin']),
    expert: await guest('Emil Kenner', ['expert']),
    platform: await house.platformAdmin('Piet Platform'),
  };
  // both have a day of their own, so that neither stands out by being silent
  const as = async (who: Guest, op: Contract, input: object = {}) => {
    const outcome = await house.call(op, who, input as never);
    await house.work();
    house.clock.advance(MINUTE_MS);
    return ok(outcome) as never;
  };
  const ask = async (who: Guest, title: string, visibility: string) => {
    const body = { title, body: 'Kan iemand helpen?', theme: 'wonen', visibility };
    const { ref }: { ref: string } = await as(who, contract.askQuestion, { body });
    return ref;
  };
  const named: string[] = [];
  for (const who of [people.anna, people.bert])
    named.push(await ask(who, `Van ${who.name}`, 'public'));
  const open = await ask(people[asks], 'Wie weet dit?', 'anonymous');
  const secret = await ask(people[asks], 'Alleen voor de redactie', 'private');
  const params = { question: open };
  for (const who of [people.anna, people.bert, people.cees])
    await as(who, contract.followQuestion, { params });
  const answer: { id: string } = await as(people.expert, contract.answerQuestion, {
    params,
    body: { body: 'Zo zit het.' },
  });
  await as(people[asks], contract.markHelpful, { params: { ...params, answer: answer.id } });
  await as(people.editor, contract.askBack, {
    params: { question: secret },
    body: { body: 'Waar?' },
  });
  await as(people[asks], contract.replyToAskBack, {
    params: { question: secret },
    body: { body: 'Hier.' },
  });
  await as(people.editor, contract.assignQuestion, {
    params: { question: secret },
    body: { expert: people.expert.membershipId, note: '' },
  });
  await as(people[asks], contract.flagAnswer, {
    params: { ...params, answer: answer.id },
    body: { reason: 'wrong-advice', note: '' },
  });
  await house.work();
  house.clock.advance(HOUR_MS);
  const same = new Map([
    [open, '<open>'],
    [secret, '<secret>'],
    [answer.id, '<answer>'],
    ...named.map((ref, at): [string, string] => [ref, `<named ${at}>`]),
  ]);
  for (const [name, { membershipId, personId }] of Object.entries(people)) {
    if (membershipId) same.set(membershipId, `<member ${name}>`);
    same.set(personId, `<person ${name}>`);
  }
  return { house, people, refs: { open, secret }, same };
}

beforeAll(async () => {
  worlds.push(await liveThrough('anna'), await liveThrough('bert'));
}, 120_000);
afterAll(async () => {
  for (const { house } of worlds) await house.close();
});

// what is left of a limit counts the caller's own requests, by address, and runs on the real clock
const LIMITS = ['x-ratelimit-remaining', 'x-ratelimit-reset', 'retry-after'];
const NOISE = new Set(['date', 'x-request-id', 'content-length', 'set-cookie', ...LIMITS]);

/** A reply as it would be in either house: ids by what they are, the others all the same. */
function plain({ same }: World, text: string): string {
  let all = text;
  for (const [id, name] of same) all = all.replaceAll(id, name);
  return all
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/"[0-9a-f]{16}"/g, '"<session>"')
    .replace(/"ref":"[0-9a-hjkmnp-tv-z]{8}"/g, '"ref":"<ref>"')
    .replace(/"payCode":"[a-hjkmnp-z2-9]{10}"/g, '"payCode":"<code>"')
    .replace(/"nextCursor":"[^"]+"/g, '"nextCursor":"<cursor>"');
}

const cookies = new WeakMap<World, Map<Spy, string>>();

async function request(
  world: World,
  spy: Spy,
  method: string,
  url: string,
  payload?: unknown,
): Promise<{ status: number; text: string; reply: string }> {
  const { house, people } = world;
  const known = cookies.get(world) ?? new Map<Spy, string>();
  cookies.set(world, known);
  if (spy !== 'visitor' && !known.has(spy)) {
    const issued = await house.services.sessions.issue(house.services.db, people[spy].personId, {
      device: 'test',
    });
    known.set(spy, issued.setCookie.split(';')[0] ?? '');
  }
  const cookie = known.get(spy);
  const { statusCode, headers, body } = await house.app.fastify.inject({
    method: method as 'GET',
    url,
    headers: {
      host: new URL(ORIGIN).host,
      origin: ORIGIN,
      'sec-fetch-site': 'same-origin',
      'idempotency-key': '00000000-0000-4000-8000-000000000001',
      ...(cookie ? { cookie } : {}),
    },
    ...(payload === undefined ? {} : { payload: payload as object }),
  });
  const told = Object.entries(headers).filter(([name]) => !NOISE.has(name));
  return {
    status: statusCode,
    text: plain(world, `${statusCode} ${JSON.stringify(told)} ${body}`),
    reply: body,
  };
}

/** Both houses say the same to this question. */
async function indistinguishable(
  spy: Spy,
  method: string,
  url: (world: World) => string,
  payload?: (world: World) => unknown,
): Promise<void> {
  const [one, two] = worlds as [World, World];
  const a = await request(one, spy, method, url(one), payload?.(one));
  const b = await request(two, spy, method, url(two), payload?.(two));
  expect([spy, method, url(one), a.text]).toEqual([spy, method, url(one), b.text]);
}

const reads = () =>
  worlds[0]?.house.app.routes.filter(({ contract: c }) => c.method === 'GET') ?? [];

describe('asking the same in both houses', () => {
  it.each(SPIES)(
    '%s reads everything there is: lists in every order, counts, headers, limits',
    async (spy) => {
      expect(reads().length).toBeGreaterThan(20);
      for (const { contract: op } of reads())
        for (const query of queriesOf(op))
          for (const of of op.path.includes(':question') ? (['open', 'secret'] as const) : [null])
            for (const who of op.path.includes(':member') ? (['anna', 'bert'] as const) : [null])
              await indistinguishable(spy, 'GET', ({ house, people, refs }) => {
                const given = {
                  ...(of ? { question: refs[of] } : {}),
                  ...(who ? { member: people[who].membershipId } : {}),
                };
                const search = new URLSearchParams(query).toString();
                return `${urlOf(op, house.wijk.slug, given)}${search ? `?${search}` : ''}`;
              });
    },
  );

  it.each([
    ['a name', 'Anna'],
    ['a whole name', 'anna appel'],
    ['an address', 'anna.appel@voorbeeld.example'],
    ['a mention', '@Anna'],
  ])('search and completion by %s find nothing of who asked', async (_, words) => {
    for (const { contract: op } of reads())
      for (const query of queriesOf(op)) {
        const [name] = Object.entries(query).find(([, value]) => value === 'wasbeer') ?? [];
        if (!name) continue;
        for (const spy of ['visitor', 'cees', 'editor', 'expert'] as const)
          await indistinguishable(spy, 'GET', ({ house, refs }) => {
            const search = new URLSearchParams({ [name]: words }).toString();
            return `${urlOf(op, house.wijk.slug, { question: refs.open })}?${search}`;
          });
      }
  });

  it('an editor who suspects Anna asks her to answer: she can be asked or not in both', async () => {
    for (const who of ['anna', 'bert'] as const)
      await indistinguishable(
        'editor',
        'PUT',
        ({ house, refs }) =>
          urlOf(contract.assignQuestion, house.wijk.slug, { question: refs.open }),
        ({ people }) => ({ expert: people[who].membershipId, note: '' }),
      );
  });

  it('an editor puts Anna on the roster, or opens the pane again: nothing moves', async () => {
    for (const spy of ['editor', 'chief'] as const)
      for (const of of ['open', 'secret'] as const) {
        const path = ({ house, refs }: World) =>
          urlOf(contract.readDesk, house.wijk.slug, { question: refs[of] });
        await indistinguishable(spy, 'GET', path);
        await indistinguishable(spy, 'GET', path);
      }
  });

  it('a reader asks again and again: no version, tag or count gives the asker away', async () => {
    const [one] = worlds as [World];
    const url = urlOf(contract.getQuestion, one.house.wijk.slug, { question: one.refs.open });
    const before = await request(one, 'visitor', 'GET', url);
    // the asker reads their own side, and an editor looks up who it is
    ok(
      await one.house.call(contract.readOwnSide, one.people.anna, {
        params: { question: one.refs.open },
      }),
    );
    ok(
      await one.house.call(contract.lookUpAsker, one.people.chief, {
        params: { question: one.refs.open },
        body: { reason: 'danger', note: '' },
      }),
    );
    expect(await request(one, 'visitor', 'GET', url)).toEqual(before);
    const two = worlds[1] as World;
    ok(
      await two.house.call(contract.lookUpAsker, two.people.chief, {
        params: { question: two.refs.open },
        body: { reason: 'danger', note: '' },
      }),
    );
  });
});

describe('trying doors', () => {
  const OUTSIDERS = ['visitor', 'cees', 'admin', 'platform'] as const;

  it.each(OUTSIDERS)(
    '%s cannot tell a private question from one that does not exist',
    async (spy) => {
      const [world] = worlds as [World];
      const { house, refs } = world;
      const routes = house.app.routes.filter(({ contract: op }) => op.path.includes(':question'));
      expect(routes.length).toBeGreaterThan(15);
      for (const { contract: op } of routes) {
        const payload = bodyOf(op);
        const answers = [];
        for (const question of [refs.secret, '0000zzzz']) {
          const { reply, status } = await request(
            world,
            spy,
            op.method,
            urlOf(op, house.wijk.slug, { question }),
            payload,
          );
          const { code = '' } = reply ? (JSON.parse(reply) as { code?: string }) : {};
          answers.push([op.id, status, code]);
        }
        expect(answers[0]).toEqual(answers[1]);
      }
    },
  );

  it('my questions, notices, decisions and sessions are those of whoever asks for them', async () => {
    const [{ house, people, refs }] = worlds as [World];
    for (const who of [people.bert, people.cees, people.editor]) {
      const mine = ok(await house.call(contract.listQuestions, who, { query: { show: 'mine' } }));
      expect(mine.items.map(({ ref }) => ref)).not.toContain(refs.open);
      const notices = ok(await house.call(contract.listNotices, who, {}));
      expect(notices.items.filter(({ kind }) => kind === 'asked-back')).toEqual([]);
      expect(ok(await house.call(contract.listMyDecisions, who, {})).items).toEqual([]);
    }
  });

  it('an admin learns the day on which somebody joined, not the moment of their first question', async () => {
    const [world] = worlds as [World];
    const { house, people } = world;
    const guest = await house.call(contract.askAsGuest, null, {
      body: {
        title: 'Ik ben nieuw',
        body: '',
        theme: 'wonen',
        visibility: 'anonymous',
        name: 'Dora Druif',
        email: 'dora@voorbeeld.example',
      },
    });
    expect(guest.ok).toBe(true);
    const late = await house.guest('Dora Druif');
    const moment = house.clock.now().getTime();
    const seen: string[] = [];
    for (const op of [
      contract.listPeople,
      contract.readPerson,
      contract.readRoleLog,
    ] as Contract[]) {
      const outcome = await house.call(op, people.admin, {
        params: { member: late.membershipId } as never,
        query: {} as never,
      });
      seen.push(JSON.stringify(ok(outcome)));
    }
    expect(seen.join()).toContain('Dora Druif');
    expect(seen.join()).not.toContain(new Date(moment).toISOString());
    // nor does the id have the moment in it
    const inId = parseInt(late.membershipId.replaceAll('-', '').slice(0, 12), 16);
    expect(Math.abs(inId - moment)).toBeGreaterThan(HOUR_MS);
    expect(late.membershipId[14]).toBe('4');
  });

  it('ids of questions tell nothing of the moment, and references nothing of each other', async () => {
    const [{ house }] = worlds as [World];
    const { rows } = await house.owner.$client.query<{ id: string; ref: string }>(
      'select id, ref from vraagbaak.question',
    );
    for (const { id } of rows) expect(id[14]).toBe('4');
    expect(new Set(rows.map(({ ref }) => ref.slice(0, 3))).size).toBeGreaterThan(rows.length - 2);
  });

  it('an editor without a reason gets no name, and with one leaves a trace each time', async () => {
    const [{ house, people, refs }] = worlds as [World];
    const count = async () =>
      (await house.owner.$client.query('select 1 from vraagbaak.asker_look')).rowCount ?? 0;
    const before = await count();
    const params = { question: refs.secret };
    const look = (reason: string) =>
      house.call(contract.lookUpAsker, people.editor, {
        params,
        body: { reason, note: '' } as never,
      });
    expect((await look('')).ok).toBe(false);
    expect((await look('other')).ok).toBe(false);
    expect(await count()).toBe(before);
    ok(await look('contact'));
    ok(await look('contact'));
    expect(await count()).toBe(before + 2);
  });

  it('the log of the desk and of roles name no asker, and a look is in neither', async () => {
    const [{ house, people }] = worlds as [World];
    const desk = JSON.stringify(ok(await house.call(contract.readDeskLog, people.editor, {})));
    const roles = JSON.stringify(ok(await house.call(contract.readRoleLog, people.admin, {})));
    for (const name of ['Anna', 'Bert', people.anna.membershipId, people.bert.membershipId])
      expect(desk).not.toContain(name);
    expect(desk).not.toContain('look');
    expect(roles).not.toContain('look');
  });

  it('only who answers for it may look up, list looks or decide: by ability, not by page', () => {
    expect(ABILITIES['vraagbaak.look-up-asker']).toEqual(['editor', 'chief-editor']);
    expect(ABILITIES['vraagbaak.read-looks']).toEqual(['chief-editor', 'admin']);
    expect(ABILITIES['vraagbaak.decide-twin']).toEqual(['member']);
  });
});
