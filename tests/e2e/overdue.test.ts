import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as contract from '@wijk/contracts';
import { runningEmbedded } from '@wijk/infra/embedded';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { launchBrowser } from '../support/browser.ts';
import { deviceOf, EDITOR } from '../support/desk.ts';
import { mailTo, signIn, visit } from '../support/visitor.ts';

/**
 * Nobody answers. The application's clock is that of the machine, so a day is let pass by putting
 * every moment of the one question a day back; the worker then finds its whole ladder due.
 */

const ASKER = 'els.wagenaar@voorbeeld.example';
const LADDER = [
  'remind-assignee',
  'second-expert',
  'alert-editors',
  'alert-chief-editor',
  'overdue',
];

let app: AppProcess;
let browser: Browser;
let db: pg.Client;

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
  const connections = runningEmbedded(app.dataDir);
  if (!connections) throw new Error('the database is not running');
  db = new pg.Client({ connectionString: connections.ownerUrl() });
  await db.connect();
});

afterAll(async () => {
  await browser?.close();
  await db?.end();
  await app?.dispose();
});

async function letADayPass(ref: string): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    'select id from vraagbaak.question where ref = $1',
    [ref],
  );
  const id = rows[0]?.id ?? '';
  await db.query('begin');
  await db.query(
    `update vraagbaak.promise set started_at = started_at - interval '25 hours',
       warn_at = warn_at - interval '25 hours', due_at = due_at - interval '25 hours'
     where question_id = $1`,
    [id],
  );
  await db.query(
    `update vraagbaak.promise_step set due_at = due_at - interval '25 hours' where question_id = $1`,
    [id],
  );
  await db.query(
    `update vraagbaak.question set submitted_at = submitted_at - interval '25 hours' where id = $1`,
    [id],
  );
  await db.query('commit');
  return id;
}

/** The steps that were taken, in the order in which they were; waits for the last one. */
async function stepsTaken(id: string): Promise<string[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { rows } = await db.query<{ step: string }>(
      `select case kind when 'overdue' then 'overdue' else detail ->> 'step' end as step
       from vraagbaak.promise_event where question_id = $1 and kind in ('step', 'overdue')
       order by at, id`,
      [id],
    );
    if (rows.some(({ step }) => step === 'overdue')) return rows.map(({ step }) => step);
    await pause(200);
  }
  throw new Error('the ladder was not climbed');
}

it('a promise that is missed: the ladder in order, and the page, the desk, the mail and the score say so', async () => {
  const missed = async () => {
    const score = await visit(app.url).call(contract.getScore, {});
    return score.ok ? score.data.weeks.reduce((sum, week) => sum + week.missed, 0) : Number.NaN;
  };
  const before = await missed();
  const editor = await deviceOf(browser, app.url, EDITOR);
  const title = `Wie weet waar de prikpost heen is (${randomUUID().slice(0, 8)})?`;
  const asker = await signIn(app.url, ASKER);
  const body = { title, body: '', theme: 'gezondheid', visibility: 'public' as const };
  const asked = await asker.call(contract.askQuestion, { body, key: randomUUID() });
  if (!asked.ok) throw new Error(asked.problem.code);
  const { ref, slug } = asked.data;

  const id = await letADayPass(ref);
  expect(await stepsTaken(id)).toEqual(LADDER);

  await editor.page.goto(`/vragen/${ref}/${slug}`);
  await editor.page.getByText(/^We beloofden antwoord .* Dat is niet gelukt\./).waitFor();
  await editor.page.goto('/redactie?toon=te-laat');
  await editor.page.locator(`[data-row="${ref}"]`).click();
  await editor.page.getByText('Wat er gebeurde').click();
  const history = editor.page.getByRole('main');
  for (const said of [
    'Wie aan zet is, kreeg een herinnering',
    'Er is een tweede deskundige gezocht',
    'De redactie is gewaarschuwd dat de tijd opraakt',
    'De hoofdredacteur is gewaarschuwd',
    'De beloofde tijd was om',
  ])
    await history.getByText(said).waitFor();
  expect(await mailTo(asker, ASKER, /Dat is ons niet\s+gelukt\.\s+Dat\s+spijt ons/)).toContain(ref);
  expect(await missed()).toBe(before + 1);
  expect(editor.troubles).toEqual([]);
  await editor.context.close();
});
