import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await database.drop();
});

test('help names every command, for all and for one', async () => {
  const all = await wijk('--help');
  expect(all).toMatchObject({ code: 0, errors: '' });
  for (const name of ['migrate', 'seed', 'grant-role', 'jobs status', 'backup', 'restore'])
    expect(all.output).toContain(name);
  expect((await wijk('grant-role', '--help')).output).toContain('platform-admin');
});

test.each([
  [['fly']],
  [['grant-role', 'elzenhof']],
  [['create-wijk', 'Oude Veiling', 'Met een spatie']],
  [['jobs', 'stop']],
  [['migrate', '--force']],
  [['migrate', '--replace']],
  [['backup', '--keep', 'none']],
  [['backup', 'one', 'two']],
  [['backup', main, '--keep', '3']],
  [['restore']],
  [['questions', 'export']],
  [['questions', 'export', '--wijk', 'elzenhof', '--dry-run']],
  [['questions', 'import', '--wijk', 'elzenhof', 'nergens.jsonl']],
  [['questions', 'import', '--wijk', 'elzenhof', '--source', 'oud', 'nergens.jsonl']],
  [['restore', 'nergens.tar']],
  [['restore', '--keep', '3', 'nergens.tar']],
  [['grant-role', 'elzenhof', 'iemand@voorbeeld.nl', 'king']],
  [['grant-role', 'elzenhof', 'nobody', 'editor']],
])('%j is refused in one sentence', async (words) => {
  const { code, output, errors } = await wijk(...words);
  expect({ code, output }).toEqual({ code: 1, output: '' });
  expect(errors.trim()).toMatch(/^[^\n]+$/);
});

test('an unreachable database is one sentence', async () => {
  const { code, errors } = await run(
    { DATABASE_OWNER_URL: 'postgres://127.0.0.1:1/none' },
    'migrate',
  );
  expect(code).toBe(1);
  expect(errors.trim()).toMatch(/^The database cannot be reached: [^\n]+$/);
});

describe('on a seeded wijk', () => {
  test('migrate, seed and seed again', async () => {
    expect(await wijk('migrate')).toMatchObject({ code: 0 });
    expect(await wijk('seed')).toMatchObject({ code: 0 });
    const before = await rows('SELECT count(*) FROM vraagbaak.question');
    expect(await wijk('seed')).toMatchObject({ code: 0 });
    expect(await rows('SELECT count(*) FROM vraagbaak.question')).toEqual(before);
  });

  test('a role is granted to somebody new, once', async () => {
    const words = ['grant-role', 'elzenhof', 'Nieuw@Voorbeeld.nl', 'admin'];
    expect(await wijk(...words)).toMatchObject({ code: 0 });
    expect(await wijk(...words)).toMatchObject({ code: 0 });
    const held =
      await rows(`SELECT g.role FROM identity.role_grant g JOIN identity.person p ON p.id = g.person_id
      WHERE p.email = 'nieuw@voorbeeld.nl' ORDER BY g.role`);
    expect(held).toEqual([{ role: 'admin' }, { role: 'resident' }]);
  });

  test('a platform admin holds the role everywhere', async () => {
    await wijk('grant-role', 'elzenhof', 'beheer@voorbeeld.nl', 'platform-admin');
    const held = await rows(
      "SELECT wijk_id FROM identity.role_grant WHERE role = 'platform-admin' AND granted_by IS NULL",
    );
    expect(held).toContainEqual({ wijk_id: null });
  });

  test('a wijk of one’s own is made once, and can be asked from then on', async () => {
    const words = ['create-wijk', 'oude-veiling', 'Rond de Oude Veiling'];
    expect(await wijk(...words)).toMatchObject({ code: 0 });
    const again = await wijk(...words);
    expect(again.code).toBe(1);
    expect(again.errors.trim()).toBe("There is a wijk 'oude-veiling' already.");
    const made = await rows(`SELECT w.name, count(t.*)::int AS themes, max(p.term_minutes) AS term
      FROM wijk.wijk w JOIN wijk.theme t ON t.wijk_id = w.id JOIN wijk.promise_policy p ON p.wijk_id = w.id
      WHERE w.slug = 'oude-veiling' GROUP BY w.name`);
    expect(made).toEqual([{ name: 'Rond de Oude Veiling', themes: 16, term: 1440 }]);
  });

  test('steps of a kept or paused promise wait, and are neither late nor counted', async () => {
    const counted = async () =>
      (await wijk('jobs', 'status')).output.match(/promise-steps +(\d+)/)?.[1];
    const waiting = await rows(`SELECT count(*)::int AS n FROM vraagbaak.promise_step s
      JOIN vraagbaak.promise p ON p.wijk_id = s.wijk_id AND p.question_id = s.question_id
      WHERE s.done_at IS NULL
        AND (p.paused_at IS NOT NULL OR (p.kept_at IS NOT NULL AND s.kind <> 'overdue'))`);
    const all = await rows(
      'SELECT count(*)::int AS n FROM vraagbaak.promise_step WHERE done_at IS NULL',
    );
    expect(Number(waiting[0]?.n)).toBeGreaterThan(0);
    expect(Number(await counted())).toBe(Number(all[0]?.n) - Number(waiting[0]?.n));
  });

  test('a wijk that does not exist is named, with those that do', async () => {
    const { code, errors } = await wijk('grant-role', 'nergens', 'a@voorbeeld.nl', 'editor');
    expect(code).toBe(1);
    expect(errors).toContain("'nergens'");
    expect(errors).toContain('elzenhof');
  });

  test('backups go into a folder under names of their own, and the newest stay', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'wijk-cli-')), 'archives');
    const first = await wijk('backup', folder, '--keep', '2');
    expect(first).toMatchObject({ code: 0, errors: '' });
    expect(first.output).toMatch(/^Backed up \d+ rows of \d+ tables in .*\/wijk-\d{8}T\d{6}Z\.tar/);
    for (const day of ['01', '02'])
      writeFileSync(join(folder, `wijk-202001${day}T030000Z.tar`), '');
    const second = await wijk('backup', folder, '--keep', '2');
    expect(second.output).toContain('wijk-20200101T030000Z.tar');
    const left = readdirSync(folder);
    expect(left).toHaveLength(2);
    expect(left).not.toContain('wijk-20200101T030000Z.tar');
    rmSync(dirname(folder), { recursive: true });
  });

  test('questions go out, into another wijk, and once', async () => {
    await wijk('create-wijk', 'nieuwe-wijk', 'Nieuwe Wijk');
    const { code, output, errors } = await wijk('questions', 'export', '--wijk', 'elzenhof');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).not.toContain('"visibility":"private"');
    const all = await wijk('questions', 'export', '--wijk', 'elzenhof', '--all');
    expect(all.output).toContain('"visibility":"private"');
    const folder = mkdtempSync(join(tmpdir(), 'wijk-cli-'));
    const file = join(folder, 'vragen.jsonl');
    writeFileSync(file, output);
    const words = ['questions', 'import', '--wijk', 'nieuwe-wijk', '--source', 'elzenhof', file];
    const tried = await wijk(...words, '--dry-run');
    expect(tried).toMatchObject({ code: 0, errors: '' });
    expect(tried.output).toMatch(/Would be taken in: \d{3} questions, \d+ answers.*Refused: 0\./);
    const taken = await wijk(...words);
    expect(taken.output).toBe(tried.output.replace('Would be taken in', 'Taken in'));
    expect((await wijk(...words)).output).toContain('Taken in: 0 questions, 0 answers.');
    writeFileSync(file, `${output.split('\n')[0]}\n{`);
    const refused = await wijk(...words);
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain('Regel 2: Dit is geen geldige JSON.');
    rmSync(folder, { recursive: true });
  }, 120_000);

  test('jobs status shows every queue and fails while something is late', async () => {
    await rows(
      "UPDATE vraagbaak.promise_step SET due_at = now() + interval '1 day' WHERE done_at IS NULL",
    );
    expect(await wijk('jobs', 'status')).toMatchObject({ code: 0 });
    await rows(`UPDATE vraagbaak.promise_step SET due_at = now() - interval '1 hour'
      WHERE (wijk_id, question_id, kind) = (
        SELECT wijk_id, question_id, kind FROM vraagbaak.promise_step s
        JOIN vraagbaak.promise p USING (wijk_id, question_id)
        WHERE s.done_at IS NULL AND p.kept_at IS NULL AND p.paused_at IS NULL
          AND p.cancelled_at IS NULL LIMIT 1)`);
    const late = await wijk('jobs', 'status');
    expect(late.code).toBe(1);
    expect(late.output).toMatch(/^promise-steps +\d+ +1 +0 /m);
    for (const queue of ['events', 'mail'])
      expect(late.output).toMatch(new RegExp(`^${queue} +0 +0 +0 +-$`, 'm'));
  }, 60_000);
});

interface Outcome {
  code: number | null;
  output: string;
  errors: string;
}

function wijk(...words: string[]): Promise<Outcome> {
  return run({ DATABASE_OWNER_URL: database.ownerUrl }, ...words);
}

function run(env: Record<string, string>, ...words: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [main, ...words], { env: { ...process.env, ...env } });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output, errors }));
  });
}

async function rows(text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
