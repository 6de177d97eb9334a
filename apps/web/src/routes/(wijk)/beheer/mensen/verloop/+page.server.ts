import { readRoleLog } from '@wijk/contracts/admin';
import { pageTexts } from '@wijk/i18n';
import { adminPaths } from '#lib/admin/paths.ts';
import { logLine } from '#lib/server/admin.ts';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const say = await speaker(locals);
  const cursor = url.searchParams.get('na');
  const outcome = await api(event)(readRoleLog, {
    params: { wijk: locals.slug },
    query: { limit: 50, ...(cursor ? { cursor } : {}) },
  });
  if (!outcome.ok) stop(outcome);
  const { items, nextCursor } = outcome.data;
  return {
    texts: pageTexts(locals.locale, 'roleLog'),
    people: pageTexts(locals.locale, 'people').title,
    lines: items.map((entry) => logLine(entry, say)),
    next: nextCursor ? adminPaths(locals.base).roleLog(nextCursor) : null,
  };
};
