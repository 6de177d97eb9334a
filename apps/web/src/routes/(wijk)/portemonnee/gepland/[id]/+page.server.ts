import { error, redirect } from '@sveltejs/kit';
import { readSchedule, stopSchedule } from '@wijk/contracts/wallet-schedules';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isUuid } from '#lib/server/ids.ts';
import { dateWords, planView, whyText } from '#lib/server/plan.ts';
import { refused, stop } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import { keepPaths } from '#lib/wallet/keep-paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, params } = event;
  if (!isUuid(params.id)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readSchedule, {
    params: { wijk: locals.slug, schedule: params.id },
  });
  if (!outcome.ok) stop(outcome);
  const { locale } = locals;
  const texts = pageTexts(locale, 'plan');
  const say = await creditSpeaker(locals, outcome.data.unit);
  return {
    texts,
    organisation: outcome.data.organisation,
    plan: planView(outcome.data, say, texts),
    runs: outcome.data.runs.map(({ date, outcome: came, refusal, payment }) => ({
      date: dateWords(date, locale),
      text:
        came === 'refused' ? fill(texts.refused, { why: whyText(refusal, locale) }) : texts[came],
      payment,
    })),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const outcome = await api(event)(stopSchedule, {
      params: { wijk: locals.slug, schedule: params.id },
    });
    if (!outcome.ok) return refused(event, 'stop', {}, outcome);
    setFlash(event, 'page.plan.stopped');
    redirect(303, keepPaths(locals.base).schedule(params.id));
  },
};
