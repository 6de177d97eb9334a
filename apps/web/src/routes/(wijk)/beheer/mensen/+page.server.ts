import { redirect } from '@sveltejs/kit';
import {
  listInvitations,
  listPeople,
  resendInvitation,
  revokeInvitation,
} from '@wijk/contracts/admin';
import { ROLES } from '@wijk/domain/identity';
import { pageTexts, plural, t } from '@wijk/i18n';
import { adminPaths } from '#lib/admin/paths.ts';
import { dateText, roleText } from '#lib/server/admin.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 30;

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const say = await speaker(locals);
  const search = url.searchParams.get('zoek')?.slice(0, 100) ?? '';
  const role = ROLES.find((known) => known === url.searchParams.get('rol'));
  const cursor = url.searchParams.get('na');
  const call = api(event);
  const params = { wijk: locals.slug };
  const [people, invited] = await Promise.all([
    call(listPeople, {
      params,
      query: {
        limit: PER_PAGE,
        ...(search ? { search } : {}),
        ...(role ? { role } : {}),
        ...(cursor ? { cursor } : {}),
      },
    }),
    call(listInvitations, { params }),
  ]);
  if (!people.ok) stop(people);
  if (!invited.ok) stop(invited);
  const { locale } = locals;
  const to = adminPaths(locals.base);
  const { items, nextCursor } = people.data;
  return {
    texts: pageTexts(locale, 'people'),
    search,
    role: role ?? '',
    roles: ROLES.map((one) => ({ value: one, label: roleText(locale, one) })),
    found: plural(locale, 'page.people.found', items.length),
    people: items.map(({ id, name, email, title, roles }) => ({
      id,
      name: name || t(locale, 'page.people.nameless'),
      email,
      title,
      roles: roles
        .filter((held) => held.role !== 'resident' || roles.length === 1)
        .map((held) => ({
          name: roleText(locale, held.role),
          since: t(locale, 'page.people.since', {
            role: roleText(locale, held.role),
            date: dateText(held.since, say),
          }),
        })),
    })),
    next: nextCursor ? to.people({ search, role: role ?? '', after: nextCursor }) : null,
    firstPage: cursor ? to.people({ search, role: role ?? '' }) : null,
    invitations: invited.data.items.map((one) => ({
      id: one.id,
      who: one.email ?? (one.name || t(locale, 'page.people.nameless')),
      name: one.email ? one.name : '',
      status: one.status,
      roles:
        one.roles.map((each) => roleText(locale, each)).join(', ') ||
        t(locale, 'page.people.plain'),
      invited: t(locale, 'page.people.invited', {
        name: one.invitedBy ?? '',
        at: momentText(one.invitedAt, say).text,
      }),
      until: t(locale, 'page.people.until', { until: momentText(one.expiresAt, say).text }),
    })),
  };
};

export const actions: Actions = {
  resend: async (event) => {
    const { invitation = '' } = typed(await event.request.formData());
    const { locals } = event;
    const params = { wijk: locals.slug, invitation };
    const outcome = await api(event)(resendInvitation, { params });
    if (!outcome.ok) return refused(event, 'invitation', {}, outcome);
    setFlash(event, 'page.people.resent');
    redirect(303, adminPaths(locals.base).people());
  },
  revoke: async (event) => {
    const { invitation = '' } = typed(await event.request.formData());
    const { locals } = event;
    const params = { wijk: locals.slug, invitation };
    const outcome = await api(event)(revokeInvitation, { params });
    if (!outcome.ok) return refused(event, 'invitation', {}, outcome);
    setFlash(event, 'page.people.revoked');
    redirect(303, adminPaths(locals.base).people());
  },
};
