import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { nameComplaintBoard, readComplaintBoard } from '@wijk/contracts/market-complaints';
import { pageTexts } from '@wijk/i18n';
import { complaintPaths } from '#lib/complaints/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isUuid } from '#lib/server/ids.ts';
import { chosenPayee, searchPayees } from '#lib/server/payee-search.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isUuid(params.id)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readComplaintBoard, {
    params: { wijk: locals.slug, organisation: params.id },
  });
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'complaints').boardOf;
  const chosen = await chosenPayee(event);
  const { organisation: name, member } = outcome.data;
  return {
    texts,
    wallet: pageTexts(locals.locale, 'wallet'),
    lead: fill(texts.lead, { name }),
    now: member ? fill(texts.now, { name: member.name }) : texts.nobody,
    named: member !== null,
    chosen: chosen?.payee.kind === 'member' ? { id: chosen.payee.id, name: chosen.name } : null,
  };
};

async function name(event: RequestEvent<{ id: string }>, member: string | null) {
  const { locals, params } = event;
  const outcome = await api(event)(nameComplaintBoard, {
    params: { wijk: locals.slug, organisation: params.id },
    body: { member },
  });
  if (!outcome.ok) return refused(event, 'board', {}, outcome);
  setFlash(event, 'page.complaints.boardOf.flash');
  redirect(303, complaintPaths(locals.base).complaintBoard(params.id));
}

export const actions: Actions = {
  zoek: async (event) => {
    const outcome = await searchPayees(event);
    if (!('found' in outcome)) return outcome;
    return { ...outcome, found: outcome.found.filter(({ key }) => key.startsWith('m-')) };
  },
  kies: async (event) => name(event, typed(await event.request.formData()).member ?? ''),
  niemand: (event) => name(event, null),
};
