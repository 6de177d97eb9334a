import { type Arm, alternate, ratioOf } from '../rounds.ts';
import { type Row, rowOf } from '../row.ts';
import { type Site, WIJK } from '../site.ts';
import type { Stage } from '../stage.ts';
import { bareRead, flatness, reading, requirePage, thousands } from './http.ts';

/** What people look for: common and rare words, compounds both ways, typing errors, whole sentences. */
const SEARCHES = [
  'gemeente',
  'hulp',
  'traplift vergoeding',
  'trapliftvergoeding',
  'stoellift wie betaalt',
  'griepprik uitnodeging',
  'eigen risico zorgverzekering',
  'zorgverzekeringspremie',
  'mijn moeder is vergeetachtig wat kan ik doen',
  'vervoer naar het ziekenhuis',
  'lekkende kraan',
  'samen wandelen',
  'mantelzorg vakantie',
  'container vol',
  'computerles senioren',
  'huurverhoging bezwaar',
];

/** Pages of results and suggestions while asking, beside a bare indexed read. */
export async function find(stage: Stage): Promise<Row[]> {
  const sites: Site[] = [];
  for (const size of stage.options.sizes) sites.push(await stage.site(size));
  const { connections } = stage.options;
  const arms: Arm[] = [bareRead(stage, await stage.bare())];
  const of = (text: string) => encodeURIComponent(text);
  for (const { app, size } of sites) {
    const paths = SEARCHES.map((text) => `/api/v1/wijken/${WIJK}/search?limit=20&q=${of(text)}`);
    await requirePage(app.url + paths[0], {}, (json) => JSON.parse(json).items.length === 20);
    const name = `search as JSON, ${thousands(size)} questions`;
    arms.push(reading(stage, { name, url: app.url, paths, pid: app.pid }));
  }
  for (const { app, size } of sites) {
    const paths = SEARCHES.map((text) => `/zoeken?q=${of(text)}`);
    const name = `search as a page, ${thousands(size)} questions`;
    arms.push(reading(stage, { name, url: app.url, paths, pid: app.pid }));
  }
  for (const { app, size } of sites) {
    const bodies = SEARCHES.map((text) => ({
      title: `Wie weet iets over ${text}?`,
      body: 'Ik woon hier nog niet zo lang en ik weet niet bij wie ik moet zijn. Wat raadt u aan?',
    }));
    const path = `/api/v1/wijken/${WIJK}/similar`;
    arms.push({
      name: `suggestions, ${thousands(size)} questions`,
      pid: app.pid,
      plan: (seconds) => ({ kind: 'post', url: app.url, path, bodies, connections, seconds }),
    });
  }
  const [bare, ...measured] = await alternate(stage.load, arms, stage.options);
  if (!bare) throw new Error('nothing was measured');
  const n = sites.length;
  return [
    rowOf('find', bare),
    ...[0, 1, 2].flatMap((kind) => {
      const sizes = measured.slice(kind * n, kind * n + n);
      return [
        ...sizes.map((m) => rowOf('find', m, { ratio: ratioOf(m, bare), against: bare.name })),
        ...flatness('find', sizes),
      ];
    }),
  ];
}
