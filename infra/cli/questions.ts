import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { stdout } from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ImportReport, runImport, sourceName, splitLines } from '@wijk/contracts';
import { connect, type Database } from '@wijk/db/kernel';
import { readWijken } from '@wijk/db/wijk';
import { systemClock } from '@wijk/domain/kernel';
import { fieldText, t } from '@wijk/i18n';
import { exportLines, headerLine, importWriter } from '@wijk/infra/exchange';
import { CommandError } from './command-error.ts';
import { openDatabase, withClient } from './database.ts';
import { typedPath } from './typed-path.ts';

export const help = `Writes questions and answers as JSON Lines, or takes them in; docs/exchange.md has the format.

export: to the standard output. What everybody sees, with names as readers see them. With --all also
what is private, held or hidden, for the wijk's own archive; never who asked it. Keep such a file as
you keep a backup.

import: --source names where the file comes from, always the same name for the same system. A line that
was taken in before is left as it is, so a run that stopped is simply started again. --dry-run only says
what would happen. Nobody is mailed. Ends with code 1 when a line was refused.`;

interface Options {
  wijk?: string;
  source?: string;
  'dry-run'?: boolean;
  all?: boolean;
}

/** Import and export of questions from the command line. */
export async function run(words: string[], options: Options): Promise<void> {
  const [what, file] = words;
  if (!options.wijk) throw new CommandError('Name the wijk: --wijk <slug>.');
  if (what === 'export' && file === undefined && !options.source && !options['dry-run'])
    return inWijk(options.wijk, (db, wijk) => exportTo(db, wijk, options.all ?? false));
  if (what !== 'import' || file === undefined || options.all)
    throw new CommandError(
      'It is: questions export --wijk <slug> [--all], or questions import --wijk <slug> --source <name> <file> [--dry-run].',
    );
  const source = sourceName.safeParse(options.source);
  if (!source.success)
    throw new CommandError('Name the source: --source <name>, in a-z, 0-9 and hyphens.');
  const path = typedPath(file);
  await access(path).catch(() => {
    throw new CommandError(`There is no file ${path} that can be read.`);
  });
  const dryRun = options['dry-run'] ?? false;
  await inWijk(options.wijk, async (db, wijk) => {
    const writer = importWriter(db, wijk, source.data, { dryRun, now: () => systemClock.now() });
    const report = await runImport(splitLines(createReadStream(path)), writer, dryRun);
    tell(report);
    if (report.refusedCount > 0) process.exitCode = 1;
  });
}

type Wijk = Awaited<ReturnType<typeof readWijken>>[number];

async function inWijk(
  slug: string,
  work: (db: Database, wijk: Wijk) => Promise<void>,
): Promise<void> {
  const database = await openDatabase({ create: false });
  try {
    await withClient(database.ownerUrl, async () => undefined);
    // as the application: what it may not read or write, this command may not either
    const db = connect({
      url: database.ownerUrl,
      role: 'wijk_app',
      max: 1,
      applicationName: 'wijk questions',
    });
    try {
      const wijken = await readWijken(db, systemClock.now());
      const wijk = wijken.find((one) => one.slug === slug);
      if (!wijk) {
        const known = wijken.map((one) => one.slug).join(', ') || 'none yet';
        throw new CommandError(`There is no wijk '${slug}'; there are: ${known}.`);
      }
      await work(db, wijk);
    } finally {
      await db.$client.end();
    }
  } finally {
    await database.close();
  }
}

/** Waits for whoever reads it, so that the memory it takes does not grow with the wijk. */
async function exportTo(db: Database, wijk: Wijk, all: boolean): Promise<void> {
  async function* lines() {
    yield `${headerLine(wijk.slug, systemClock.now(), all)}\n`;
    let after: Awaited<ReturnType<typeof exportLines>>['next'];
    do {
      const page = await exportLines(db, wijk.id, { all, after });
      if (page.lines.length > 0) yield `${page.lines.join('\n')}\n`;
      after = page.next;
    } while (after);
  }
  await pipeline(Readable.from(lines()), stdout, { end: false });
}

function tell(report: ImportReport): void {
  const { lines, questions, answers, known, refusedCount, refused, dryRun } = report;
  const done = dryRun ? 'Would be taken in' : 'Taken in';
  console.log(
    `${lines} lines read. ${done}: ${questions} questions, ${answers} answers. There already: ${known}. Refused: ${refusedCount}.`,
  );
  for (const { line, field, code, params } of refused)
    console.error(
      `${t('nl', 'exchange.line', { line })}${field ? `, ${field}` : ''}: ${fieldText('nl', code, params)}`,
    );
  if (refused.length < refusedCount) console.error(t('nl', 'exchange.more'));
}
