import { error, redirect } from '@sveltejs/kit';
import { listAskerLooks } from '@wijk/contracts/private';
import { pageTexts } from '@wijk/i18n';
import { deskPaths } from '#lib/desk/paths.ts';
import { privatePaths } from '#lib/private-paths.ts';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { agoText, speaker } from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

/** Every look at who asked, for chief editors and admins; the API decides again. */
export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const { actor } = await locals.context();
  const to = { ...deskPaths(locals.base), ...privatePaths(locals.base) };
  if (!actor) redirect(303, to.signIn(to.looks()));
  if (!actor.abilities.includes('vraagbaak.read-looks')) error(403, { message: 'Forbidden' });
  const cursor = url.searchParams.get('na');
  const outcome = await api(event)(listAskerLooks, {
    params: { wijk: locals.slug },
    query: cursor ? { cursor } : {},
  });
  if (!outcome.ok) stop(outcome);
  const say = await speaker(locals);
  const texts = pageTexts(locals.locale, 'looks');
  const reasons = pageTexts(locals.locale, 'lookUp').reasons;
  const desk = actor.abilities.includes('vraagbaak.edit-desk');
  return {
    texts,
    older: outcome.data.nextCursor && to.looks(outcome.data.nextCursor),
    newest: cursor ? to.looks() : null,
    items: outcome.data.items.map(({ id, at, by, reason, note, question, many, withinADay }) => ({
      id,
      at: agoText(at, say),
      by,
      why: reasons[reason],
      note,
      many: many ? fill(texts.many, { count: withinADay }) : null,
      ref: question.ref,
      seen: texts.seen[question.visibility],
      href: desk ? to.deskQuestion(question.ref) : null,
    })),
  };
};
