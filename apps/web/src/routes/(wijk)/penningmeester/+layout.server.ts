import { error } from '@sveltejs/kit';
import { pageTexts } from '@wijk/i18n';
import { moneyOf } from '#lib/server/treasury.ts';
import type { LayoutServerLoad } from './$types';

/** No page of the control room is shown without one of its roles. The API decides again. */
export const load: LayoutServerLoad = async (event) => {
  const { actor } = await event.locals.context();
  if (!actor) error(401, { message: 'Sign in', reason: 'kernel.unauthenticated' });
  const controls = actor.abilities.includes('wallet.control');
  if (!controls && !actor.abilities.includes('wallet.four-eyes'))
    error(403, { message: 'Forbidden', reason: 'kernel.forbidden' });
  const { plural, symbol } = await moneyOf(event);
  return { treasury: pageTexts(event.locals.locale, 'treasury'), controls, plural, symbol };
};
