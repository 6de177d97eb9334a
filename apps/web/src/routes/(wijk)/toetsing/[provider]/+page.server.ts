import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import {
  decideVetting,
  decideVettingAppeal,
  declareVettingInterest,
  readVetting,
  reportProvider,
  reviewProvider,
} from '@wijk/contracts/market-vetting-desk';
import { APPLICATION_FIELDS, SCORE_MAX, SCORE_MIN, VERDICTS } from '@wijk/domain/market';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { lastDayText } from '#lib/server/curation.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isProviderKey } from '#lib/server/ids.ts';
import { type Refused, refused, stop, typed } from '#lib/server/refusal.ts';
import { deskProviderView, vettingTexts } from '#lib/server/vetting.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad } from './$types';

const of = ({ locals, params }: RequestEvent) => ({
  wijk: locals.slug,
  provider: params.provider ?? '',
});

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!isProviderKey(params.provider)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readVetting, { params: of(event) });
  if (!outcome.ok) stop(outcome);
  const one = outcome.data;
  const say = await speaker(locals);
  const w = vettingTexts(locals.locale);
  const [newest] = one.decisions;
  const decided = one.decisions.map((each) => ({
    ...{ round: each.round, what: each.decision, by: each.by, reasons: each.reasons },
    at: momentText(each.at, say),
    until: lastDayText(each.validUntil, say),
    appeal: each.appeal && { ...each.appeal, at: momentText(each.appeal.at, say) },
  }));
  const standing = !one.provider.isOpen && newest?.round === one.round;
  return {
    texts: w,
    provider: deskProviderView(one.provider, say),
    application: APPLICATION_FIELDS.map((field) => ({
      label: w.fields[field],
      text: one.application[field],
    })),
    ...{ round: one.round, note: one.note, criteriaVersion: one.criteriaVersion },
    ...{ criteria: one.criteria, conflict: one.conflict, reviewCount: one.reviewCount },
    reviews: one.reviews.map((each) => ({ ...each, at: momentText(each.at, say) })),
    ...{ outcome: one.outcome, mayDecide: one.mayDecide, mayReport: one.mayReport },
    mayAnswer: one.mayAnswer,
    decision: standing ? (decided[0] ?? null) : null,
    earlier: standing ? decided.slice(1) : decided,
  };
};

/** Back to the page with everything that was typed. */
async function again(
  event: RequestEvent,
  form: string,
  values: Record<string, string>,
  outcome: Refused,
) {
  const w = vettingTexts(event.locals.locale);
  const read = await api(event)(readVetting, { params: of(event) });
  const criteria = read.ok ? read.data.criteria : [];
  const labels: Record<string, string> = {
    ...{ advice: w.advice, summary: w.summary, reasons: w.reasons, validUntil: w.validUntil },
    ...{ reply: w.reply, note: form === 'incident' ? w.incidentNote : w.interestNote },
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
  redirect(303, marketPaths(event.locals.base).vetProvider(event.params.provider ?? ''));
};

export const actions: Actions = {
  belang: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(declareVettingInterest, {
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
    const outcome = await api(event)(reviewProvider, {
      params: of(event),
      body: {
        ...{ round: Number(values.round) || 1, scores, summary: values.summary ?? '' },
        advice: VERDICTS.find((one) => one === values.advice) ?? null,
      },
    });
    if (!outcome.ok) return again(event, 'review', values, outcome);
    return done(event, 'page.curation.reviewed');
  },
  beslis: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(decideVetting, {
      params: of(event),
      body: {
        ...{ round: Number(values.round) || 1, reasons: values.reasons ?? '' },
        validUntil: values.validUntil ?? '',
      },
    });
    if (!outcome.ok) return again(event, 'decide', values, outcome);
    return done(event, 'page.vetting.isDecided');
  },
  voorval: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(reportProvider, {
      params: of(event),
      body: { note: values.note ?? '' },
    });
    if (!outcome.ok) return again(event, 'incident', values, outcome);
    return done(event, 'page.vetting.isAway');
  },
  bezwaar: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(decideVettingAppeal, {
      params: of(event),
      body: {
        ...{ round: Number(values.round) || 1, reply: values.reply ?? '' },
        outcome: values.outcome === 'granted' ? 'granted' : 'rejected',
      },
    });
    if (!outcome.ok) return again(event, 'appeal', values, outcome);
    return done(event, 'page.vetting.answered');
  },
};
