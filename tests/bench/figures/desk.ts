import { type Arm, alternate, ratioOf } from '../rounds.ts';
import { atMost, type Row, rowOf } from '../row.ts';
import { type Site, WIJK } from '../site.ts';
import type { Stage } from '../stage.ts';
import { bareRead, flatness, reading, requirePage, thousands } from './http.ts';

const MANY_OPEN = 1000;
const PATH = `/api/v1/wijken/${WIJK}/desk/questions`;
/** What an editor may wait for the first screen at most (V6). */
const FIRST_SCREEN_MS = 100;

/**
 * The first screen of the desk: twenty questions with least time left, and how many each filter
 * shows. Every size with as many open questions; the largest also with a thousand and with all of
 * them open. `attention`, of which there are none, is the filter that has to look furthest.
 */
export async function desk(stage: Stage): Promise<Row[]> {
  const { sizes } = stage.options;
  const largest = sizes.at(-1) ?? 0;
  const flat: Site[] = [];
  for (const size of sizes) flat.push(await stage.site(size));
  const many = [
    await stage.site(largest, Math.min(MANY_OPEN, largest)),
    await stage.site(largest, largest),
  ];
  const arms: Arm[] = [bareRead(stage, await stage.bare())];
  for (const site of new Set([...flat, ...many])) arms.push(await screen(stage, site, 'open'));
  for (const site of new Set(many)) arms.push(await screen(stage, site, 'attention'));
  const [bare, ...desks] = await alternate(stage.load, arms, stage.options);
  if (!bare) throw new Error('nothing was measured');
  return [
    rowOf('desk', bare),
    ...desks.map((measured) =>
      rowOf('desk', measured, {
        ratio: ratioOf(measured, bare),
        against: bare.name,
        // 99 of 100 within what 95 of 100 are promised
        aim: atMost(`p99 ≤ ${FIRST_SCREEN_MS} ms`, measured.p99, FIRST_SCREEN_MS),
      }),
    ),
    ...flatness('desk', desks.slice(0, sizes.length)),
  ];
}

async function screen(stage: Stage, site: Site, filter: 'open' | 'attention'): Promise<Arm> {
  const { app, editor, size, open } = site;
  const headers = { cookie: editor };
  const path = `${PATH}?filter=${filter}`;
  const holds = (json: string) => JSON.parse(json).counts.open === open;
  await requirePage(app.url + path, headers, holds);
  const what = filter === 'open' ? '' : `, filter ${filter}`;
  const name = `desk with ${thousands(open)} open${what}, ${thousands(size)} questions`;
  return reading(stage, { name, url: app.url, paths: [path], headers, pid: app.pid });
}
