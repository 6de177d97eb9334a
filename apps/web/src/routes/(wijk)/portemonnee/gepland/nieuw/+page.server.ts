import { error, redirect } from '@sveltejs/kit';
import { readWallet } from '@wijk/contracts/wallet';
import { makeSchedule } from '@wijk/contracts/wallet-schedules';
import { SCHEDULE_EVERY } from '@wijk/domain/wallet';
import { addDays, localDateOf } from '@wijk/domain/wijk';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { chosenPayee, searchPayees } from '#lib/server/payee-search.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import { amountIn, faultAt, membersOnly, organisationIn, payeeIn } from '#lib/server/wallet.ts';
import { keepPaths } from '#lib/wallet/keep-paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, url } = event;
  const organisation = organisationIn(url);
  const [wallet, chosen] = await Promise.all([
    api(event)(readWallet, {
      params: { wijk: locals.slug },
      query: organisation ? { organisation } : {},
    }),
    chosenPayee(event),
  ]);
  if (!wallet.ok) stop(wallet);
  const { now, timeZone } = await speaker(locals);
  return {
    texts: pageTexts(locals.locale, 'plan'),
    wallet: pageTexts(locals.locale, 'wallet'),
    organisation,
    holder: organisation ? wallet.data.holder.name : null,
    chosen: chosen?.name ?? null,
    tomorrow: addDays(localDateOf(now, timeZone), 1) ?? '',
    key: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  zoek: searchPayees,
  plan: async (event) => {
    const { locals } = event;
    const to = payeeIn(event.url);
    if (!to) error(404, { message: 'Not found' });
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'plan');
    const labels: Record<string, string> = {
      amount: w.amount,
      every: w.every,
      startsOn: w.startsOn,
      endsOn: w.endsOn,
      memo: w.memo,
    };
    const place: Place = (field) => ({ field, ...(labels[field] ? { label: labels[field] } : {}) });
    const amount = amountIn(values);
    const every = SCHEDULE_EVERY.find((one) => one === values.every);
    if (typeof amount !== 'number' || !every || !values.startsOn) {
      // what the page sees itself, all at once
      const errors = [
        ...(typeof amount === 'number' ? [] : amount.problem.errors),
        ...(every ? [] : faultAt('every', 'required').problem.errors),
        ...(values.startsOn ? [] : faultAt('startsOn', 'required').problem.errors),
      ];
      const { problem, ...first } = faultAt('amount', 'required');
      const all = { ...first, problem: { ...problem, errors } };
      return refused(event, 'plan', values, all, place);
    }
    const outcome = await api(event)(makeSchedule, {
      params: { wijk: locals.slug },
      body: {
        ...{ to, amount, every, memo: values.memo ?? '', from: organisationIn(event.url) },
        ...{ startsOn: values.startsOn, endsOn: values.endsOn || null },
      },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'plan', values, outcome, place);
    setFlash(event, 'page.plan.made');
    redirect(303, keepPaths(locals.base).schedule(outcome.data.id));
  },
};
