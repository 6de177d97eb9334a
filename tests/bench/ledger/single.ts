import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '@wijk/db/kernel';
import { fundPayers, payOverHttp } from '../../support/payers.ts';
import { startSmtpSink } from '../../support/smtp-sink.ts';
import { Tally } from '../load/plan.ts';
import { atMost } from '../row.ts';
import { openSite, WIJK } from '../site.ts';
import type { LedgerOptions } from './measure.ts';
import type { LedgerTable } from './report.ts';
import type { Stage } from './stage.ts';

const WARM_UP = 100;
const PAYERS = 50;
/** what a payment leaves behind (an event, a hint to open pages) is done before the next */
const REST_MS = 20;

/** A payment by a member over HTTP, one at a time: the whole application, as `npm start` runs it. */
export async function measureSingle(stage: Stage, options: LedgerOptions): Promise<LedgerTable> {
  stage.say('one payment at a time over HTTP …');
  const sink = await startSmtpSink();
  const urls = await stage.database('house');
  const site = await openSite({ size: 100, open: 5, urls, smtpUrl: sink.url, env: {} });
  const db = connect({ url: urls.app, max: 2 });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const payers = await fundPayers(db, WIJK, PAYERS);
    const tally = new Tally();
    let elapsed = 0;
    for (let n = -WARM_UP; n < options.singles; n += 1) {
      const [payer, payee] = [payers[(n + WARM_UP) % PAYERS], payers[(n + WARM_UP + 1) % PAYERS]];
      if (!payer || !payee) throw new Error('there are no members to pay');
      await pause(REST_MS);
      const from = performance.now();
      const status = await payOverHttp({ url: site.app.url, agent, slug: WIJK }, payer, payee);
      const ms = performance.now() - from;
      elapsed += ms;
      if (status !== 201) tally.fault(`status ${status}`);
      else if (n >= 0) tally.time(ms);
    }
    const { p50, p99, errors, faults } = tally.sample(elapsed);
    const what = `${tally.count} payments of members, one at a time`;
    const aims = [atMost('p99 ≤ 20 ms', p99, 20)];
    return { title: 'Over HTTP', rows: [{ what, p50, p99, errors, faults, aims, rounds: [] }] };
  } finally {
    agent.destroy();
    await db.$client.end();
    await site.close();
    await sink.stop();
  }
}
