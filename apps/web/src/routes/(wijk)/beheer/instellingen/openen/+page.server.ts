import { redirect } from '@sveltejs/kit';
import { openWijk } from '@wijk/contracts/setup';
import { t } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { dateText } from '#lib/server/admin.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { setup } = await parent();
  const say = await speaker(locals);
  return {
    address: `${url.origin}/w/${locals.slug}`,
    since:
      setup.openedAt &&
      t(locals.locale, 'page.setup.open.isOpen', { date: dateText(setup.openedAt, say) }),
  };
};

export const actions: Actions = {
  open: async (event) => {
    const { locals } = event;
    const outcome = await api(event)(openWijk, { params: { wijk: locals.slug } });
    if (!outcome.ok) return refused(event, 'open', {}, outcome);
    setFlash(event, 'page.setup.open.done');
    redirect(303, paths(locals.base).home());
  },
};
