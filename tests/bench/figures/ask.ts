import { type Arm, alternate, ratioOf } from '../rounds.ts';
import { type Row, rowOf } from '../row.ts';
import { type Site, THEME_SLUGS, WIJK } from '../site.ts';
import { type Stage, TPCB_SCALE } from '../stage.ts';
import { flatness, thousands } from './http.ts';

/**
 * Asking, each by another member with another text and key, beside the transaction of TPC-B with as
 * many connections. It ends when the events are handled and the mail of each question is sent, so
 * that one measurement doesn't pay for another; how long that took afterwards stands in the note.
 */
export async function ask(stage: Stage): Promise<Row[]> {
  const { connections, sizes } = stage.options;
  const database = await stage.tpcbUrl();
  const arms: Arm[] = [
    {
      name: 'TPC-B transaction',
      plan: (seconds) => ({ kind: 'tpcb', database, scale: TPCB_SCALE, connections, seconds }),
    },
  ];
  const asked: { site: Site; before: number; settled: number[] }[] = [];
  for (const size of sizes) {
    const site = await stage.site(size);
    const settled: number[] = [];
    asked.push({ site, before: await site.count(), settled });
    arms.push({
      name: `ask, ${thousands(size)} questions`,
      pid: site.app.pid,
      warmReplies: 1000,
      plan: (seconds) => ({
        kind: 'ask',
        url: site.app.url,
        path: `/api/v1/wijken/${WIJK}/questions`,
        cookies: site.members,
        themes: THEME_SLUGS,
        connections,
        seconds,
      }),
      settle: async () => {
        settled.push(await site.settle());
      },
    });
  }
  const [tpcb, ...asks] = await alternate(stage.load, arms, stage.options);
  if (!tpcb) throw new Error('nothing was measured');
  const rows = [rowOf('ask', tpcb)];
  for (const [n, measured] of asks.entries()) {
    const { site, before, settled } = asked[n] ?? { settled: [], before: 0 };
    const ratio = ratioOf(measured, tpcb);
    const slowest = (Math.max(...settled) / 1000).toFixed(1);
    const note = `${thousands(before)} grew to ${thousands((await site?.count()) ?? 0)}; events and mail done at most ${slowest} s later`;
    rows.push(rowOf('ask', measured, { ratio, against: tpcb.name, note }));
  }
  return [...rows, ...flatness('ask', asks)];
}
