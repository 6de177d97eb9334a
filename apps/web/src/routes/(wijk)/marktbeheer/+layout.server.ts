import { error } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types';

/** For who sets up the market, and who answers appeals. The API decides again. */
export const load: LayoutServerLoad = async ({ locals }) => {
  const { actor } = await locals.context();
  if (!actor) error(401, { message: 'Sign in', reason: 'kernel.unauthenticated' });
  if (!actor.abilities.includes('market.policy'))
    error(403, { message: 'Forbidden', reason: 'kernel.forbidden' });
};
