import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ABILITIES, ROLES } from '@wijk/domain/identity';
import { QUESTION_STATUSES } from '@wijk/domain/vraagbaak';
import { describe, expect, it } from 'vitest';
import { ROOT } from './cruise.ts';
import { filesIn, textOf } from './files.ts';

const operations = textOf('docs/operations.md');
const glossary = textOf('docs/glossary.md');
const documents = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...['docs', 'apps', 'packages', 'infra', 'tests'].flatMap((folder) => filesIn(folder, /\.md$/)),
];

const found = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? '')),
];
const missingIn = (document: string, names: readonly string[]) =>
  names.filter((name) => !document.includes(`\`${name}\``));

/** Headings as the addresses that they get on a page. */
const anchorsOf = (document: string): string[] =>
  found(textOf(document).replace(/^```[\s\S]*?^```/gm, ''), /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );

/** What a link leads to, or why it leads nowhere. */
function broken(document: string, link: string): string[] {
  const [path = '', anchor] = link.split('#');
  const target = path ? join(dirname(join(ROOT, document)), path) : join(ROOT, document);
  if (!existsSync(target)) return [`${document}: ${link} is not there`];
  if (anchor === undefined || anchorsOf(relative(ROOT, target)).includes(anchor)) return [];
  return [`${document}: ${link} has no such heading`];
}

describe('the operations guide', () => {
  const settings = found(textOf('apps/api/src/config.ts'), /^ {2}([A-Z][A-Z_]+): z\./gm);

  it('has every setting of the environment', () => {
    expect(settings.length).toBeGreaterThan(10);
    expect(missingIn(operations, settings)).toEqual([]);
  });

  it('has every section that code refers to', () => {
    const infra = filesIn('infra', /\.(ts|mjs|yaml|service|example)$/);
    const named = infra.flatMap((path) =>
      found(textOf(path), /"([a-z ]+)" in[\s#]+docs\/operations\.md/g),
    );
    expect(named.length).toBeGreaterThan(0);
    const anchors = anchorsOf('docs/operations.md');
    expect(named.filter((name) => !anchors.includes(name.replaceAll(' ', '-')))).toEqual([]);
  });
});

describe('the glossary', () => {
  const migrations = readdirSync(join(ROOT, 'packages/db/migrations'))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => textOf(`packages/db/migrations/${name}`))
    .join('\n');

  it.each([
    ['role', ROLES],
    ['ability', Object.keys(ABILITIES)],
    ['question status', QUESTION_STATUSES],
    ['event', found(textOf('packages/contracts/src/events.ts'), /'([a-z.-]+\.v\d+)'/g)],
    ['table', found(migrations, /CREATE TABLE "?\w+"?\."?(\w+)"?/g)],
  ])('has every %s', (_, names) => {
    expect(names.length).toBeGreaterThan(2);
    expect(missingIn(glossary, names)).toEqual([]);
  });
});

describe('the documents', () => {
  it('lead somewhere with every link of their own', () => {
    expect(documents.length).toBeGreaterThan(10);
    const links = documents.flatMap((document) =>
      found(textOf(document), /\]\(([^)\s]+)\)/g)
        .filter((link) => !/^[a-z]+:/.test(link))
        .map((link) => [document, link] as const),
    );
    expect(links.length).toBeGreaterThan(20);
    expect(links.flatMap(([document, link]) => broken(document, link))).toEqual([]);
  });

  it('tell what is new in this version', () => {
    const { version } = JSON.parse(textOf('package.json')) as { version: string };
    expect(textOf('CHANGELOG.md')).toContain(`\n## [${version}]`);
  });
});
