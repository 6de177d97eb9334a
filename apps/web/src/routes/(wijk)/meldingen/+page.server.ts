import { redirect } from '@sveltejs/kit';
import { listNotices, readNotices } from '@wijk/contracts/notifications';
import { pageTexts } from '@wijk/i18n';
import { complaintPaths } from '#lib/complaints/paths.ts';
import { deskPaths } from '#lib/desk/paths.ts';
import { hoursPaths } from '#lib/hours/paths.ts';
import { marketPaths } from '#lib/market/paths.ts';
import { messagePaths } from '#lib/messages/paths.ts';
import { orderPaths } from '#lib/orders/paths.ts';
import { privatePaths } from '#lib/private-paths.ts';
import { reviewPaths } from '#lib/reviews/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { noticeText } from '#lib/server/notices.ts';
import { refused, stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import { treasuryPaths } from '#lib/treasury/paths.ts';
import { keepPaths } from '#lib/wallet/keep-paths.ts';
import { walletPaths } from '#lib/wallet/paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  const { locals, url } = event;
  const say = await speaker(locals);
  const cursor = url.searchParams.get('na');
  const outcome = await api(event)(listNotices, {
    params: { wijk: locals.slug },
    query: cursor ? { cursor } : {},
  });
  if (!outcome.ok) stop(outcome);
  const to = {
    ...deskPaths(locals.base),
    ...privatePaths(locals.base),
    ...walletPaths(locals.base),
    ...keepPaths(locals.base),
    ...orderPaths(locals.base),
    ...reviewPaths(locals.base),
    ...complaintPaths(locals.base),
    ...hoursPaths(locals.base),
    ...messagePaths(locals.base),
    ...marketPaths(locals.base),
    holds: treasuryPaths(locals.base).holds,
  };
  return {
    texts: pageTexts(locals.locale, 'notices'),
    next: outcome.data.nextCursor,
    paged: cursor !== null,
    notices: outcome.data.items.map((notice) => noticeText(notice, say, to)),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const outcome = await api(event)(readNotices, { params: { wijk: event.locals.slug } });
    if (!outcome.ok) return refused(event, 'read', {}, outcome);
    setFlash(event, 'page.notices.read');
    redirect(303, deskPaths(event.locals.base).notices());
  },
};
