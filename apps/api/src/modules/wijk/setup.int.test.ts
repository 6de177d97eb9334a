import { openCode } from '@wijk/auth';
import * as contracts from '@wijk/contracts';
import { HOUR_MS } from '@wijk/domain/kernel';
import { STARTING_THEMES } from '@wijk/domain/wijk';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';

let house: House;
let roos: Guest;
let sander: Guest;
let buur: Guest;

beforeAll(async () => {
  house = await openHouse();
  roos = await house.guest('Roos Platform', ['platform-admin']);
  sander = await house.guest('Sander Vroom', ['admin']);
  buur = await house.guest('Gewone Buur');
});

afterAll(() => house?.close());

const make = (name: string, slug = '', who = roos) =>
  house.call(contracts.createWijk, who, { body: { name, slug } });
const setupOf = async (wijk: string, who = roos) =>
  ok(await house.call(contracts.readSetup, who, { params: { wijk } }));
const faultsOf = (outcome: Awaited<ReturnType<House['call']>>) =>
  outcome.ok ? [] : outcome.problem.errors.map(({ pointer, code }) => [pointer, code]);

test('a wijk starts closed: it does not exist but for who sets it up', async () => {
  const { slug } = ok(await make('Achter de  Dijk'));
  expect(slug).toBe('achter-de-dijk');
  const params = { wijk: slug };
  const routes = house.app.routes.filter(({ contract }) => contract.path.includes('/:wijk'));
  expect(routes.length).toBeGreaterThan(50);
  for (const who of [null, buur, sander])
    for (const contract of [contracts.getContext, contracts.listQuestions, contracts.readSetup])
      expect(refusal(await house.call(contract, who, { params }))).toBe('404 wijk.not-found');
  expect(
    refusal(await house.call(contracts.requestCode, null, { params, body: { email: 'a@b.nl' } })),
  ).toBe('404 wijk.not-found');
  const context = ok(await house.call(contracts.getContext, roos, { params }));
  expect(context).toMatchObject({
    wijk: { name: 'Achter de Dijk', open: false },
    actor: null,
    platform: { name: 'Roos Platform' },
  });
  expect(context.platform?.abilities).toContain('admin.wijk');
  expect((await setupOf(slug)).themes).toHaveLength(STARTING_THEMES.length);
});

test('a platform admin sets up where they are no member, and is nothing else there', async () => {
  const there = await house.guest('Vrager Daar', [], house.other.id);
  const params = { wijk: house.other.slug };
  const hidden = ok(
    await house.call(contracts.askQuestion, there, {
      params,
      body: { title: 'Een privévraag', body: '', theme: 'wonen', visibility: 'private' },
    }),
  );
  ok(await house.call(contracts.readSetup, roos, { params }));
  ok(await house.call(contracts.listPeople, roos, { params }));
  const statuses = [
    await house.call(contracts.getQuestion, roos, { params: { ...params, question: hidden.ref } }),
    await house.call(contracts.listDesk, roos, { params }),
    await house.call(contracts.listNotices, roos, { params }),
    await house.call(contracts.askQuestion, roos, {
      params,
      body: { title: 'Mag ik vragen?', body: '', theme: 'wonen', visibility: 'public' },
    }),
    await house.call(contracts.listQuestions, roos, { params, query: { show: 'mine' } }),
  ].map(({ status }) => status);
  expect(statuses).toEqual([404, 401, 401, 401, 401]);
  const { rows } = await house.owner.execute(sql`select from identity.membership
    where person_id = ${roos.personId} and wijk_id = ${house.other.id}`);
  expect(rows).toEqual([]);
});

test('only a platform admin makes wijken, and a slug is taken once', async () => {
  expect(refusal(await make('Van Sander', '', sander))).toBe('403 kernel.forbidden');
  ok(await make('Noordkade'));
  expect(faultsOf(await make('Noordkade'))).toEqual([['slug', 'slug-taken']]);
  expect(faultsOf(await make('X', 'Met Spaties'))).toEqual([
    ['name', 'too-short'],
    ['slug', 'not-a-slug'],
  ]);
  const many = await Promise.all([1, 2, 3].map(() => make('Gelijktijdig')));
  expect(many.filter((outcome) => outcome.ok)).toHaveLength(1);
});

test('every step is kept and shows at once, also in this process', async () => {
  const { slug } = ok(await make('Stap voor Stap'));
  const params = { wijk: slug };
  const context = async () => ok(await house.call(contracts.getContext, roos, { params })).wijk;
  const profile = (
    body: Parameters<typeof house.call<typeof contracts.changeProfile>>[2]['body'],
  ) => house.call(contracts.changeProfile, roos, { params, body: body ?? {} });
  ok(await profile({ accent: 'paars', motto: ' Samen  verder ' }));
  ok(await profile({ cbsCodes: ['wk036300', 'BU03630001', 'WK036300'], cbsYear: 2025 }));
  expect(await context()).toMatchObject({ accent: 'paars', motto: 'Samen verder' });
  expect(await setupOf(slug)).toMatchObject({
    cbsCodes: ['WK036300', 'BU03630001'],
    cbsYear: 2025,
    accent: 'paars',
  });
  expect(
    faultsOf(await profile({ cbsCodes: ['WK12'], cbsYear: null, accent: 'roze', name: '' })),
  ).toEqual([
    ['name', 'required'],
    ['accent', 'invalid-choice'],
    ['cbsCodes', 'not-a-cbs-code'],
    ['cbsYear', 'required'],
  ]);

  const { themes } = await setupOf(slug);
  const [first, ...rest] = themes;
  if (!first) throw new Error('no themes');
  const change = (list: { slug: string | null; name: string; retired: boolean }[]) =>
    house.call(contracts.changeThemes, roos, { params, body: { themes: list } });
  ok(
    await change([
      ...rest,
      { ...first, name: 'Gezond leven', retired: true },
      { slug: null, name: 'Één & al natuur', retired: false },
    ]),
  );
  const offered = (await context()).themes.map((theme) => theme.slug);
  expect(offered).not.toContain(first.slug);
  expect(offered.at(-1)).toBe('een-al-natuur');
  expect(faultsOf(await change(rest.slice(1)))).toContainEqual(['themes', 'theme-missing']);
  const params2 = { wijk: house.wijk.slug };
  expect((await setupOf(house.wijk.slug, sander)).themes).toHaveLength(STARTING_THEMES.length);
  expect(refusal(await house.call(contracts.listWijken, sander, { params: params2 }))).toBe(
    '403 kernel.forbidden',
  );
});

test('opening hours, holidays and exceptions are replaced as a whole', async () => {
  const { slug } = ok(await make('Uren en Dagen'));
  const params = { wijk: slug };
  const hours = (opens: string, closes: string) => ({ opens, closes });
  ok(
    await house.call(contracts.changeCalendar, roos, {
      params,
      body: {
        periods: [{ weekday: 2, ...hours('10:00', '12:00') }],
        exceptions: [
          { date: '2026-12-24', label: 'Vroeg dicht', periods: [hours('09:00', '12:00')] },
        ],
      },
    }),
  );
  ok(await house.call(contracts.changeHolidays, roos, { params, body: { closed: ['kings-day'] } }));
  const setup = await setupOf(slug);
  expect(setup.periods).toEqual([{ weekday: 2, ...hours('10:00', '12:00') }]);
  expect(setup.exceptions).toEqual([
    { date: '2026-12-24', label: 'Vroeg dicht', periods: [hours('09:00', '12:00')] },
  ]);
  expect(setup.holidays.filter(({ closed }) => closed).map(({ key }) => key)).toEqual([
    'kings-day',
  ]);
  const wrong = await house.call(contracts.changeCalendar, roos, {
    params,
    body: {
      periods: [
        { weekday: 2, ...hours('10:00', '09:00') },
        { weekday: 8, ...hours('9 uur', '') },
      ],
      exceptions: [{ date: 'morgen', label: '', periods: [] }],
    },
  });
  expect(faultsOf(wrong).map(([pointer]) => pointer)).toEqual([
    'periods.0.closes',
    'periods.1.weekday',
    'periods.1.opens',
    'periods.1.closes',
    'exceptions.0.date',
  ]);
  expect((await setupOf(slug)).periods).toHaveLength(1);
});

test('a new promise is a version of its own; what runs stays as agreed', async () => {
  const params = { wijk: house.wijk.slug };
  const ask = async () =>
    ok(
      await house.call(contracts.askQuestion, buur, {
        body: { title: 'Hoe lang duurt dat?', body: '', theme: 'wonen', visibility: 'public' },
      }),
    );
  const steps = [{ kind: 'overdue' as const, atPercent: 100 }];
  const promise = (termMinutes: number, validFrom?: string) =>
    house.call(contracts.changePromisePolicy, sander, {
      params,
      body: { mode: 'elapsed', termMinutes, steps, ...(validFrom ? { validFrom } : {}) },
    });
  const dueIn = ({ promise: { startedAt, dueAt } }: Awaited<ReturnType<typeof ask>>) =>
    (Date.parse(dueAt) - Date.parse(startedAt)) / HOUR_MS;
  house.clock.advance(1000);
  const before = await ask();
  expect(dueIn(before)).toBe(24);
  ok(await promise(48 * 60));
  expect(dueIn(await ask())).toBe(48);
  const later = new Date(house.clock.now().getTime() + 10 * HOUR_MS).toISOString();
  ok(await promise(72 * 60, later));
  expect(dueIn(await ask())).toBe(48);
  expect((await setupOf(house.wijk.slug, sander)).promise.map(({ version }) => version)).toEqual([
    2, 3,
  ]);
  house.clock.advance(11 * HOUR_MS);
  expect(dueIn(await ask())).toBe(72);
  const { rows } = await house.owner.execute(
    sql`select due_at - started_at = interval '24 hours' as same from vraagbaak.promise p
      join vraagbaak.question q on q.id = p.question_id where q.ref = ${before.ref}`,
  );
  expect(rows).toEqual([{ same: true }]);
  const past = new Date(house.clock.now().getTime() - HOUR_MS).toISOString();
  expect(faultsOf(await promise(60, past))).toEqual([['validFrom', 'in-the-past']]);
  expect(faultsOf(await promise(1))).toEqual([['termMinutes', 'too-small']]);
  const twice = await Promise.all([promise(100), promise(200)]);
  expect(twice.map(({ status }) => status)).toEqual([201, 201]);
});

test('moderation is agreed in versions too, and word lists are kept', async () => {
  const read = async () => ok(await house.call(contracts.readModerationSetup, sander, {}));
  const body = {
    firstQuestion: 'hold' as const,
    autoHideAt: 4,
    questionsPerDay: 5,
    answersPerHour: 6,
    holdLinksFrom: 2,
  };
  ok(await house.call(contracts.changeModeration, sander, { body }));
  expect(await read()).toMatchObject({ ...body, version: 2 });
  const { wijken } = house.services;
  const held = async () => (await wijken.bySlug(house.wijk.slug))?.moderation;
  expect((await held())?.policy).toEqual({ ...body, version: 2 });
  const wrong = { ...body, autoHideAt: 1, questionsPerDay: 0 };
  expect(
    faultsOf(await house.call(contracts.changeModeration, sander, { body: wrong })).map(([p]) => p),
  ).toEqual(expect.arrayContaining(['autoHideAt', 'questionsPerDay']));
  ok(await house.call(contracts.changeWords, sander, { body: { hold: ['gratis geld', ''] } }));
  const { hold, distress } = await read();
  expect(hold).toEqual(['gratis geld']);
  expect(distress.length).toBeGreaterThan(10);
  expect(await held()).toMatchObject({ hold: ['gratis geld'], distress });
  const validFrom = new Date(house.clock.now().getTime() + 5000).toISOString();
  const later = { ...body, autoHideAt: 7, validFrom };
  ok(await house.call(contracts.changeModeration, sander, { body: later }));
  const byId = async () => (await wijken.byId(house.wijk.id))?.moderation.policy.autoHideAt;
  expect([await byId(), (await held())?.policy.autoHideAt]).toEqual([4, 4]);
  house.clock.advance(4999);
  expect([await byId(), (await held())?.policy.autoHideAt]).toEqual([4, 4]);
  // what is planned begins at its moment, however short ago everything was read
  house.clock.advance(1);
  expect(await byId()).toBe(7);
  expect((await held())?.policy.autoHideAt).toBe(7);
});

test('it opens once somebody will look after it, and then the first question is asked', async () => {
  const { slug } = ok(await make('Nieuw Begin'));
  const params = { wijk: slug };
  const open = () => house.call(contracts.openWijk, roos, { params });
  expect((await setupOf(slug)).needs).toEqual(['admin']);
  expect(refusal(await open())).toBe('409 wijk.not-ready');
  const email = 'eerste.beheerder@voorbeeld.example';
  const invited = ok(
    await house.call(contracts.invitePerson, roos, {
      params,
      body: { email, name: 'Eerste Beheerder', title: '', roles: ['admin', 'editor'], themes: [] },
    }),
  );
  // whoever holds the link can sign in before the wijk opens, and nobody else
  const call = async (headers: Record<string, string>, path: string, payload?: object) =>
    house.app.fastify.inject({
      method: payload ? 'POST' : 'GET',
      url: `/api/v1/wijken/${slug}/${path}`,
      headers: { host: 'localhost:3000', origin: 'http://localhost:3000', ...headers },
      ...(payload ? { payload } : {}),
    });
  const link = { 'x-wijk-invitation': invited.id };
  const other = { 'x-wijk-invitation': '00000000-0000-4000-8000-000000000000' };
  expect((await call(other, 'context')).statusCode).toBe(404);
  expect((await call(link, 'context')).statusCode).toBe(200);
  expect((await call(link, 'questions')).statusCode).toBe(404);
  const signIn = async (address: string) => {
    const asked = (await call(link, 'sign-in-codes', { email: address })).json() as {
      challenge: string;
    };
    const { rows } = await house.owner.execute<{ params: { code: string } }>(
      sql`select params from notifications.mail where params->>'challenge' = ${asked.challenge}`,
    );
    const code = openCode(house.services.secret, asked.challenge, rows[0]?.params.code ?? '');
    return call(link, 'sessions', { challenge: asked.challenge, code });
  };
  const stranger = await signIn('iemand.anders@voorbeeld.example');
  expect([stranger.statusCode, stranger.json().code]).toEqual([403, 'identity.wijk-not-open']);
  expect((await signIn(email)).json().actor.roles.sort()).toEqual(['admin', 'editor', 'resident']);
  // they come back later by the same link
  expect((await call(link, 'context')).statusCode).toBe(200);

  ok(await open());
  ok(await open());
  const id = (await house.services.wijken.bySlug(slug))?.id ?? '';
  const asker = await house.guest('Eerste Vrager', [], id);
  const editor = await house.guest('Eerste Redacteur', ['editor'], id);
  const { ref } = ok(
    await house.call(contracts.askQuestion, asker, {
      params,
      body: { title: 'Wie begint er?', body: '', theme: 'wonen', visibility: 'public' },
    }),
  );
  ok(
    await house.call(contracts.answerQuestion, editor, {
      params: { ...params, question: ref },
      body: { body: 'Wij allemaal.' },
    }),
  );
  const seen = ok(
    await house.call(contracts.getQuestion, null, { params: { ...params, question: ref } }),
  );
  expect(seen).toMatchObject({ status: 'answered', promise: { state: 'kept' } });
});

test('a text of the wijk has versions, and of two who write at once one is told', async () => {
  const params = { page: 'huisregels' as const };
  const write = (body: string, basedOn: number) =>
    house.call(contracts.changeOwnPage, sander, { params, body: { body, basedOn } });
  const shown = async (wijk = house.wijk.slug) =>
    ok(await house.call(contracts.readOwnPage, null, { params: { ...params, wijk } }));
  expect(await shown()).toMatchObject({ version: 0, at: null });
  expect((await shown()).body).toContain('Op VraagBaak Elzenhof helpen we elkaar');
  const outcomes = await Promise.all([write('## Een\n\nVan {wijk}', 0), write('## Twee', 0)]);
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.filter((o) => !o.ok).map(refusal)).toEqual(['409 wijk.page-changed']);
  // long after the other one, too
  expect(refusal(await write('## Drie', 0))).toBe('409 wijk.page-changed');
  ok(await write('Van {wijk}, {stichting}', 1));
  expect((await shown()).body).toBe('Van Elzenhof, [nog in te vullen: stichting]');
  const restore = await house.call(contracts.restoreOwnPage, sander, {
    params,
    body: { version: 0, basedOn: 2 },
  });
  expect(ok(restore).version).toBe(3);
  expect((await shown()).body).toContain('helpen we elkaar');
  const edit = ok(await house.call(contracts.editOwnPage, sander, { params }));
  expect(edit.versions.map(({ version, by }) => [version, by])).toEqual([
    [3, 'Sander Vroom'],
    [2, 'Sander Vroom'],
    [1, 'Sander Vroom'],
    [0, null],
  ]);
  expect(await shown(house.other.slug)).toMatchObject({ version: 0 });
});
