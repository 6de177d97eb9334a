import { redirect } from '@sveltejs/kit';
import { listAccounts } from '@wijk/contracts/demonstration';
import { requestCode } from '@wijk/contracts/session';
import { pageTexts, t } from '@wijk/i18n';
import { paths, safeReturn } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setChallenge } from '#lib/server/challenge.ts';
import { refused, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const { wijk, actor } = await locals.context();
  const back = safeReturn(url.searchParams.get('terug'));
  if (actor) redirect(303, back ?? paths(locals.base).home());
  const accounts = wijk.demonstration ? await api(event)(listAccounts, { params: {} }) : null;
  const people = accounts?.ok ? accounts.data.items.filter((a) => a.wijk === wijk.slug) : [];
  return {
    texts: pageTexts(locals.locale, 'signIn'),
    back,
    people: people.map(({ name, email, roles, about }) => ({
      name,
      email,
      about,
      roles: roles.map((role) => roleText(locals.locale, role)).join(', '),
    })),
  };
};

function roleText(locale: App.Locals['locale'], role: string): string {
  return t(locale, `common.role.${role}` as 'common.role.resident');
}

export const actions: Actions = {
  default: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const { email = '' } = values;
    const outcome = await api(event)(requestCode, {
      params: { wijk: locals.slug },
      body: { email },
    });
    if (!outcome.ok) return refused(event, 'sign-in', values, outcome);
    setChallenge(event, { challenge: outcome.data.challenge, email: email.trim(), asks: false });
    redirect(303, paths(locals.base).code(safeReturn(values.back) ?? undefined));
  },
};
