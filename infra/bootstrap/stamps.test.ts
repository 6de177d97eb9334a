import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
// @ts-expect-error plain JavaScript: it runs before anything is installed
import { hashOf, isCurrent, stamped } from './stamps.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wijk-stamps-'));
  mkdirSync(join(folder, 'src/pages'), { recursive: true });
  writeFileSync(join(folder, 'src/pages/a.ts'), 'one');
  writeFileSync(join(folder, 'src/b.ts'), 'two');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('hashOf', () => {
  const hash = (...words: string[]): string => hashOf(folder, ['src'], words);

  test('stays the same while the files do', () => {
    expect(hash()).toBe(hash());
  });

  test.each([
    ['a changed file', () => writeFileSync(join(folder, 'src/b.ts'), 'three')],
    ['a new file', () => writeFileSync(join(folder, 'src/pages/c.ts'), '')],
    ['a removed file', () => rmSync(join(folder, 'src/pages/a.ts'))],
  ])('changes with %s', (_what, change) => {
    const before = hash();
    change();
    expect(hash()).not.toBe(before);
  });

  test('changes when a file moves, though all contents stay', () => {
    const before = hash();
    rmSync(join(folder, 'src/b.ts'));
    writeFileSync(join(folder, 'src/c.ts'), 'two');
    expect(hash()).not.toBe(before);
  });

  test('counts the further words, and no tests or results of builds', () => {
    const before = hash();
    expect(hash('linux')).not.toBe(before);
    writeFileSync(join(folder, 'src/b.test.ts'), 'a test');
    mkdirSync(join(folder, 'src/build'));
    writeFileSync(join(folder, 'src/build/b.js'), 'built');
    expect(hash()).toBe(before);
  });

  test('an absent path is no error', () => {
    expect(hashOf(folder, ['nowhere'])).toBe(hashOf(folder, []));
  });
});

describe('stamped', () => {
  const stamp = () => join(folder, 'stamp');

  test('is current only after the work is done, and only for that hash', async () => {
    await stamped(stamp(), 'first', async () => undefined);
    expect(isCurrent(stamp(), 'first')).toBe(true);
    expect(isCurrent(stamp(), 'second')).toBe(false);
  });

  test('work that fails leaves no stamp, not even the earlier one', async () => {
    await stamped(stamp(), 'first', async () => undefined);
    const work = stamped(stamp(), 'second', async () => {
      throw new Error('broken off');
    });
    await expect(work).rejects.toThrow('broken off');
    expect(existsSync(stamp())).toBe(false);
  });
});
