import { listComplaints } from '@wijk/contracts/market-complaints';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { complaintLine } from '#lib/server/complaints.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals } = event;
  const outcome = await api(event)(listComplaints, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'complaints');
  const say = await speaker(locals);
  const { items } = outcome.data;
  const open = items.filter(({ state, waits }) => state !== 'closed' && !waits);
  const parts = [
    ['waiting', items.filter(({ waits }) => waits)],
    ['mine', open.filter(({ as }) => as === 'complainant')],
    ['about', open.filter(({ as }) => as === 'provider')],
    ['board', open.filter(({ as }) => as === 'board')],
    ['over', items.filter(({ state }) => state === 'closed')],
  ] as const;
  return {
    texts,
    lists: parts
      .filter(([, of]) => of.length > 0)
      .map(([id, of]) => ({
        id,
        title: texts[id],
        items: of.map((one) => complaintLine(one, say, texts)),
      })),
  };
};
