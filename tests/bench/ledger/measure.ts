import type { LedgerPlan } from '../load/plan.ts';
import { type Arm, alternate, type Measured, ratioOf } from '../rounds.ts';
import { atLeast, atMost } from '../row.ts';
import type { LedgerRow, LedgerTable } from './report.ts';
import { type Place, type Stage, TPCB_SCALE } from './stage.ts';

export interface LedgerOptions {
  rounds: number;
  seconds: number;
  warmUpSeconds: number;
  thorough: boolean;
  clients: number;
  connections: number;
  transfers: number;
  /** payments one at a time */
  singles: number;
  /** orders that are followed from the request to the payment */
  orders: number;
}

const SIZES = [1, 10, 25, 50, 100, 200, 400];

/** Another seed each time, so that no arm plays the same payments again. */
let seed = 1;

function book(place: Place, options: LedgerOptions, more: Partial<LedgerPlan> = {}) {
  return (seconds: number): LedgerPlan => {
    seed += 1000;
    return {
      kind: 'ledger',
      way: 'batches',
      database: place.database,
      wijkId: place.wijkId,
      accounts: place.accounts,
      fund: null,
      clients: options.clients,
      connections: options.connections,
      seconds,
      seed,
      ...more,
    };
  };
}

const tpcbArm = (stage: Stage, { clients, connections }: LedgerOptions): Arm => ({
  name: 'TPC-B transaction',
  plan: (seconds) => ({
    kind: 'tpcb',
    database: stage.tpcbUrl,
    scale: TPCB_SCALE,
    clients,
    connections,
    seconds,
  }),
});

/** Row by row and in batches, beside TPC-B, for each way in which accounts are shared. */
export async function measureThroughput(
  stage: Stage,
  place: Place,
  options: LedgerOptions,
): Promise<LedgerTable[]> {
  const cases: [string, Partial<LedgerPlan>, hot: boolean][] = [
    ['1,000 accounts', {}, false],
    ['10 accounts', { accounts: place.accounts.slice(0, 10) }, true],
    ['a fund leg on every payment', { fund: place.fund }, true],
  ];
  const arms = cases.flatMap(([name, plan]): Arm[] => [
    { name: `${name}, row by row`, plan: book(place, options, { ...plan, way: 'rows' }) },
    { name: `${name}, in batches`, plan: book(place, options, plan) },
  ]);
  stage.say('throughput …');
  const [tpcb, ...measured] = await alternate(
    stage.load,
    [tpcbArm(stage, options), ...arms],
    options,
  );
  if (!tpcb) throw new Error('nothing was measured');
  const rows = cases.flatMap(([, , hot], n): LedgerRow[] => {
    const [alone, batched] = [measured[2 * n], measured[2 * n + 1]];
    if (!alone || !batched) throw new Error('an arm is missing');
    const [toTpcb, toRows] = [ratioOf(batched, tpcb), ratioOf(batched, alone)];
    const aims = [atLeast('≥ 2.5 × TPC-B', toTpcb, 2.5)];
    if (hot) aims.push(atLeast('≥ 5 × row by row', toRows, 5));
    return [
      rowOf(alone, { toTpcb: ratioOf(alone, tpcb) }),
      rowOf(batched, { toTpcb, toRows, aims }),
    ];
  });
  return [{ title: 'Throughput', rows: [rowOf(tpcb), ...rows] }];
}

/** What other bounds of a batch would do, with clients enough to fill them. */
export async function measureBatches(
  stage: Stage,
  place: Place,
  options: LedgerOptions,
): Promise<LedgerTable> {
  const many = { ...options, clients: 400, rounds: Math.min(3, options.rounds), warmUpSeconds: 1 };
  const arms = SIZES.map((batch) => ({
    name: `at most ${batch} in a batch`,
    plan: book(place, many, { fund: place.fund, batch }),
  }));
  stage.say('batches …');
  const measured = await alternate(stage.load, arms, many);
  return {
    title: 'Size of a batch, 400 clients, a fund leg on every payment',
    rows: measured.map((one) => rowOf(one)),
  };
}

/** The same payments in a book that is nearly empty and in one with many transfers. */
export async function measureFlatness(
  stage: Stage,
  places: { empty: Place; full: Place },
  options: LedgerOptions,
): Promise<LedgerTable> {
  const many = `${options.transfers.toLocaleString('en')} transfers`;
  const arms = (['batches', 'rows'] as const).flatMap((way): Arm[] =>
    (['empty', 'full'] as const).map((name) => ({
      name: `${way === 'rows' ? 'row by row' : 'in batches'}, ${name === 'full' ? many : 'without them'}`,
      plan: book(places[name], options, { way, fund: places[name].fund }),
    })),
  );
  stage.say('flatness …');
  const measured = await alternate(stage.load, arms, options);
  const rows = measured.map((one, n) => {
    const before = measured[n - 1];
    if (n % 2 === 0 || !before) return rowOf(one);
    const slower = 1 / ratioOf(one, before);
    return rowOf(one, { slower, aims: [atMost('≤ 1.2 × the time', slower, 1.2)] });
  });
  return { title: `After ${many}, a fund leg on every payment`, rows };
}

function rowOf(measured: Measured, more: Partial<LedgerRow> = {}): LedgerRow {
  const { name, perSecond, p50, p99, errors, faults, samples } = measured;
  return {
    what: name,
    perSecond,
    p50,
    p99,
    errors,
    faults,
    rounds: samples.map((sample) => sample.perSecond),
    ...more,
  };
}
