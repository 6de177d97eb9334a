import { error, fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { readMarket } from '@wijk/contracts/market';
import { readOwnApp, saveAppRecord, submitApp } from '@wijk/contracts/market-curation';
import { APP_STEPS, type AppFields, type AppStep } from '@wijk/domain/market';
import { fieldText, pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import {
  faultsIn,
  recordChoices,
  recordPlace,
  recordValues,
  STEPS,
  stepIn,
  stepOf,
  typedSections,
  withStep,
} from '#lib/server/app-record.ts';
import { criterionText, lastDayText } from '#lib/server/curation.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { languageChoices } from '#lib/server/market.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params, url } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const call = api(event);
  const [own, market] = await Promise.all([
    call(readOwnApp, { params: { wijk: locals.slug, listing: params.ref } }),
    call(readMarket, { params: { wijk: locals.slug } }),
  ]);
  if (!own.ok) stop(own);
  if (!market.ok) stop(market);
  const { locale } = locals;
  const say = await speaker(locals);
  const w = pageTexts(locale, 'appForm');
  const fields: AppFields = own.data.fields;
  const faults = faultsIn(fields);
  const themes = market.data.themes.map((one) => ({ value: one.slug, label: one.name }));
  const asked = url.searchParams.get('deel');
  const step = stepIn(asked) ?? (asked === 'insturen' || asked === null ? null : 'app');
  const begun = asked !== null || own.data.decisions.length > 0 || fields.name !== '';
  const place = recordPlace(w);
  const [decision] = own.data.decisions;
  const at = begun ? step : ('app' as const);
  const { ref, slug, state, draft, isOpen, isChanged, validUntil } = own.data;
  return {
    texts: w,
    app: { ref, slug, state, draft, isOpen, isChanged, name: fields.name },
    step: at,
    steps: STEPS.map((one) => ({
      step: one,
      label: w.steps[one],
      missing: faults.filter(({ pointer }) => stepOf(pointer) === one).length,
    })),
    fields: at === null ? [] : [...APP_STEPS[at]],
    values: recordValues(fields),
    faults: url.searchParams.has('kijk')
      ? faults.map(({ pointer, code, params: more }) => ({
          field: place(pointer).field,
          text: fieldText(locale, code, more ?? {}),
        }))
      : [],
    todo: faults.map(({ pointer, code, params: more }) => ({
      step: stepOf(pointer),
      field: place(pointer).field,
      label: place(pointer).label ?? pointer,
      text: fieldText(locale, code, more ?? {}),
    })),
    choices: recordChoices(w, themes),
    languages: languageChoices(locale),
    sections: at === null ? typedSections(fields, w, themes, locale) : [],
    shownUntil: validUntil ? lastDayText(validUntil, say) : null,
    decision: decision
      ? { what: decision.decision, reasons: decision.reasons, at: momentText(decision.at, say) }
      : null,
    scores: own.data.scores.map((each) => criterionText({ ...each, key: each.criterion }, locale)),
  };
};

const stepFrom = (url: URL): AppStep => stepIn(url.searchParams.get('deel')) ?? 'app';

/** Keeps the part that was typed, beside the rest as it is kept. */
async function save(event: RequestEvent, values: Record<string, string>) {
  const { locals, params, url } = event;
  const call = api(event);
  const of = { wijk: locals.slug, listing: params.ref ?? '' };
  const own = await call(readOwnApp, { params: of });
  if (!own.ok) return own;
  const fields = withStep(own.data.fields, values, stepFrom(url));
  return call(saveAppRecord, {
    params: of,
    body: { draft: Number(values.version) || 0, fields: fields as never },
  });
}

/** Somebody was first: the version that a next press is about. */
async function again(
  event: RequestEvent,
  values: Record<string, string>,
  outcome: Parameters<typeof refused>[3],
) {
  const place = recordPlace(pageTexts(event.locals.locale, 'appForm'));
  if (outcome.problem.code !== 'market.listing-changed')
    return refused(event, 'record', values, outcome, place);
  const version = String(outcome.problem.params?.version ?? values.version);
  return refused(event, 'record', { ...values, version }, outcome, place);
}

export const actions: Actions = {
  /** by itself, while somebody writes */
  houd: async (event) => {
    const values = typed(await event.request.formData());
    const saved = await save(event, values);
    if (!saved.ok) return fail(saved.status, { kept: null });
    return { kept: { version: saved.data.draft, marks: [] } };
  },
  bewaar: async (event) => {
    const values = typed(await event.request.formData());
    const saved = await save(event, values);
    if (!saved.ok) return again(event, values, saved);
    const to = marketPaths(event.locals.base);
    const step = stepFrom(event.url);
    if (values.verder === undefined) {
      setFlash(event, 'page.appForm.saved');
      redirect(303, to.appRecord(event.params.ref, step));
    }
    redirect(303, to.appRecord(event.params.ref, STEPS[STEPS.indexOf(step) + 1] ?? 'insturen'));
  },
  stuur: async (event) => {
    const { locals, params } = event;
    const sent = await api(event)(submitApp, {
      params: { wijk: locals.slug, listing: params.ref },
    });
    if (!sent.ok)
      return refused(event, 'send', {}, sent, recordPlace(pageTexts(locals.locale, 'appForm')));
    setFlash(event, 'page.appForm.sent');
    redirect(303, marketPaths(locals.base).ownListings());
  },
};
