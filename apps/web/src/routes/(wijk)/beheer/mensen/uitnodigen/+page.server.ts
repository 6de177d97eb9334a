import { redirect } from '@sveltejs/kit';
import { invitePerson } from '@wijk/contracts/admin';
import { WIJK_ROLES } from '@wijk/domain/identity';
import { pageTexts } from '@wijk/i18n';
import { adminPaths } from '#lib/admin/paths.ts';
import { givenRoles, givenThemes } from '#lib/admin/roles.ts';
import { roleText } from '#lib/server/admin.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { type Place, refused, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent }) => {
  const { admin } = await parent();
  return {
    texts: pageTexts(locals.locale, 'invite'),
    roles: WIJK_ROLES.map((role) => ({
      role,
      name: roleText(locals.locale, role),
      about: admin.roles[role],
    })),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const { email = '', name = '', function: title = '' } = values;
    const w = pageTexts(locals.locale, 'invite');
    const outcome = await api(event)(invitePerson, {
      params: { wijk: locals.slug },
      body: { email, name, title, roles: givenRoles(values), themes: givenThemes(values) },
    });
    const place: Place = (pointer) => {
      if (pointer === 'title') return { field: 'function', label: w.function };
      if (pointer === 'roles') return { field: 'roles', label: w.roles };
      if (pointer.startsWith('themes')) return { field: 'themes', label: w.themes };
      return { field: pointer };
    };
    if (!outcome.ok) return refused(event, 'invite', values, outcome, place);
    setFlash(event, 'page.invite.done', { email: email.trim() });
    redirect(303, adminPaths(locals.base).people());
  },
};
