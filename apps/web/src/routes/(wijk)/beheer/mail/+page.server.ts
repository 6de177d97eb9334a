import { sendTestMail } from '@wijk/contracts/operation';
import { pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { refused } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
  texts: pageTexts(locals.locale, 'testMail'),
});

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const outcome = await api(event)(sendTestMail, { params: { wijk: locals.slug } });
    if (!outcome.ok) return refused(event, 'mail', {}, outcome);
    const { outcome: what, said, server, to, ms } = outcome.data;
    const { locale } = locals;
    return {
      result: {
        well: what === 'accepted',
        text: t(locale, `page.testMail.${what}`, { to, ms }),
        server: server && t(locale, 'page.testMail.server', { server }),
        said: said && t(locale, 'page.testMail.said', { said }),
      },
    };
  },
};
