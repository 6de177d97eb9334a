import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import config from '../../packages/db/drizzle.config.ts';
import { ROOT } from './cruise.ts';
import { textOf } from './files.ts';

const FOLDER = 'packages/db/migrations';
const journal = JSON.parse(textOf(`${FOLDER}/meta/_journal.json`)) as {
  entries: { idx: number; when: number; tag: string }[];
};
const filesOf = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();

describe('the migrations', () => {
  let copy: string | undefined;
  afterEach(() => {
    if (copy) rmSync(copy, { recursive: true, force: true });
  });

  it('are each listed in the journal, in order, with a snapshot', () => {
    const tags = journal.entries.map((entry) => entry.tag);
    const written = readdirSync(join(ROOT, FOLDER)).filter((name) => name.endsWith('.sql'));
    expect(tags.map((tag) => `${tag}.sql`)).toEqual(written.sort());
    expect(tags.length).toBeGreaterThan(0);
    for (const [index, { idx, tag, when }] of journal.entries.entries()) {
      expect(idx).toBe(index);
      expect(tag.slice(0, 4)).toBe(String(index).padStart(4, '0'));
      // an entry that is older than one before it would never be run on a database that has that one
      expect(when).toBeGreaterThan(journal.entries[index - 1]?.when ?? 0);
      expect(() => textOf(`${FOLDER}/meta/${tag.slice(0, 4)}_snapshot.json`)).not.toThrow();
    }
  });

  it('leave nothing to generate: the tables in the code are those of the migrations', () => {
    copy = mkdtempSync(join(tmpdir(), 'wijk-migrations-'));
    const migrations = join(copy, 'migrations');
    cpSync(join(ROOT, FOLDER), migrations, { recursive: true });
    const settings = join(copy, 'drizzle.config.json');
    writeFileSync(settings, JSON.stringify({ ...config, out: relative(ROOT, migrations) }));
    const drizzle = join(ROOT, 'node_modules/.bin/drizzle-kit');
    const said = execFileSync(drizzle, ['generate', '--config', settings], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(filesOf(migrations)).toEqual(filesOf(join(ROOT, FOLDER)));
    expect(said).toContain('No schema changes');
    expect(said).toMatch(/question_author|question\b/);
  }, 60_000);

  it('only ever go forward', () => {
    const drops = journal.entries.flatMap(({ tag }) =>
      /\bDROP\s+(TABLE|COLUMN|SCHEMA)\b/i.test(textOf(`${FOLDER}/${tag}.sql`)) ? [tag] : [],
    );
    expect(drops).toEqual([]);
  });
});
