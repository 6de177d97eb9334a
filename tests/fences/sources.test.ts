import { describe, expect, it } from 'vitest';
import { filesIn, findText, textOf } from './files.ts';

const CODE = /\.(ts|mjs|svelte)$/;
const web = filesIn('apps/web/src', /\.(ts|svelte|html|css)$/);
const modules = filesIn('apps/api/src/modules', /(?<!\.test)\.ts$/);
const source = ['apps/api/src', 'apps/web/src', 'packages', 'infra', 'tests'].flatMap((folder) =>
  filesIn(folder, CODE),
);

/** Files that hold one idea and are long all the same; tests and style sheets have their own limit. */
const LONG_ON_PURPOSE = new Set([
  'packages/contracts/src/questions.ts',
  'packages/db/seed/desk-history.ts',
  'packages/db/seed/rows.ts',
  'packages/db/src/vraagbaak/question-store.ts',
  'packages/db/src/vraagbaak/tables.ts',
  'packages/domain/src/vraagbaak/promise.ts',
]);
const LINES = 250;
const LINES_OF_A_TEST = 450;

const linesOf = (path: string) => textOf(path).split('\n').length - 1;

describe('the source', () => {
  it('is looked at', () => {
    expect(web.length).toBeGreaterThan(50);
    expect(modules.length).toBeGreaterThan(30);
    expect(source.length).toBeGreaterThan(200);
  });

  it('shows text as text: nothing is put into a page raw', () => {
    expect(findText(web, /\{@html|\.innerHTML|insertAdjacentHTML|document\.write/)).toEqual([]);
  });

  it('leaves the check of the origin of forms on', () => {
    const settings = [...web, 'apps/web/vite.config.ts'];
    expect(findText(settings, /checkOrigin|trustedOrigins/)).toEqual([]);
  });

  it('asks nothing of another host from a page', () => {
    const loads =
      /(?:src|href|action)=["']https?:|url\(["']?(?:https?:)?\/\/|@import\s+["']https?:/;
    expect(findText(web, loads)).toEqual([]);
  });

  it('logs through the log, which leaves out what is private', () => {
    expect(findText(modules, /\bconsole\./)).toEqual([]);
  });

  it('never makes SQL out of a string at run time in a module', () => {
    expect(findText(modules, /\bsql\.raw\(|\.query\(`/)).toEqual([]);
  });

  it('names a table of the book of credits in its own shelf only: one door (W1)', () => {
    const statement =
      /\bledger\.(account|account_event|transfer|entry|hold|block|leaf|sealed)\b|db\/src\/ledger\/tables/;
    // words of the same name are keys of messages
    const others = ['apps/api/src', 'apps/web/src', 'packages', 'infra']
      .flatMap((folder) => filesIn(folder, CODE))
      .filter((path) => !/^packages\/(db\/src\/ledger|i18n)\/|\.test\.ts$/.test(path));
    expect(others.length).toBeGreaterThan(200);
    expect(findText(others, statement)).toEqual([]);
    expect(findText(filesIn('packages/db/src/ledger', CODE), statement)).not.toEqual([]);
  });

  it('keeps nothing that was hidden in a photo: sharp drops it unless it is asked not to', () => {
    const pictures = filesIn('apps', CODE).concat(
      filesIn('packages', CODE),
      filesIn('infra', CODE),
    );
    expect(findText(pictures, /from 'sharp'/).join()).toContain('photos/make-photo.ts');
    const keeps =
      /\.(keepMetadata|keepExif|keepXmp|keepIccProfile|keepGainMap|withMetadata|withExif|withExifMerge|withXmp|withIccProfile|withGainMap)\b/;
    const notTests = pictures.filter((path) => !/\.test\.ts$/.test(path));
    expect(findText(notTests, keeps)).toEqual([]);
  });

  it('tells no time by itself where the clock is injected', () => {
    const pure = filesIn('packages/domain/src', /(?<!\.test)\.ts$/).filter(
      (path) => !path.endsWith('kernel/clock.ts'),
    );
    expect(findText([...pure, ...modules], /\bnew Date\(\)|\bDate\.now\(\)/)).toEqual([]);
  });

  it('keeps a file to one idea', () => {
    const isTest = (path: string) => /\.test\.ts$/.test(path);
    const tooLong = source.filter(
      (path) =>
        !LONG_ON_PURPOSE.has(path) && linesOf(path) > (isTest(path) ? LINES_OF_A_TEST : LINES),
    );
    expect(tooLong.map((path) => `${path}: ${linesOf(path)} lines`)).toEqual([]);
  });

  it('lists no exception that is none any more', () => {
    expect([...LONG_ON_PURPOSE].filter((path) => linesOf(path) <= LINES)).toEqual([]);
  });
});
