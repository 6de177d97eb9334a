import { listWijken } from '@wijk/contracts/setup';
import { pageTexts, plural, t } from '@wijk/i18n';
import { adminPaths } from '#lib/admin/paths.ts';
import { dateText } from '#lib/server/admin.ts';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const say = await speaker(locals);
  const outcome = await api(event)(listWijken, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const { locale } = locals;
  return {
    texts: pageTexts(locale, 'wijken'),
    wijken: outcome.data.items.map(({ slug, name, openedAt, members, admins }) => ({
      slug,
      name,
      href: adminPaths(`/w/${slug}`).setup(),
      open: openedAt !== null,
      state: openedAt
        ? t(locale, 'page.wijken.opened', { date: dateText(openedAt, say) })
        : t(locale, 'page.wijken.preparing'),
      members: plural(locale, 'page.wijken.members', members),
      admins: plural(locale, 'page.wijken.admins', admins),
    })),
  };
};
