import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { readComplaint, stepComplaint } from '@wijk/contracts/market-complaints';
import { COMPLAINT_VERDICTS } from '@wijk/domain/market';
import { type MessageKey, pageTexts } from '@wijk/i18n';
import { COMPLAINT_ACTS, type ComplaintAct, complaintPaths } from '#lib/complaints/paths.ts';
import { api } from '#lib/server/api.ts';
import { deciderText, sideText } from '#lib/server/complaints.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

function actIn({ params }: RequestEvent<{ ref: string; act: string }>): ComplaintAct {
  const { ref, act } = params;
  if (!isQuestionRef(ref) || !Object.hasOwn(COMPLAINT_ACTS, act))
    error(404, { message: 'Not found' });
  return act as ComplaintAct;
}

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const act = actIn(event);
  const { locals, params } = event;
  const outcome = await api(event)(readComplaint, {
    params: { wijk: locals.slug, complaint: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const { data: complaint } = outcome;
  const shared = pageTexts(locals.locale, 'complaints');
  const texts = pageTexts(locals.locale, 'complaint');
  const able = complaint.steps.find(({ step }) => step === COMPLAINT_ACTS[act]);
  const words = texts.act[act];
  return {
    texts,
    words: { ...words, lead: fill(words.lead, { decider: deciderText(complaint, texts) }) },
    ref: complaint.ref,
    about: fill(texts.title, { name: sideText(complaint.about, shared) }),
    version: complaint.version,
    key: crypto.randomUUID(),
    allowed: able !== undefined,
    optional: able?.note === 'optional',
    verdicts: able?.verdict
      ? COMPLAINT_VERDICTS.map((value) => ({
          value,
          label: shared.outcome[value],
          text: texts.verdictText[value],
        }))
      : null,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const act = actIn(event);
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'complaint');
    const labels: Record<string, string> = { note: w.act[act].note, verdict: w.verdict };
    const place: Place = (field) => ({ field, ...(labels[field] ? { label: labels[field] } : {}) });
    const outcome = await api(event)(stepComplaint, {
      params: { wijk: locals.slug, complaint: params.ref },
      body: {
        ...{ step: COMPLAINT_ACTS[act], version: Number(values.version) || 0 },
        note: values.note ?? '',
        verdict: COMPLAINT_VERDICTS.find((one) => one === values.verdict) ?? null,
      },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'act', values, outcome, place);
    setFlash(event, `page.complaint.act.${act}.flash` as MessageKey);
    redirect(303, complaintPaths(locals.base).complaint(params.ref));
  },
};
