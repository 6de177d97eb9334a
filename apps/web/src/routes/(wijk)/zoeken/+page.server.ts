import { redirect } from '@sveltejs/kit';
import { searchQuestions } from '@wijk/contracts/search';
import { pageTexts, t } from '@wijk/i18n';
import type { FoundView } from '#lib/finding.ts';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { marked, wordsToMark } from '#lib/server/highlight.ts';
import { questionCard, speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

const WORDS_MAX = 200;

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const { wijk } = await locals.context();
  const words = (url.searchParams.get('q') ?? '').trim().slice(0, WORDS_MAX);
  const theme = wijk.themes.find((known) => known.slug === url.searchParams.get('thema')) ?? null;
  const cursor = url.searchParams.get('na');
  const filter = { words, theme: theme?.slug };
  const page = {
    texts: pageTexts(locals.locale, 'search'),
    words,
    theme,
    paged: cursor !== null,
  };
  if (words === '') return { ...page, found: null, failed: null };
  const outcome = await api(event)(searchQuestions, {
    params: { wijk: locals.slug },
    query: {
      q: words,
      ...(theme ? { theme: theme.slug } : {}),
      ...(cursor ? { cursor } : {}),
    },
  });
  // an old or mangled place in the list: begin at the top again
  if (!outcome.ok && cursor && outcome.problem.code === 'kernel.invalid')
    redirect(303, paths(locals.base).search(filter));
  if (!outcome.ok) {
    const { code } = outcome.problem;
    return { ...page, found: null, failed: code === 'kernel.invalid' ? 'short' : 'away' } as const;
  }
  const say = await speaker(locals);
  const { items, total, totalIsCapped, corrected, nextCursor } = outcome.data;
  const looked = wordsToMark(words, corrected);
  return {
    ...page,
    failed: null,
    found: {
      total,
      totalIsCapped,
      corrected,
      next: nextCursor,
      items: items.map(({ answer, ...question }): FoundView => {
        const card = questionCard(question, say);
        return {
          ...card,
          title: marked(card.title, looked),
          excerpt: marked(card.excerpt, looked),
          answer: answer && {
            who: t(say.locale, 'page.search.answerBy', {
              name: answer.author.name,
              capacity: t(say.locale, `common.capacity.${answer.author.capacity}`),
            }),
            excerpt: marked(answer.excerpt, looked),
            approved: answer.approved,
          },
        };
      }),
    },
  };
};
