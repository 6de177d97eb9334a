import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '@wijk/db/kernel';
import { sql } from 'drizzle-orm';
import { fundPayers, type Payer, payOverHttp, postOverHttp } from '../../support/payers.ts';
import { startSmtpSink } from '../../support/smtp-sink.ts';
import { Tally } from '../load/plan.ts';
import { openSite, WIJK } from '../site.ts';
import type { LedgerOptions } from './measure.ts';
import type { LedgerTable } from './report.ts';
import type { Stage } from './stage.ts';

const WARM_UP = 20;
const PAIRS = 20;
/** what a step leaves behind (events, letters, hints to open pages) is done before the next: 20 ms was too short */
const REST_MS = 150;

const WHAT = {
  payment: 'a bare payment, beside each order',
  request: 'asked: an order and its first step',
  accept: 'agreed: credits are set aside',
  deliver: 'delivered: no credits move',
  confirm: 'confirmed: paid out of the reserve',
} as const;
type Measured = keyof typeof WHAT;

/**
 * Orders over HTTP from the request to the payment, one step at a time, with a bare payment between two of the
 * same people before each: the whole application, as `npm start` runs it.
 */
export async function measureOrders(stage: Stage, options: LedgerOptions): Promise<LedgerTable> {
  stage.say('orders one step at a time over HTTP …');
  const sink = await startSmtpSink();
  const urls = await stage.database('orders');
  const site = await openSite({ size: 100, open: 5, urls, smtpUrl: sink.url, env: {} });
  const [db, owner] = [connect({ url: urls.app, max: 2 }), connect({ url: urls.owner, max: 1 })];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const tallies = new Map(Object.keys(WHAT).map((what) => [what as Measured, new Tally()]));
  let elapsed = 0;
  try {
    const payers = await fundPayers(db, WIJK, 2 * PAIRS);
    const listings = await listThem(owner, payers.slice(PAIRS));
    const place = { url: site.app.url, agent, slug: WIJK };
    for (let n = -WARM_UP; n < options.orders; n += 1) {
      const i = (n + WARM_UP) % PAIRS;
      const [receiver, helper, listing] = [payers[i], payers[PAIRS + i], listings[i]];
      if (!receiver || !helper || !listing) throw new Error('there are no members to help');
      const measure = async <T extends { status: number }>(
        what: Measured,
        step: () => Promise<T>,
      ) => {
        await pause(REST_MS);
        const from = performance.now();
        const reply = await step();
        const ms = performance.now() - from;
        elapsed += ms;
        const tally = tallies.get(what) ?? new Tally();
        if (reply.status >= 300) tally.fault(`status ${reply.status}`);
        else if (n >= 0) tally.time(ms);
        return reply;
      };
      await measure('payment', async () => ({
        status: await payOverHttp(place, receiver, helper),
      }));
      const asked = await measure('request', () =>
        postOverHttp(place, receiver, 'market/orders', { listing, minutes: 60 }),
      );
      const { ref } = JSON.parse(asked.text) as { ref: string };
      const step = (who: Payer, body: object) =>
        postOverHttp(place, who, `market/orders/${ref}/steps`, body);
      await measure('accept', () => step(helper, { step: 'accept', version: 1 }));
      await measure('deliver', () =>
        step(helper, { step: 'deliver', version: 2, workedMinutes: 60 }),
      );
      await measure('confirm', () => step(receiver, { step: 'confirm', version: 3 }));
    }
    return {
      title: 'Orders over HTTP',
      rows: [...tallies].map(([what, tally]) => {
        const { p50, p99, errors, faults } = tally.sample(elapsed);
        return { what: WHAT[what], p50, p99, errors, faults, rounds: [] };
      }),
    };
  } finally {
    agent.destroy();
    await Promise.all([db.$client.end(), owner.$client.end()]);
    await site.close();
    await sink.stop();
  }
}

/** An offer of each of them at a tenth of a credit an hour; their references. */
async function listThem(
  owner: ReturnType<typeof connect>,
  helpers: readonly Payer[],
): Promise<string[]> {
  const { rows } = await owner.execute<{ id: string }>(
    sql`select id from wijk.wijk where slug = ${WIJK}`,
  );
  const wijkId = rows[0]?.id;
  await owner.execute(sql`insert into market.theme (wijk_id, slug, name, position)
    values (${wijkId}, 'meten', 'Meten', 999) on conflict do nothing`);
  await owner.execute(sql`insert into market.area (wijk_id, slug, name, position, latitude, longitude)
    values (${wijkId}, 'meten', 'Meten', 999, 52.1, 5.1) on conflict do nothing`);
  const refs = helpers.map((_, i) => `meten${String(i).padStart(3, '0')}`);
  for (const [i, { membershipId }] of helpers.entries())
    await owner.execute(sql`insert into market.listing (wijk_id, id, ref, slug, kind, state, membership_id, title, body,
        theme, area, languages, shell, mode, rate, periods, version, made_at, published_at, expires_at)
      values (${wijkId}, ${randomUUID()}, ${refs[i]}, 'meten', 'offer', 'published', ${membershipId}, 'Meten', 'Meten',
        'meten', 'meten', '["nl"]', 1, 'hourly', 10, '[]', 1, now(), now(), now() + interval '90 days')`);
  return refs;
}
