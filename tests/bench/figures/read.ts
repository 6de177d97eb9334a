import { type Arm, alternate, ratioOf } from '../rounds.ts';
import { type Row, rowOf } from '../row.ts';
import { type Site, WIJK } from '../site.ts';
import type { Stage } from '../stage.ts';
import { bareRead, flatness, reading, requirePage, thousands } from './http.ts';

/** The same questions as JSON, beside a bare indexed read. */
export async function read(stage: Stage): Promise<Row[]> {
  const sites: Site[] = [];
  for (const size of stage.options.sizes) sites.push(await stage.site(size));
  const arms: Arm[] = [bareRead(stage, await stage.bare())];
  for (const { app, questions, size } of sites) {
    const paths = questions.map(({ ref }) => `/api/v1/wijken/${WIJK}/questions/${ref}`);
    await requirePage(app.url + paths[0], {}, (json) => JSON.parse(json).answers.length === 10);
    const name = `question as JSON, ${thousands(size)} questions`;
    arms.push(reading(stage, { name, url: app.url, paths, pid: app.pid }));
  }
  const [bare, ...reads] = await alternate(stage.load, arms, stage.options);
  if (!bare) throw new Error('nothing was measured');
  return [
    rowOf('read', bare),
    ...reads.map((measured) =>
      rowOf('read', measured, { ratio: ratioOf(measured, bare), against: bare.name }),
    ),
    ...flatness('read', reads),
  ];
}
