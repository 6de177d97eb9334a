import { type Arm, alternate, ratioOf } from '../rounds.ts';
import { atLeast, type Row, rowOf } from '../row.ts';
import type { Site } from '../site.ts';
import type { Stage } from '../stage.ts';
import { flatness, reading, requirePage, thousands } from './http.ts';

export const pagePaths = (site: Site): string[] =>
  site.questions.map(({ ref, slug }) => `/vragen/${ref}/${slug}`);

const holdsTenAnswers = (html: string) => html.match(/id="antwoord-/g)?.length === 10;

/** The rendered question page with ten answers, for a visitor, beside a bare page. */
export async function page(stage: Stage): Promise<Row[]> {
  const sites: Site[] = [];
  for (const size of stage.options.sizes) sites.push(await stage.site(size));
  const { url, pid } = await stage.bare();
  const arms: Arm[] = [
    reading(stage, { name: 'bare page', url, paths: ['/'], pid }),
    reading(stage, { name: 'bare page with as much text', url, paths: ['/vraag'], pid }),
  ];
  for (const site of sites) {
    const paths = pagePaths(site);
    await requirePage(site.app.url + paths[0], {}, holdsTenAnswers);
    const name = `question page, ${thousands(site.size)} questions`;
    arms.push(reading(stage, { name, url: site.app.url, paths, pid: site.app.pid }));
  }
  const [bare, text, ...pages] = await alternate(stage.load, arms, stage.options);
  if (!bare || !text) throw new Error('nothing was measured');
  return [
    rowOf('page', bare),
    rowOf('page', text, { ratio: ratioOf(text, bare), against: bare.name }),
    ...pages.map((measured) => {
      const ratio = ratioOf(measured, bare);
      const aim = atLeast('≥ 0.5', ratio, 0.5);
      return rowOf('page', measured, { ratio, against: bare.name, aim });
    }),
    ...flatness('page', pages),
  ];
}
