import { setTimeout as pause } from 'node:timers/promises';
import { type Arm, alternate, ratioOf } from '../rounds.ts';
import { atLeast, type Row, rowOf } from '../row.ts';
import type { Site } from '../site.ts';
import type { Stage } from '../stage.ts';
import { flatness, reading, requirePage, thousands } from './http.ts';

export const pagePaths = (site: Site): string[] =>
  site.questions.map(({ ref, slug }) => `/vragen/${ref}/${slug}`);

const holdsTenAnswers = (html: string) => html.match(/id="antwoord-/g)?.length === 10;

/** A visitor who chose a language has a cookie: their page is rendered anew each time. */
const CHOSEN = { cookie: 'taal=nl' };

const MINUTE_MS = 60_000;
const SPARE_MS = 3000;

/**
 * Reads every page once, in a minute that lasts as long as the measurement: pages are made anew once a
 * minute, and in a few seconds that would weigh as much as in a minute of its own.
 */
async function keepAll(url: string, paths: readonly string[], seconds: number): Promise<void> {
  const left = MINUTE_MS - (Date.now() % MINUTE_MS);
  if (left < seconds * 1000 + SPARE_MS) await pause(left + 50);
  for (const path of paths) await (await fetch(url + path)).text();
}

/**
 * The question page with ten answers, for a visitor, beside a bare page: as it is served, kept until
 * something on it changes or a minute is over (the minute is not measured), and rendered anew for every reply.
 */
export async function page(stage: Stage): Promise<Row[]> {
  const sites: Site[] = [];
  for (const size of stage.options.sizes) sites.push(await stage.site(size));
  const { url, pid } = await stage.bare();
  const arms: Arm[] = [
    reading(stage, { name: 'bare page', url, paths: ['/'], pid }),
    reading(stage, { name: 'bare page with as much text', url, paths: ['/vraag'], pid }),
  ];
  for (const headers of [{}, CHOSEN])
    for (const site of sites) {
      const paths = pagePaths(site);
      await requirePage(site.app.url + paths[0], headers, holdsTenAnswers);
      const anew = headers === CHOSEN ? 'rendered anew, ' : '';
      const name = `question page, ${anew}${thousands(site.size)} questions`;
      const { url, pid } = site.app;
      const arm = reading(stage, { name, url, paths, headers, pid });
      arms.push(anew ? arm : { ...arm, prepare: (seconds) => keepAll(url, paths, seconds) });
    }
  const [bare, text, ...pages] = await alternate(stage.load, arms, stage.options);
  if (!bare || !text) throw new Error('nothing was measured');
  const kept = pages.slice(0, sites.length);
  const anew = pages.slice(sites.length);
  return [
    rowOf('page', bare),
    rowOf('page', text, { ratio: ratioOf(text, bare), against: bare.name }),
    ...kept.map((measured) => {
      const ratio = ratioOf(measured, bare);
      const aim = atLeast('≥ 0.5', ratio, 0.5);
      return rowOf('page', measured, { ratio, against: bare.name, aim });
    }),
    ...flatness('page', kept),
    ...anew.map((measured) =>
      rowOf('page', measured, { ratio: ratioOf(measured, bare), against: bare.name }),
    ),
    ...flatness('page', anew),
  ];
}
