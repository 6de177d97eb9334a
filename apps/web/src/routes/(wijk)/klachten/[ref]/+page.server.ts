import { error } from '@sveltejs/kit';
import { readComplaint } from '@wijk/contracts/market-complaints';
import { pageTexts } from '@wijk/i18n';
import { orderPaths } from '#lib/orders/paths.ts';
import { api } from '#lib/server/api.ts';
import {
  actsOf,
  deciderText,
  eventsOf,
  nowTexts,
  sideText,
  stagesOf,
} from '#lib/server/complaints.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { stop } from '#lib/server/refusal.ts';
import { agoText, speaker } from '#lib/server/views.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readComplaint, {
    params: { wijk: locals.slug, complaint: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const { data: complaint } = outcome;
  const shared = pageTexts(locals.locale, 'complaints');
  const texts = pageTexts(locals.locale, 'complaint');
  const say = await speaker(locals);
  const names = { name: sideText(complaint.about, shared), decider: deciderText(complaint, texts) };
  const { order, as } = complaint;
  const row = (label: string, value: string) => ({ label, value, at: null });
  return {
    texts,
    ref: complaint.ref,
    title: fill(texts.title, names),
    stands: complaint.outcome ? shared.outcome[complaint.outcome] : shared.state[complaint.state],
    now: nowTexts(complaint, say, texts, names),
    late: complaint.late,
    stages: stagesOf(complaint, texts, names),
    acts: actsOf(complaint, texts),
    rows: [
      row(texts.complainant, sideText(complaint.complainant, shared)),
      row(texts.about, names.name),
      ...(order ? [row(texts.order, order.listing.title)] : []),
      row(texts.subject, shared.subject[complaint.subject]),
      { label: texts.lodgedOn, value: '', at: agoText(complaint.lodgedAt, say) },
    ],
    // whoever is at a side of it can look at the order
    order:
      order && (as === 'complainant' || as === 'provider')
        ? orderPaths(locals.base).order(order.ref)
        : null,
    body: complaint.body,
    wish: complaint.wish,
    events: eventsOf(complaint, say, texts, shared),
  };
};
