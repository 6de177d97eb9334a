import { error, type RequestEvent } from '@sveltejs/kit';
import { importParticipants } from '@wijk/contracts/treasury-participants';
import { readProgramme } from '@wijk/contracts/treasury-programmes';
import { pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { isUuid } from '#lib/server/ids.ts';
import { giveChosen, searchParticipants } from '#lib/server/participants.ts';
import { reportView } from '#lib/server/programme.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { moneyOf } from '#lib/server/treasury.ts';
import type { Actions, PageServerLoad } from './$types';

const paramsOf = ({ locals, params }: RequestEvent) => {
  const { programme = '' } = params;
  if (!isUuid(programme)) error(404, { message: 'Not found', reason: 'kernel.not-found' });
  return { wijk: locals.slug, programme };
};

export const load: PageServerLoad = async (event) => {
  const { locale } = event.locals;
  const [money, outcome] = await Promise.all([
    moneyOf(event),
    api(event)(readProgramme, { params: paramsOf(event) }),
  ]);
  if (!outcome.ok) stop(outcome);
  const { id, name, perParticipant, balance } = outcome.data;
  return {
    texts: pageTexts(locale, 'programme'),
    id,
    back: t(locale, 'page.programme.backTo', { name }),
    lead: t(locale, 'page.programme.importLead', {
      amount: money.text(perParticipant),
      balance: money.text(balance),
    }),
  };
};

export const actions: Actions = {
  zoek: (event) => searchParticipants(event, paramsOf(event).programme),
  geef: (event) => giveChosen(event, paramsOf(event).programme),
  /** The file or what was pasted; on the second press its text, which the form kept. The first only tries. */
  lijst: async (event) => {
    const data = await event.request.formData();
    const { kept = '', list = '' } = typed(data);
    const file = data.get('file');
    const sent = file instanceof File && file.size > 0 ? await file.text() : list;
    const text = kept || sent;
    const { locale } = event.locals;
    const body = { text, dryRun: data.get('really') === null };
    const outcome = await api(event)(importParticipants, { params: paramsOf(event), body });
    const w = pageTexts(locale, 'programme');
    if (!outcome.ok)
      return refused(event, 'import', { list: text }, outcome, () => ({
        field: 'list',
        label: w.file,
      }));
    const report = reportView(outcome.data, locale, await moneyOf(event));
    return { report, text: report.dryRun && report.adds ? text : null };
  },
};
