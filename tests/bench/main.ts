import { mkdirSync, writeFileSync } from 'node:fs';
import { ask } from './figures/ask.ts';
import { bytes } from './figures/bytes.ts';
import { desk } from './figures/desk.ts';
import { find } from './figures/find.ts';
import { ladder } from './figures/ladder.ts';
import { list } from './figures/list.ts';
import { live } from './figures/live.ts';
import { memory } from './figures/memory.ts';
import { page } from './figures/page.ts';
import { read } from './figures/read.ts';
import { start } from './figures/start.ts';
import { FIGURES, type FigureName, HELP, type Options, readOptions } from './options.ts';
import { readPieces } from './pieces.ts';
import { summariseProfiles } from './profile.ts';
import { markdown, type Result, writeDocument } from './report.ts';
import type { Row } from './row.ts';
import { openStage, type Stage } from './stage.ts';

/** In the order in which they are taken: what changes the data comes late. */
const TAKE: Record<FigureName, (stage: Stage) => Promise<Row[]>> = {
  page,
  read,
  list,
  find,
  desk,
  live,
  ask,
  ladder,
  memory,
  bytes,
  start,
};

async function bench(options: Options): Promise<boolean> {
  if (options.profile !== undefined) mkdirSync(options.profile, { recursive: true });
  const stage = await openStage(options);
  const interrupted = () => void stage.close().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  const rows: Row[] = [];
  try {
    for (const name of FIGURES.filter((figure) => options.figures.has(figure))) {
      stage.say(`\n${name} …`);
      rows.push(...(await TAKE[name](stage)));
    }
  } finally {
    await stage.close();
  }
  const { rounds, seconds, connections, sizes } = options;
  const result = { machine: stage.machine, options: { rounds, seconds, connections, sizes }, rows };
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(result, null, 2));
  if (options.profile !== undefined) console.log(summariseProfiles(options.profile));
  return report([result], options);
}

/** Prints it, and writes it into the document unless anything failed. */
function report(results: readonly Result[], { writeDocs }: Options): boolean {
  const text = markdown(results);
  console.log(`\n${text}`);
  const failed = results.flatMap(({ rows }) => rows).filter((row) => (row.errors ?? 0) > 0);
  for (const { what, faults } of failed) console.error(`${what}: ${JSON.stringify(faults)}`);
  if (failed.length === 0 && writeDocs) writeDocument(text);
  return failed.length === 0;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') console.log(HELP);
  else if (options.merge.length > 0)
    process.exitCode = report(readPieces(options.merge), options) ? 0 : 1;
  else if (!(await bench(options))) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
