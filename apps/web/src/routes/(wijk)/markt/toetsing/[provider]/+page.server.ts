import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { appealVetting, applyForVetting, readOwnProvider } from '@wijk/contracts/market-vetting';
import { APPLICATION_FIELDS } from '@wijk/domain/market';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { dateText, lastDayText } from '#lib/server/curation.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isOwnProviderKey } from '#lib/server/ids.ts';
import { ownStanding } from '#lib/server/own-vetting.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

const of = ({ locals, params }: RequestEvent) => ({
  wijk: locals.slug,
  provider: params.provider ?? '',
});

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isOwnProviderKey(params.provider)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readOwnProvider, { params: of(event) });
  if (!outcome.ok) stop(outcome);
  const one = outcome.data;
  const say = await speaker(locals);
  const w = pageTexts(locals.locale, 'vetting');
  const [decision] = one.decisions;
  const application: Partial<Record<string, string>> = one.application ?? {};
  const signed = one.signature;
  return {
    texts: w,
    verdicts: w.ownVerdict,
    one: ownStanding(one, say, w),
    ...{ mayApply: one.mayApply, mayAppeal: one.mayAppeal },
    values: Object.fromEntries(
      APPLICATION_FIELDS.map((field) => [field, application[field] ?? '']),
    ) as Record<(typeof APPLICATION_FIELDS)[number], string>,
    hasApplied: one.application !== null,
    ...{ criteriaVersion: one.criteriaVersion, criteria: one.criteria },
    decision: decision
      ? {
          ...{ round: decision.round, what: decision.decision, reasons: decision.reasons },
          at: momentText(decision.at, say),
          until: lastDayText(decision.validUntil, say),
          appeal: decision.appeal && {
            ...decision.appeal,
            at: momentText(decision.appeal.at, say),
          },
        }
      : null,
    scores: one.scores,
    signed: signed
      ? fill(w.termsSigned, {
          ...{ name: signed.name, when: dateText(signed.at, say), n: signed.version },
        })
      : null,
    badge: one.badge,
    mustSign: signed?.version !== one.termsVersion,
  };
};

const back = (event: RequestEvent, flash: Parameters<typeof setFlash>[1]): never => {
  setFlash(event, flash);
  redirect(303, marketPaths(event.locals.base).ownVetting(event.params.provider ?? ''));
};

export const actions: Actions = {
  aanvraag: async (event) => {
    const values = typed(await event.request.formData());
    const w = pageTexts(event.locals.locale, 'vetting');
    const text = (field: (typeof APPLICATION_FIELDS)[number]) => values[field] ?? '';
    const outcome = await api(event)(applyForVetting, {
      params: of(event),
      body: {
        ...{ about: text('about'), registration: text('registration') },
        ...{ qualification: text('qualification'), conduct: text('conduct') },
        ...{ insurance: text('insurance'), complaints: text('complaints') },
      },
    });
    if (!outcome.ok)
      return refused(event, 'apply', values, outcome, (field) => ({
        field,
        label: w.fields[field as keyof typeof w.fields] ?? field,
      }));
    return back(event, 'page.vetting.sent');
  },
  bezwaar: async (event) => {
    const values = typed(await event.request.formData());
    const w = pageTexts(event.locals.locale, 'vetting');
    const outcome = await api(event)(appealVetting, {
      params: of(event),
      body: { round: Number(values.round) || 1, body: values.body ?? '' },
    });
    if (!outcome.ok)
      return refused(event, 'appeal', values, outcome, (field) => ({
        field,
        label: w.ownAppealField,
      }));
    return back(event, 'page.vetting.ownAppealSent');
  },
};
