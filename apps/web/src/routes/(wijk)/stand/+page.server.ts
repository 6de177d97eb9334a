import { paths } from '#lib/paths.ts';
import { scoreView, WEEK_CHOICES } from '#lib/server/score.ts';
import { askedScore } from '#lib/server/score-query.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const score = scoreView(await askedScore(event), event.locals);
  const { wijk } = await event.locals.context();
  const { texts, theme } = score;
  event.locals.open = {
    title: theme ? fill(texts.titleTheme, { theme: theme.name }) : texts.title,
    description: fill(texts.lead, { hours: wijk.promiseHours }),
    path: paths('').score({ theme: theme?.slug }),
  };
  return {
    score,
    weekChoices: WEEK_CHOICES.map((value) => ({
      value,
      label: fill(score.texts.lastWeeks, { weeks: value }),
    })),
  };
};
