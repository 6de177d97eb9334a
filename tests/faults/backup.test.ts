import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as contract from '@wijk/contracts';
import { runningEmbedded, startEmbedded } from '@wijk/infra/embedded';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { launchBrowser } from '../support/browser.ts';
import { makeOwnedDatabase } from '../support/database.ts';
import { deviceOf, EDITOR } from '../support/desk.ts';
import { allRows, differences } from '../support/rows.ts';
import { removeDataDir, tempDataDir } from '../support/temp-dir.ts';
import { mailTo, signIn } from '../support/visitor.ts';

/**
 * The drill of docs/operations.md: a wijk is backed up and put back in a new embedded database and in
 * one on a server of one's own, and the application goes on there where it was.
 */
const main = fileURLToPath(new URL('../../infra/cli/main.ts', import.meta.url));
const ENV = { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'warn' };
const undo: (() => Promise<unknown>)[] = [];
const folder = mkdtempSync(join(tmpdir(), 'wijk-drill-'));
const archive = join(folder, 'wijk.tar');
let original: Map<string, string[]>;

async function cli(env: Record<string, string>, ...words: string[]) {
  const child = spawn(process.execPath, [main, ...words], { env: { ...process.env, ...env } });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, said: said.join('').trim() };
}

async function query<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

const newFolder = () => {
  const dataDir = tempDataDir();
  undo.push(() => removeDataDir(dataDir));
  return dataDir;
};

/** The rows of a data folder whose application has stopped. */
async function rowsOf(dataDir: string): Promise<Map<string, string[]>> {
  const database = await startEmbedded({ dataDir, log: () => undefined, supervise: false });
  try {
    return await allRows(database.ownerUrl());
  } finally {
    await database.stop();
  }
}

/** Somebody signs in, reads a question, answers another; the worker does what is due. */
async function expectAlive(app: AppProcess, ownerUrl: string): Promise<void> {
  const editor = await signIn(app.url, 'noor.vanderhorst@voorbeeld.example');
  const [open] = await query<{ ref: string; slug: string; title: string; id: string }>(
    ownerUrl,
    `SELECT q.ref, q.slug, q.title, q.id FROM vraagbaak.question q JOIN vraagbaak.promise p
       ON p.wijk_id = q.wijk_id AND p.question_id = q.id
     WHERE q.status = 'open' AND q.moderation = 'shown' AND q.answer_count = 0 AND q.visibility = 'public'
       AND p.frozen_outcome IS NULL ORDER BY q.submitted_at DESC LIMIT 1`,
  );
  if (!open) throw new Error('no open question');
  const page = await fetch(`${app.url}/w/elzenhof/vragen/${open.ref}/${open.slug}`);
  expect({ status: page.status, text: await page.text() }).toMatchObject({
    status: 200,
    text: expect.stringContaining(open.title),
  });
  const answered = await editor.call(contract.answerQuestion, {
    params: { question: open.ref },
    body: { body: 'Dat kan in De Kruik, elke donderdag.' },
    key: randomUUID(),
  });
  expect(answered.ok).toBe(true);
  const [asker] = await query<{ email: string }>(
    ownerUrl,
    `SELECT p.email FROM sealed.question_author a JOIN identity.membership m ON m.id = a.membership_id
     JOIN identity.person p ON p.id = m.person_id WHERE a.question_id = '${open.id}'`,
  );
  // only the sealed table knows where this mail goes
  await mailTo(editor, asker?.email ?? '', /elke donderdag|antwoord/);
  const until = Date.now() + 30_000;
  const steps = () =>
    query(
      ownerUrl,
      `SELECT s.kind FROM vraagbaak.promise_step s JOIN vraagbaak.promise p USING (wijk_id, question_id)
       WHERE s.done_at IS NULL AND s.due_at < now() AND p.kept_at IS NULL AND p.cancelled_at IS NULL
         AND p.paused_at IS NULL`,
    );
  while ((await steps()).length > 0) {
    if (Date.now() > until) throw new Error('the worker does not run the ladder');
    await pause(50);
  }
  expect(
    await query(
      ownerUrl,
      `SELECT count(*)::int AS n FROM kernel.event WHERE type = 'promise.step-reached.v1'`,
    ),
  ).toEqual([{ n: 1 }]);
}

/** What the redactie sees the morning after: its desk with the questions on it, one of them opened. */
async function expectMorning(app: AppProcess): Promise<void> {
  const browser = await launchBrowser();
  try {
    const { page, troubles } = await deviceOf(browser, app.url, EDITOR);
    await page.goto('/redactie', { waitUntil: 'networkidle' });
    const row = page.locator('[data-row]').first();
    const ref = await row.getAttribute('data-row');
    await row.click();
    await page.waitForURL((url) => url.href.includes(ref ?? 'no question'));
    await page.locator('[data-pane]').first().waitFor();
    expect(troubles).toEqual([]);
  } finally {
    await browser.close();
  }
}

/** One step of the ladder is due when the application starts. */
const makeStepDue = (ownerUrl: string) =>
  query(
    ownerUrl,
    `UPDATE vraagbaak.promise_step SET due_at = now() - interval '1 minute'
     WHERE (wijk_id, question_id, kind) = (SELECT s.wijk_id, s.question_id, s.kind
       FROM vraagbaak.promise_step s JOIN vraagbaak.promise p USING (wijk_id, question_id)
       WHERE s.done_at IS NULL AND p.kept_at IS NULL AND p.cancelled_at IS NULL AND p.paused_at IS NULL
         AND s.kind <> 'overdue' AND s.due_at > now() ORDER BY s.due_at DESC LIMIT 1)`,
  );

beforeAll(async () => {
  const app = await startApp({ env: ENV });
  undo.push(() => app.dispose());
  const { dataDir } = app;
  const made = await cli({ WIJK_DATA_DIR: dataDir }, 'backup', join(folder, 'running.tar'));
  expect(made).toMatchObject({ code: 0, said: expect.stringMatching(/^Backed up \d+ rows of/) });
  const beside = await cli(
    { WIJK_DATA_DIR: dataDir },
    'restore',
    join(folder, 'running.tar'),
    '--replace',
  );
  expect(beside).toMatchObject({
    code: 1,
    said: expect.stringMatching(/is running on .*; stop it first\.$/),
  });
  await app.stop();
  original = await rowsOf(dataDir);
  expect(await cli({ WIJK_DATA_DIR: dataDir }, 'backup', archive)).toMatchObject({ code: 0 });
  const again = await cli({ WIJK_DATA_DIR: dataDir }, 'restore', archive);
  expect(again).toMatchObject({
    code: 1,
    said: expect.stringMatching(/^[^\n]*holds data already[^\n]*$/),
  });
});

afterAll(async () => {
  for (const step of undo.reverse()) await step();
  rmSync(folder, { recursive: true, force: true });
});

it('goes on in a new embedded database, with every row as it was', async () => {
  const dataDir = newFolder();
  const done = await cli({ WIJK_DATA_DIR: dataDir }, 'restore', archive);
  expect(done).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^Put back \d+ rows .*compared\.$/),
  });
  expect(differences(original, await rowsOf(dataDir))).toEqual([]);
  expect(await cli({ WIJK_DATA_DIR: dataDir }, 'ledger', 'verify')).toMatchObject({ code: 0 });
  const app = await startApp({ env: ENV, dataDir });
  try {
    const ownerUrl = runningEmbedded(dataDir)?.ownerUrl() ?? '';
    await makeStepDue(ownerUrl);
    await expectAlive(app, ownerUrl);
    await expectMorning(app);
  } finally {
    await app.stop();
  }
});

it('goes on in a database of one’s own, whose owner is no superuser', async () => {
  const dataDir = newFolder();
  const server = await startEmbedded({ dataDir, log: () => undefined, supervise: false });
  undo.push(() => server.stop());
  await query(server.ownerUrl('postgres'), 'CREATE ROLE wijk_sealed; CREATE ROLE wijk_ledger');
  const owner = new URL(server.ownerUrl('drill'));
  owner.username = 'drill_owner';
  await makeOwnedDatabase(server.ownerUrl('postgres'), 'drill', owner);
  const urls = { DATABASE_OWNER_URL: owner.href, DATABASE_URL: server.appUrl('drill') };
  expect(await cli(urls, 'restore', archive)).toMatchObject({ code: 0 });
  expect(differences(original, await allRows(owner.href))).toEqual([]);
  expect(await cli(urls, 'ledger', 'verify')).toMatchObject({ code: 0 });
  await makeStepDue(owner.href);
  const app = await startApp({ env: { ...ENV, ...urls, WIJK_SECRET: 'w'.repeat(40) } });
  try {
    await expectAlive(app, owner.href);
    const beside = await cli(urls, 'restore', archive, '--replace');
    expect(beside).toMatchObject({ code: 1, said: expect.stringMatching(/stop it first/) });
  } finally {
    await app.dispose();
  }
  const back = join(folder, 'back.tar');
  expect(await cli(urls, 'backup', back)).toMatchObject({ code: 0 });
  expect(statSync(back).mode & 0o777).toBe(0o600);
});

it('is refused in one sentence when it is no archive', async () => {
  const path = join(folder, 'text.tar');
  writeFileSync(path, 'no archive');
  const dataDir = newFolder();
  for (const words of [
    ['restore', path],
    ['restore', join(folder, 'none.tar')],
  ])
    expect(await cli({ WIJK_DATA_DIR: dataDir }, ...words)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^(The archive .* is damaged|There is no archive )[^\n]*$/),
    });
});
