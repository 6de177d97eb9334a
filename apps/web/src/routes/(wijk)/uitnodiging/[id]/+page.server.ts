import { redirect } from '@sveltejs/kit';
import { readInvitation } from '@wijk/contracts/admin';
import { pageTexts, t } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { roleText } from '#lib/server/admin.ts';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

/** Admins come back often before their wijk opens. */
const COOKIE_SECONDS = 30 * 86_400;

export const load: PageServerLoad = async (event) => {
  const { locals, params, cookies, url } = event;
  const say = await speaker(locals);
  const outcome = await api(event)(readInvitation, {
    params: { wijk: locals.slug, invitation: params.id },
  });
  if (!outcome.ok) stop(outcome);
  // the pages for signing in of a wijk that is not open yet are there for whoever was invited
  cookies.set('uitnodiging', params.id, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: COOKIE_SECONDS,
  });
  const { roles, expiresAt, accepted, notOpenYet } = outcome.data;
  if (accepted) redirect(303, paths(locals.base).signIn());
  return {
    texts: pageTexts(locals.locale, 'invitation'),
    roles: roles.map((role) => roleText(locals.locale, role)),
    until: t(locals.locale, 'page.invitation.until', { until: momentText(expiresAt, say).text }),
    notOpenYet,
  };
};
