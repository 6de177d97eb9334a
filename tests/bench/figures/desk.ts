import { type Arm, alternate, ratioOf } from '../rounds.ts';
import { type Row, rowOf } from '../row.ts';
import { type Site, WIJK } from '../site.ts';
import type { Stage } from '../stage.ts';
import { bareRead, flatness, reading, requirePage, thousands } from './http.ts';

const MANY_OPEN = 1000;
const PATH = `/api/v1/wijken/${WIJK}/desk/questions`;

/**
 * The first screen of the desk: twenty questions with least time left, and how many each filter
 * shows. Every size with as many open questions, and the largest also with a thousand.
 */
export async function desk(stage: Stage): Promise<Row[]> {
  const { sizes } = stage.options;
  const largest = sizes.at(-1) ?? 0;
  const sites: Site[] = [];
  for (const size of sizes) sites.push(await stage.site(size));
  sites.push(await stage.site(largest, Math.min(MANY_OPEN, largest)));
  const arms: Arm[] = [bareRead(stage, await stage.bare())];
  for (const { app, editor, size, open } of sites) {
    const headers = { cookie: editor };
    const holds = (json: string) => JSON.parse(json).counts.open === open;
    await requirePage(app.url + PATH, headers, holds);
    const name = `desk with ${thousands(open)} open, ${thousands(size)} questions`;
    arms.push(reading(stage, { name, url: app.url, paths: [PATH], headers, pid: app.pid }));
  }
  const [bare, ...desks] = await alternate(stage.load, arms, stage.options);
  if (!bare) throw new Error('nothing was measured');
  return [
    rowOf('desk', bare),
    ...desks.map((measured) =>
      rowOf('desk', measured, { ratio: ratioOf(measured, bare), against: bare.name }),
    ),
    ...flatness('desk', desks.slice(0, sizes.length)),
  ];
}
