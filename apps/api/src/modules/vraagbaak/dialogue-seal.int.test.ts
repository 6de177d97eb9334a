import * as contract from '@wijk/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Guest, ok } from '../../../../../tests/support/house.ts';
import { openScene, type Scene } from '../../../../../tests/support/moderation.ts';

/** Who asked stays behind the seal while they take part in the dialogue about their question. */

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

it.each(['anonymous', 'private'] as const)(
  'the asker of a question that is %s comments, edits, names, is named, flagged, judged: written down nowhere',
  async (visibility) => {
    const { house, noor, johan, esra } = scene;
    const question = await scene.ask(asker, { visibility });
    const answer = await scene.answer(noor, question, 'Dag @vragensteller, dit is het.');
    const params = { question, answer };
    const body = { body: 'Dank @Noor, maar @vragensteller wil meer weten.' };
    const { id: comment } = ok(await house.call(contract.addComment, asker, { params, body }));
    const of = { question, comment };
    const one = ok(await house.call(contract.getComment, asker, { params: of }));
    house.clock.advance(1000);
    ok(
      await house.call(contract.editComment, asker, {
        params: of,
        body: { body: 'Dank @Noor van der Horst. Wat kost het?', version: one.at },
      }),
    );
    ok(
      await house.call(contract.addComment, noor, {
        params,
        body: { body: '@vragensteller niets' },
      }),
    );
    ok(await house.call(contract.markHelpful, asker, { params }));
    ok(
      await house.call(contract.flagComment, johan, {
        params: of,
        body: { reason: 'spam', note: '' },
      }),
    );
    house.clock.advance(1000);
    ok(
      await house.call(contract.hideComment, noor, {
        params: of,
        body: { reason: 'off-topic', message: '' },
      }),
    );
    const read: unknown[] = [await scene.pane(question)];
    ok(
      await house.call(contract.makeAppeal, asker, {
        params: { decision: await scene.decisionOf(question, asker) },
        body: { body: 'Dat hoort er wel bij.' },
      }),
    );
    const appeal = (await scene.pane(question)).appeals[0]?.id ?? '';
    ok(
      await house.call(contract.decideAppeal, johan, {
        params: { question, appeal },
        body: { outcome: 'overturned', reply: 'U hebt gelijk.' },
      }),
    );
    await house.work();
    for (const who of [noor, johan, ...(visibility === 'anonymous' ? [esra, null] : [])])
      read.push(
        await scene.page(question, who),
        ok(await house.call(contract.listComments, who, { params, query: {} })),
        ok(await house.call(contract.getComment, who, { params: of })),
        ok(await house.call(contract.listCommentTexts, who, { params: of })),
      );
    read.push(
      await scene.pane(question),
      ok(await house.call(contract.listNotices, noor, { query: {} })),
    );
    // told as the asker of this question
    const mine = ok(await house.call(contract.listNotices, asker, { query: {} })).items;
    expect(mine.map(({ kind }) => kind)).toContain('mention');

    const needles = [asker.membershipId, asker.personId, asker.email, 'Kanarie'];
    const found = await tablesWith(needles);
    expect(found.filter((table) => !KNOWN.has(table))).toEqual([]);
    // the search does find what is there
    expect(found).toContain('sealed.question_author');
    expect(await tablesWith([noor.membershipId])).toContain('vraagbaak.mention');
    for (const text of [...read.map((part) => JSON.stringify(part)), ...log])
      for (const needle of needles) expect(text).not.toContain(needle);
    expect(log.length).toBeGreaterThan(10);
  },
);

it('the events of the dialogue carry ids of things, never of people', async () => {
  const events = await scene.rows(
    `select distinct type, (select string_agg(k, ',' order by k) from jsonb_object_keys(payload) k) as keys
     from kernel.event where type like 'comment.%' or type = 'answer.edited.v1' order by type`,
  );
  expect(events).toEqual([
    { type: 'answer.edited.v1', keys: 'answerId,questionId' },
    { type: 'comment.published.v1', keys: 'answerId,commentId,questionId' },
  ]);
});
