import * as contract from '@wijk/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Guest, ok } from '../../../../../tests/support/house.ts';
import { openScene, type Scene } from '../../../../../tests/support/moderation.ts';

/**
 * Who asked stays behind the seal through everything that supervision does: held, flagged, hidden,
 * redacted, removed, appealed, restored, in distress. Looked for in every row of every table, in the
 * log and in all that the redactie reads.
 */

let scene: Scene;
let asker: Guest;
const log: string[] = [];

beforeAll(async () => {
  scene = await openScene({ env: { LOG_LEVEL: 'debug' }, log: (line) => log.push(line) });
  asker = await scene.house.guest('Kanarie Verborgen');
});
afterAll(() => scene?.house.close());

/** Where somebody is known anyway: that they are a member, and what they hold themselves. */
const KNOWN = new Set([
  'sealed.question_author',
  'identity.membership',
  'identity.person',
  'identity.role_grant',
  'identity.session',
]);

async function tablesWith(needles: string[]): Promise<string[]> {
  const tables = await scene.rows(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of tables as { name: string }[]) {
    const [schema, table] = name.split('.');
    const rows = await scene.rows(`select t::text as row from "${schema}"."${table}" t`);
    const text = (rows as { row: string }[]).map(({ row }) => row).join('\n');
    if (needles.some((needle) => text.includes(needle))) found.push(name);
  }
  return found;
}

async function wholeStory(visibility: 'anonymous' | 'private'): Promise<string[]> {
  const { house, ask, remove, publish, hide, pane, decisionOf, flag } = scene;
  const read: unknown[] = [];
  const question = await ask(asker, {
    visibility,
    title: `Wie luistert (${visibility})`,
    body: 'Ik zie het niet meer zitten. Bel 06-12345678.',
  });
  const look = async () =>
    read.push(
      await pane(question),
      ok(await house.call(contract.listDesk, scene.noor, { query: { limit: 50 } })),
    );
  if (visibility === 'anonymous')
    for (const who of [scene.henk, scene.joop, scene.anil]) ok(await flag(question, who));
  else ok(await hide(question));
  await look();
  ok(await publish(question));
  ok(
    await house.call(contract.redactQuestion, scene.noor, {
      params: { question },
      body: { title: 'Wie luistert er?', body: 'Help.', reason: 'private-data', message: '' },
    }),
  );
  house.clock.advance(1000);
  ok(await remove(question));
  ok(
    await house.call(contract.makeAppeal, asker, {
      params: { decision: await decisionOf(question, asker) },
      body: { body: 'Ik vraag het echt.' },
    }),
  );
  await look();
  const [appeal] = (await pane(question)).appeals;
  ok(
    await house.call(contract.decideAppeal, scene.johan, {
      params: { question, appeal: appeal?.id ?? '' },
      body: { outcome: 'overturned', reply: 'U hebt gelijk.' },
    }),
  );
  // as the asker may flag what others answer, their flag is one like any other
  const answer = await scene.answer(scene.henk, question).catch(() => null);
  await house.work();
  await look();
  expect(answer === null).toBe(visibility === 'private');
  return read.map((part) => JSON.stringify(part));
}

it.each(['anonymous', 'private'] as const)(
  'the asker of a question that is %s is written down nowhere',
  async (visibility) => {
    const told = await wholeStory(visibility);
    const needles = [asker.membershipId, asker.personId, asker.email, 'Kanarie'];
    const found = await tablesWith(needles);
    expect(found.filter((table) => !KNOWN.has(table))).toEqual([]);
    // the search does find what is there
    expect(found).toContain('sealed.question_author');
    expect(await tablesWith([scene.noor.membershipId])).toContain('vraagbaak.moderation_decision');
    for (const text of [...told, ...log])
      for (const needle of needles) expect(text).not.toContain(needle);
    expect(log.length).toBeGreaterThan(10);
  },
);

it('the events of supervision carry ids of things, never of people', async () => {
  const events = await scene.rows(
    `select distinct type, (select string_agg(k, ',' order by k) from jsonb_object_keys(payload) k) as keys
     from kernel.event where type like 'moderation.%' or type like 'appeal.%'
       or type in ('question.flagged.v1', 'question.urgent.v1') order by type`,
  );
  expect(events).toEqual([
    { type: 'appeal.decided.v1', keys: 'appealId,questionId' },
    { type: 'appeal.made.v1', keys: 'appealId,questionId' },
    { type: 'moderation.decided.v1', keys: 'decisionId,questionId' },
    { type: 'question.flagged.v1', keys: 'flagId,questionId' },
    { type: 'question.urgent.v1', keys: 'questionId' },
  ]);
});
