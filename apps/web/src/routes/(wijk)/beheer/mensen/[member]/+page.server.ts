import { redirect } from '@sveltejs/kit';
import { changePerson, grantRole, readPerson, revokeRole } from '@wijk/contracts/admin';
import type { ReplyOf } from '@wijk/contracts/define';
import { confirmResidency, readResidency, revokeResidency } from '@wijk/contracts/wallet-residency';
import { ROLES, type Role, WIJK_ROLES } from '@wijk/domain/identity';
import { amountText, type MessageKey, pageTexts, t } from '@wijk/i18n';
import { adminPaths } from '#lib/admin/paths.ts';
import { givenThemes } from '#lib/admin/roles.ts';
import { dateText, logLine, roleText } from '#lib/server/admin.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { momentText, type Speaker, speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params, parent } = event;
  const say = await speaker(locals);
  const outcome = await api(event)(readPerson, {
    params: { wijk: locals.slug, member: params.member },
  });
  if (!outcome.ok) stop(outcome);
  // a platform admin who is no member does not decide who lives here
  const residency = await api(event)(readResidency, {
    params: { wijk: locals.slug, member: params.member },
  });
  if (!residency.ok && residency.status !== 401 && residency.status !== 403) stop(residency);
  const { admin } = await parent();
  const { locale } = locals;
  const { name, email, title, joinedAt, roles, self, themes, log, mayGrantPlatform } = outcome.data;
  const offered: Role[] = [...WIJK_ROLES, ...(mayGrantPlatform ? ['platform-admin' as const] : [])];
  const values: Record<string, string> = { function: title };
  for (const { theme, position } of themes) {
    values[`theme-${theme}`] = 'on';
    values[`place-${theme}`] = String(position);
  }
  return {
    texts: pageTexts(locale, 'person'),
    name: name || t(locale, 'page.people.nameless'),
    email,
    self,
    values,
    isExpert: roles.some(({ role }) => role === 'expert'),
    since: t(locale, 'page.person.since', { date: dateText(joinedAt, say) }),
    roles: offered.map((role) => {
      const held = roles.find((one) => one.role === role);
      return {
        role,
        name: roleText(locale, role),
        about: admin.roles[role as keyof typeof admin.roles],
        has: held && t(locale, 'page.person.has', { date: dateText(held.since, say) }),
      };
    }),
    log: log.map((entry) => logLine(entry, say)),
    residency: residency.ok ? residencyView(residency.data, say) : null,
  };
};

function residencyView(
  { confirmed, mayChange, credit, unit, log }: ReplyOf<typeof readResidency>,
  say: Speaker,
) {
  const { locale } = say;
  const someone = t(locale, 'page.roleLog.someone');
  const line = (at: string, key: MessageKey, by: string | null) => ({
    at: momentText(at, say),
    text: t(locale, key, { by: by ?? someone }),
  });
  return {
    confirmed,
    mayChange,
    text: confirmed
      ? t(locale, 'page.person.residencyIs', { credit: amountText(locale, credit), unit })
      : t(locale, 'page.person.residencyNot'),
    log: log.flatMap(({ confirmedAt, confirmedBy, revokedAt, revokedBy }) => [
      ...(revokedAt ? [line(revokedAt, 'page.person.residencyOff', revokedBy)] : []),
      line(confirmedAt, 'page.person.residencyOn', confirmedBy),
    ]),
  };
}

async function changeResidency(event: RequestEvent, confirmed: boolean) {
  const { locals, params } = event;
  const outcome = await api(event)(confirmed ? confirmResidency : revokeResidency, {
    params: { wijk: locals.slug, member: params.member },
  });
  if (!outcome.ok) return refused(event, 'residency', {}, outcome);
  setFlash(event, confirmed ? 'page.person.residencyConfirmed' : 'page.person.residencyRevoked');
  redirect(303, adminPaths(locals.base).person(params.member));
}

async function changeRole(event: RequestEvent, what: 'given' | 'taken') {
  const { role: asked = '', name = '' } = typed(await event.request.formData());
  const { locals, params } = event;
  const role = ROLES.find((known) => known === asked) ?? 'resident';
  const outcome = await api(event)(what === 'given' ? grantRole : revokeRole, {
    params: { wijk: locals.slug, member: params.member, role },
  });
  if (!outcome.ok) return refused(event, 'role', {}, outcome);
  setFlash(event, `page.person.${what}`, {
    name: name.slice(0, 80),
    role: roleText(locals.locale, role),
  });
  redirect(303, adminPaths(locals.base).person(params.member));
}

export const actions: Actions = {
  give: (event) => changeRole(event, 'given'),
  take: (event) => changeRole(event, 'taken'),
  woont: (event) => changeResidency(event, true),
  woontniet: (event) => changeResidency(event, false),
  save: async (event) => {
    const values = typed(await event.request.formData());
    const { locals, params } = event;
    const w = pageTexts(locals.locale, 'person');
    const outcome = await api(event)(changePerson, {
      params: { wijk: locals.slug, member: params.member },
      body: { title: values.function ?? '', themes: givenThemes(values) },
    });
    const place: Place = (pointer) =>
      pointer === 'title'
        ? { field: 'function', label: w.function }
        : { field: 'themes', label: w.themes };
    if (!outcome.ok) return refused(event, 'person', values, outcome, place);
    setFlash(event, 'page.person.saved');
    redirect(303, adminPaths(locals.base).person(params.member));
  },
};
