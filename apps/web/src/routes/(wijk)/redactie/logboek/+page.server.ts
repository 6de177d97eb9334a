import { redirect } from '@sveltejs/kit';
import { readDeskLog } from '@wijk/contracts/redactie';
import { pageTexts, t } from '@wijk/i18n';
import { deskPaths } from '#lib/desk/paths.ts';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { agoText, speaker } from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const to = deskPaths(locals.base);
  const cursor = url.searchParams.get('na');
  const outcome = await api(event)(readDeskLog, {
    params: { wijk: locals.slug },
    query: cursor ? { cursor } : {},
  });
  // an old or mangled place in the list: begin at the top again
  if (!outcome.ok && cursor && outcome.problem.code === 'kernel.invalid')
    redirect(303, to.deskLog());
  if (!outcome.ok) stop(outcome);
  const say = await speaker(locals);
  const texts = pageTexts(locals.locale, 'deskLog');
  const words: Readonly<Record<string, string>> = pageTexts(locals.locale, 'desk').happened;
  return {
    texts,
    cursor,
    older: outcome.data.nextCursor && to.deskLog(outcome.data.nextCursor),
    items: outcome.data.items.map(({ at, kind, who, undone, question }, i) => ({
      key: `${at} ${i}`,
      at: agoText(at, say),
      text: fill((Object.hasOwn(words, kind) && words[kind]) || texts.unknown, {
        who: who ?? texts.someone,
        whom: t(locals.locale, 'page.deskLog.expert'),
      }),
      undone,
      title: question.title,
      href: to.deskQuestion(question.ref),
    })),
  };
};
