import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { readMarket } from '@wijk/contracts/market';
import {
  decideApp,
  declareInterest,
  readCuration,
  reportIncident,
  reviewApp,
} from '@wijk/contracts/market-curation-desk';
import { type AppStep, barsOf, SCORE_MAX, SCORE_MIN, VERDICTS } from '@wijk/domain/market';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { recordSections } from '#lib/server/app-record.ts';
import { criterionText, deskAppView, lastDayText } from '#lib/server/curation.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { type Refused, refused, stop, typed } from '#lib/server/refusal.ts';
import { momentText } from '#lib/server/views.ts';
import { creditSpeaker } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad } from './$types';

/** Where a section of a record stands in its form. */
const SECTIONS: Record<string, AppStep> = {
  ...{ name: 'app', release: 'app', supplier: 'app', purpose: 'use', platforms: 'use' },
  ...{ languages: 'use', price: 'price', accountNeeded: 'price', regulatory: 'rules' },
  ...{ privacy: 'privacy', evidence: 'quality', usability: 'quality', safety: 'quality' },
};

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const call = api(event);
  const [outcome, market] = await Promise.all([
    call(readCuration, { params: { wijk: locals.slug, listing: params.ref } }),
    call(readMarket, { params: { wijk: locals.slug } }),
  ]);
  if (!outcome.ok) stop(outcome);
  if (!market.ok) stop(market);
  const one = outcome.data;
  const say = await creditSpeaker(locals, one.unit);
  const { locale } = locals;
  const form = pageTexts(locale, 'appForm');
  const theme =
    market.data.themes.find(({ slug }) => slug === one.record.purpose.theme)?.name ?? '';
  const changed = one.changed.map((section) => form.steps[SECTIONS[section] ?? 'app']);
  const decided = (each: NonNullable<typeof one.decision>) => ({
    what: each.decision,
    by: each.by,
    reasons: each.reasons,
    at: momentText(each.at, say),
    until: lastDayText(each.validUntil, say),
  });
  return {
    texts: pageTexts(locale, 'curation'),
    app: deskAppView(one.app, say),
    ...{ slug: one.app.slug, round: one.round, version: one.version, isOpen: one.isOpen },
    ...{ note: one.note, criteriaVersion: one.criteriaVersion },
    criteria: one.criteria.map((each) => criterionText(each, locale)),
    sections: recordSections(one.record, theme, say),
    changed: [...new Set(changed)],
    unmarked: barsOf(one.record, []).unmarked,
    ...{ conflict: one.conflict, reviewCount: one.reviewCount, outcome: one.outcome },
    reviews: one.reviews.map((each) => ({ ...each, at: momentText(each.at, say) })),
    ...{ mayDecide: one.mayDecide, mayReport: one.mayReport },
    decision: one.decision ? decided(one.decision) : null,
    earlier: one.earlier.map(decided),
  };
};

const of = ({ locals, params }: RequestEvent) => ({
  wijk: locals.slug,
  listing: params.ref ?? '',
});

/** Back to the page with everything that was typed. */
async function again(
  event: RequestEvent,
  form: string,
  values: Record<string, string>,
  outcome: Refused,
) {
  const w = pageTexts(event.locals.locale, 'curation');
  const read = await api(event)(readCuration, { params: of(event) });
  const criteria = read.ok
    ? read.data.criteria.map((each) => criterionText(each, event.locals.locale))
    : [];
  const labels: Record<string, string> = {
    ...{ advice: w.advice, summary: w.summary, reasons: w.reasons, validUntil: w.validUntil },
    note: form === 'incident' ? w.incidentNote : w.interestNote,
  };
  return refused(event, form, values, outcome, (pointer) => {
    const [, part, key] = /^(score|note|evidence)-(.+)$/.exec(pointer) ?? [];
    const name = criteria.find((one) => one.key === key)?.name;
    const label = name
      ? `${name}: ${part === 'score' ? w.score : part === 'note' ? w.note : w.evidence}`
      : labels[pointer];
    return label === undefined ? { field: pointer } : { field: pointer, label };
  });
}

const done = (event: RequestEvent, flash: Parameters<typeof setFlash>[1]): never => {
  setFlash(event, flash);
  redirect(303, marketPaths(event.locals.base).curateApp(event.params.ref ?? ''));
};

export const actions: Actions = {
  belang: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(declareInterest, {
      params: of(event),
      body: {
        ...{ round: Number(values.round) || 1, conflict: values.conflict === 'ja' },
        note: values.note ?? '',
      },
    });
    if (!outcome.ok) return again(event, 'interest', values, outcome);
    return done(event, 'page.curation.interestSaved');
  },
  beoordeel: async (event) => {
    const values = typed(await event.request.formData());
    const keys = Object.keys(values).flatMap((name) => /^note-(.+)$/.exec(name)?.[1] ?? []);
    const scores = keys.flatMap((criterion) => {
      const score = Number(values[`score-${criterion}`]);
      if (!(score >= SCORE_MIN && score <= SCORE_MAX)) return [];
      const note = values[`note-${criterion}`] ?? '';
      return [{ criterion, score, note, evidence: values[`evidence-${criterion}`] ?? '' }];
    });
    const advice = VERDICTS.find((one) => one === values.advice);
    const outcome = await api(event)(reviewApp, {
      params: of(event),
      body: {
        ...{ round: Number(values.round) || 1, scores, summary: values.summary ?? '' },
        advice: advice ?? null,
      },
    });
    if (!outcome.ok) return again(event, 'review', values, outcome);
    return done(event, 'page.curation.reviewed');
  },
  beslis: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(decideApp, {
      params: of(event),
      body: {
        ...{ round: Number(values.round) || 1, reasons: values.reasons ?? '' },
        validUntil: values.validUntil ?? '',
      },
    });
    if (!outcome.ok) return again(event, 'decide', values, outcome);
    return done(event, 'page.curation.isDecided');
  },
  voorval: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(reportIncident, {
      params: of(event),
      body: { note: values.note ?? '' },
    });
    if (!outcome.ok) return again(event, 'incident', values, outcome);
    return done(event, 'page.curation.isAway');
  },
};
