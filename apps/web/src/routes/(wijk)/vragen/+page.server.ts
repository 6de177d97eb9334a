import { redirect } from '@sveltejs/kit';
import { listQuestions } from '@wijk/contracts/questions';
import { pageTexts } from '@wijk/i18n';
import { paths, SHOWS, type Show } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { feedLinks } from '#lib/server/open/head.ts';
import { stop } from '#lib/server/refusal.ts';
import { questionCard, speaker } from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

const isShow = (value: string | null): value is Show =>
  value !== null && Object.hasOwn(SHOWS, value);

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:questions');
  const { locals, url } = event;
  const { wijk } = await locals.context();
  const say = await speaker(locals);
  const asked = url.searchParams.get('toon');
  const show = isShow(asked) ? asked : null;
  const theme = wijk.themes.find((t) => t.slug === url.searchParams.get('thema')) ?? null;
  const cursor = url.searchParams.get('na');
  const outcome = await api(event)(listQuestions, {
    params: { wijk: locals.slug },
    query: {
      ...(theme ? { theme: theme.slug } : {}),
      ...(show ? { show: SHOWS[show] } : {}),
      ...(cursor ? { cursor } : {}),
    },
  });
  const filter = { theme: theme?.slug, show };
  // an old or mangled place in the list: begin at the top again
  if (!outcome.ok && cursor && outcome.problem.code === 'kernel.invalid')
    redirect(303, paths(locals.base).questions(filter));
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'questions');
  if (!cursor)
    locals.open = {
      title: theme ? fill(texts.themeTitle, { theme: theme.name }) : texts.title,
      description: texts.lead,
      path: paths('').questions(filter),
      feeds: feedLinks(wijk.name, locals.locale, theme),
    };
  return {
    texts,
    theme,
    show,
    paged: cursor !== null,
    next: outcome.data.nextCursor,
    questions: outcome.data.items.map((q) => questionCard(q, say)),
  };
};
