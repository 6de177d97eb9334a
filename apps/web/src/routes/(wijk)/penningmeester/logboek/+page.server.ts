import { listControlActions } from '@wijk/contracts/treasury-control';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { controlLine } from '#lib/server/control-log.ts';
import { stop } from '#lib/server/refusal.ts';
import { moneyOf } from '#lib/server/treasury.ts';
import { speaker } from '#lib/server/views.ts';
import { treasuryPaths } from '#lib/treasury/paths.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const cursor = url.searchParams.get('na');
  const [say, money, outcome] = await Promise.all([
    speaker(locals),
    moneyOf(event),
    api(event)(listControlActions, {
      params: { wijk: locals.slug },
      query: { limit: 30, ...(cursor ? { cursor } : {}) },
    }),
  ]);
  if (!outcome.ok) stop(outcome);
  const to = treasuryPaths(locals.base);
  const { items, nextCursor } = outcome.data;
  return {
    texts: pageTexts(locals.locale, 'controlLog'),
    lines: items.map((one) => controlLine(one, say, money)),
    next: nextCursor ? to.controlLog(nextCursor) : null,
    first: cursor ? to.controlLog() : null,
  };
};
