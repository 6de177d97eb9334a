import { listInvitations, listPeople } from '@wijk/contracts/admin';
import { t } from '@wijk/i18n';
import { roleText } from '#lib/server/admin.ts';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const { locale } = locals;
  const params = { wijk: locals.slug };
  const call = api(event);
  const [invited, people] = await Promise.all([
    call(listInvitations, { params }),
    call(listPeople, { params, query: { limit: 50 } }),
  ]);
  if (!invited.ok) stop(invited);
  if (!people.ok) stop(people);
  const rolesOf = (roles: readonly string[]) =>
    roles.map((role) => roleText(locale, role)).join(', ') || t(locale, 'page.people.plain');
  return {
    lines: [
      ...people.data.items.map(({ name, email, roles }) =>
        t(locale, 'page.setup.first.here', {
          who: name || email,
          roles: rolesOf(roles.map(({ role }) => role)),
        }),
      ),
      ...invited.data.items
        .filter(({ status }) => status === 'open')
        .map(({ name, email, roles }) =>
          t(locale, 'page.setup.first.open', { who: name || (email ?? ''), roles: rolesOf(roles) }),
        ),
    ],
  };
};
