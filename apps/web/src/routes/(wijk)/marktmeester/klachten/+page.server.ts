import { listMasterComplaints } from '@wijk/contracts/market-complaints';
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
  const outcome = await api(event)(listMasterComplaints, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'complaints');
  const say = await speaker(locals);
  return {
    texts: texts.master,
    master: pageTexts(locals.locale, 'marketMaster'),
    items: outcome.data.items.map((one) => complaintLine(one, say, texts)),
  };
};
