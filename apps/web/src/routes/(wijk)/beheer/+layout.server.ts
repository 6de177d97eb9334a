import { error } from '@sveltejs/kit';
import { pageTexts } from '@wijk/i18n';
import type { LayoutServerLoad } from './$types';

/** Pages of admins: 401 for visitors, 403 for members without the role. The API decides again. */
export const load: LayoutServerLoad = async ({ locals }) => {
  const { actor, platform } = await locals.context();
  const viewer = actor ?? platform;
  if (!viewer) error(401, { message: 'Sign in', reason: 'kernel.unauthenticated' });
  if (!viewer.abilities.includes('admin.people'))
    error(403, { message: 'Forbidden', reason: 'kernel.forbidden' });
  return {
    admin: pageTexts(locals.locale, 'admin'),
    mayReadLooks: viewer.abilities.includes('vraagbaak.read-looks'),
    maySetMarket: viewer.abilities.includes('market.policy'),
    mayMakeWijken: viewer.abilities.includes('platform.wijken'),
  };
};
