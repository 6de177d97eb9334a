import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import {
  agreeToProposal,
  readProposal,
  refuseProposal,
  withdrawProposal,
} from '@wijk/contracts/treasury-proposals';
import { type MessageKey, pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isUuid } from '#lib/server/ids.ts';
import { proposalLine } from '#lib/server/proposals.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { moneyOf } from '#lib/server/treasury.ts';
import { speaker } from '#lib/server/views.ts';
import { treasuryPaths } from '#lib/treasury/paths.ts';
import type { Actions, PageServerLoad } from './$types';

const paramsOf = ({ locals, params }: RequestEvent) => {
  const { proposal = '' } = params;
  if (!isUuid(proposal)) error(404, { message: 'Not found', reason: 'kernel.not-found' });
  return { wijk: locals.slug, proposal };
};

export const load: PageServerLoad = async (event) => {
  const params = paramsOf(event);
  const [say, money, outcome] = await Promise.all([
    speaker(event.locals),
    moneyOf(event),
    api(event)(readProposal, { params }),
  ]);
  if (!outcome.ok) stop(outcome);
  return {
    texts: pageTexts(event.locals.locale, 'proposals'),
    proposal: proposalLine(outcome.data, say, money),
  };
};

function goOn(event: RequestEvent, said: MessageKey): never {
  setFlash(event, said);
  redirect(303, treasuryPaths(event.locals.base).proposals());
}

export const actions: Actions = {
  agree: async (event) => {
    const outcome = await api(event)(agreeToProposal, { params: paramsOf(event) });
    if (!outcome.ok) return refused(event, 'agree', {}, outcome);
    goOn(event, outcome.data.done ? 'page.proposals.done' : 'page.proposals.endorsed');
  },
  refuse: async (event) => {
    const values = typed(await event.request.formData());
    const body = { note: values.note ?? '' };
    const outcome = await api(event)(refuseProposal, { params: paramsOf(event), body });
    const label = pageTexts(event.locals.locale, 'proposals').refuseReason;
    if (!outcome.ok)
      return refused(event, 'refuse', values, outcome, (field) => ({ field, label }));
    goOn(event, 'page.proposals.refused');
  },
  withdraw: async (event) => {
    const outcome = await api(event)(withdrawProposal, { params: paramsOf(event) });
    if (!outcome.ok) return refused(event, 'agree', {}, outcome);
    goOn(event, 'page.proposals.withdrawn');
  },
};
