import { type Arm, alternate, ratioOf } from '../rounds.ts';
import { type Row, rowOf } from '../row.ts';
import { type Site, THEME_SLUGS, WIJK } from '../site.ts';
import type { Stage } from '../stage.ts';
import { bareRead, flatness, reading, requirePage, thousands } from './http.ts';

const perTheme = (path: string) => [path, ...THEME_SLUGS.map((theme) => `${path}?theme=${theme}`)];

/** The list of questions, of all and by theme: as JSON beside a bare read, as a page beside a bare page. */
export async function list(stage: Stage): Promise<Row[]> {
  const sites: Site[] = [];
  for (const size of stage.options.sizes) sites.push(await stage.site(size));
  const bare = await stage.bare();
  const arms: Arm[] = [
    bareRead(stage, bare),
    reading(stage, { name: 'bare page', url: bare.url, paths: ['/'], pid: bare.pid }),
  ];
  for (const { app, size } of sites) {
    const paths = perTheme(`/api/v1/wijken/${WIJK}/questions`);
    await requirePage(app.url + paths[0], {}, (json) => JSON.parse(json).items.length > 0);
    const name = `list as JSON, ${thousands(size)} questions`;
    arms.push(reading(stage, { name, url: app.url, paths, pid: app.pid }));
  }
  for (const { app, size } of sites) {
    await requirePage(`${app.url}/vragen`, {}, (html) => html.includes('/vragen/'));
    const name = `list as a page, ${thousands(size)} questions`;
    arms.push(reading(stage, { name, url: app.url, paths: ['/vragen'], pid: app.pid }));
  }
  const [read, page, ...measured] = await alternate(stage.load, arms, stage.options);
  if (!read || !page) throw new Error('nothing was measured');
  const json = measured.slice(0, sites.length);
  const pages = measured.slice(sites.length);
  return [
    rowOf('list', read),
    rowOf('list', page),
    ...json.map((m) => rowOf('list', m, { ratio: ratioOf(m, read), against: read.name })),
    ...flatness('list', json),
    ...pages.map((m) => rowOf('list', m, { ratio: ratioOf(m, page), against: page.name })),
    ...flatness('list', pages),
  ];
}
