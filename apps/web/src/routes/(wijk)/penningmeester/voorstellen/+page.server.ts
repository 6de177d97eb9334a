import { listProposals } from '@wijk/contracts/treasury-proposals';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { proposalLine } from '#lib/server/proposals.ts';
import { stop } from '#lib/server/refusal.ts';
import { moneyOf } from '#lib/server/treasury.ts';
import { speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const [say, money, outcome] = await Promise.all([
    speaker(locals),
    moneyOf(event),
    api(event)(listProposals, { params: { wijk: locals.slug } }),
  ]);
  if (!outcome.ok) stop(outcome);
  const { open, decided } = outcome.data;
  return {
    texts: pageTexts(locals.locale, 'proposals'),
    open: open.map((one) => proposalLine(one, say, money)),
    decided: decided.map((one) => proposalLine(one, say, money)),
  };
};
