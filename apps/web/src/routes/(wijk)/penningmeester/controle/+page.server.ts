import { redirect } from '@sveltejs/kit';
import { listVerifications, verifyBook } from '@wijk/contracts/treasury-verification';
import { pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, stop } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import { treasuryPaths } from '#lib/treasury/paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  // the result comes by itself where pages are told of changes
  event.depends('wijk:context');
  const { locals } = event;
  const { locale } = locals;
  const [say, outcome] = await Promise.all([
    speaker(locals),
    api(event)(listVerifications, { params: { wijk: locals.slug } }),
  ]);
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locale, 'verification');
  const { running } = outcome.data;
  return {
    texts,
    running:
      running &&
      t(locale, `page.verification.${running.startedAt ? 'runs' : 'waits'}`, {
        at: momentText(running.startedAt ?? running.askedAt, say).text,
        name: running.by,
      }),
    lines: outcome.data.items.map(({ id, at, by, ok, entries, blocks, broken }) => ({
      id,
      ok,
      broken,
      at: momentText(at, say).text,
      text: t(locale, 'page.verification.line', { entries, blocks, name: by ?? texts.night }),
    })),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const outcome = await api(event)(verifyBook, { params: { wijk: locals.slug } });
    if (!outcome.ok) return refused(event, 'verify', {}, outcome);
    setFlash(event, 'page.verification.asked');
    redirect(303, treasuryPaths(locals.base).verification());
  },
};
