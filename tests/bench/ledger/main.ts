import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine, loadNow } from '../machine.ts';
import { writeDocument } from '../report.ts';
import { measureCirculation } from './circulation.ts';
import { measureBatches, measureFlatness, measureThroughput } from './measure.ts';
import { measureOrders } from './orders.ts';
import { type LedgerResult, markdown } from './report.ts';
import { measureSingle } from './single.ts';
import { addsUp, openStage } from './stage.ts';

const PIECES = ['throughput', 'batches', 'flat', 'single', 'orders', 'circulation'] as const;

const HELP = `pnpm bench:ledger [options]

  --quick           two short rounds: says whether it works, not how fast it is
  --only <piece>    ${PIECES.join(', ')}; may be repeated
  --clients 50      that pay at the same time, each the next when the last is answered
  --connections 10  to the database, for all arms alike
  --rounds 5        in which all arms are measured in turn
  --seconds 4       of each measurement
  --transfers 1000000
                    that stand in the book that is compared with an empty one
  --json <file>     everything measured, for machines
  --write-docs      puts the tables into docs/benchmarks.md
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    clients: { type: 'string', default: '50' },
    connections: { type: 'string', default: '10' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    transfers: { type: 'string' },
    json: { type: 'string' },
    'write-docs': { type: 'boolean', default: false },
  },
});

async function bench(): Promise<boolean> {
  const { quick } = values;
  const options = {
    rounds: Number(values.rounds ?? (quick ? 2 : 5)),
    seconds: Number(values.seconds ?? (quick ? 1 : 4)),
    warmUpSeconds: quick ? 1 : 3,
    thorough: false,
    clients: Number(values.clients),
    connections: Number(values.connections),
    transfers: Number(values.transfers ?? (quick ? 20_000 : 1_000_000)),
    singles: quick ? 100 : 1000,
    orders: quick ? 40 : 300,
  };
  const unknown = values.only?.find((name) => !PIECES.some((piece) => piece === name));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: there are ${PIECES.join(', ')}.`);
  const wanted = new Set<string>(values.only ?? PIECES);
  const load = loadNow();
  const started = performance.now();
  const stage = await openStage();
  const interrupted = () => void stage.close().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    const machine = await describeMachine(stage.ownerUrl, load);
    const result: LedgerResult = {
      machine,
      options,
      tables: [],
      wrong: [],
      minutes: 0,
      loadAtEnd: '',
    };
    const empty = await stage.place('empty', 0);
    if (wanted.has('throughput'))
      result.tables.push(...(await measureThroughput(stage, empty, options)));
    if (wanted.has('batches')) result.tables.push(await measureBatches(stage, empty, options));
    if (wanted.has('flat')) {
      const full = await stage.place('full', options.transfers);
      result.tables.push(await measureFlatness(stage, { empty, full }, options));
      result.wrong.push(...(await addsUp(full)));
    }
    result.wrong.push(...(await addsUp(empty)));
    if (wanted.has('single')) result.tables.push(await measureSingle(stage, options));
    if (wanted.has('orders')) result.tables.push(await measureOrders(stage, options));
    if (wanted.has('circulation')) {
      const measured = await measureCirculation(stage, options);
      result.tables.push(measured.table);
      console.error(measured.plan);
    }
    result.loadAtEnd = loadNow();
    result.minutes = (performance.now() - started) / 60_000;
    return report(result);
  } finally {
    await stage.close();
  }
}

/** Prints it, and writes it into the document unless anything failed. */
function report(result: LedgerResult): boolean {
  const text = markdown(result);
  console.log(`\n${text}`);
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(result, null, 2));
  const failed = result.tables.flatMap(({ rows }) => rows).filter(({ errors }) => errors > 0);
  for (const { what, faults } of failed) console.error(`${what}: ${JSON.stringify(faults)}`);
  for (const wrong of result.wrong) console.error(`The book does not add up: ${wrong}`);
  const good = failed.length === 0 && result.wrong.length === 0;
  if (good && values['write-docs']) writeDocument(text, 'bench:ledger');
  return good;
}

if (values.help) console.log(HELP);
else if (!(await bench())) process.exitCode = 1;
