import { error, redirect } from '@sveltejs/kit';
import { pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import type { LayoutServerLoad } from './$types';

/** Only the redactie comes in. The words are sent once, not with every refresh of the queue. */
export const load: LayoutServerLoad = async (event) => {
  const { locals, url } = event;
  const { actor } = await locals.context();
  const here = event.untrack(() => url.pathname + url.search);
  if (!actor) redirect(303, paths(locals.base).signIn(here));
  if (!actor.abilities.includes('vraagbaak.edit-desk')) error(403, { message: 'Forbidden' });
  return { desk: pageTexts(locals.locale, 'desk') };
};
