import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { repository } from '../machine.ts';
import type { Row } from '../row.ts';
import type { Stage } from '../stage.ts';
import { requirePage } from './http.ts';
import { pagePaths } from './page.ts';

const CLIENT = join(repository, 'apps/web/build/client');
const STATIC_IMPORT = /(?:\bfrom\s*|\bimport\s*)["'](\.[^"']+\.js)["']/g;

/** What a visitor's browser fetches for a question page, and the scripts of the other pages. */
export async function bytes(stage: Stage): Promise<Row[]> {
  const [size = 1000] = stage.options.sizes;
  const site = await stage.site(size);
  const path = pagePaths(site)[0] ?? '';
  const html = await requirePage(site.app.url + path, {}, (text) => scriptsOf(text).size > 0);
  const styles = filesIn(html, /href="(\/_app\/[^"]+\.css)"/g);
  const row = (what: string, number: number, note: string): Row => ({
    figure: 'bytes',
    what,
    value: number / 1000,
    unit: 'kB',
    note,
  });
  const both = (what: string, files: ReadonlySet<string>) => [
    row(`${what}, brotli`, sizeOf(files, '.br'), `${files.size} files`),
    row(
      `${what}, gzip`,
      sizeOf(files, '.gz'),
      `${Math.round(sizeOf(files, '') / 1000)} kB unpacked`,
    ),
  ];
  const others: Row[] = [];
  for (const [what, address] of OTHERS) {
    const text = await requirePage(site.app.url + address, {}, () => true);
    const files = scriptsOf(text);
    others.push(row(`scripts of ${what}, brotli`, sizeOf(files, '.br'), `${files.size} files`));
  }
  return [
    row('HTML of a question page as sent', Buffer.byteLength(html), '10 answers'),
    row('HTML, brotli', brotliCompressSync(html).length, 'where a proxy compresses it'),
    row('HTML, gzip', gzipSync(html).length, 'where a proxy compresses it'),
    ...both('scripts of a question page', scriptsOf(html)),
    ...others,
    ...both('style sheets', styles),
  ];
}

const OTHERS = [
  ['the home page', '/'],
  ['the list', '/vragen'],
  ['asking', '/vragen/nieuw'],
  ['searching', '/zoeken?q=hulp'],
  ['the score', '/stand'],
] as const;

/** Every script that the page names or preloads, with all that those import at once. */
export function scriptsOf(html: string, textOf = readClient): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (file: string) => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, relative = ''] of textOf(file).matchAll(STATIC_IMPORT))
      visit(posix.join(posix.dirname(file), relative));
  };
  for (const file of filesIn(html, /["'](\/(?:_app|script)\/[^"'?]+\.js)[?"']/g)) visit(file);
  return found;
}

const readClient = (file: string): string => readFileSync(join(CLIENT, file), 'utf8');

function filesIn(html: string, pattern: RegExp): ReadonlySet<string> {
  return new Set([...html.matchAll(pattern)].map(([, file = '']) => file));
}

/** Of the files as the build compressed them; those too small to be compressed as they are. */
function sizeOf(files: ReadonlySet<string>, extension: string): number {
  let sum = 0;
  for (const file of files) {
    const path = join(CLIENT, file);
    sum += (statSync(path + extension, { throwIfNoEntry: false }) ?? statSync(path)).size;
  }
  return sum;
}
