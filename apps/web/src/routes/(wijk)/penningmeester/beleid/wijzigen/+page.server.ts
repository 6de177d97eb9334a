import { type RequestEvent, redirect } from '@sveltejs/kit';
import {
  adoptMoneyPolicy,
  listMoneyPolicies,
  simulateMoneyPolicy,
} from '@wijk/contracts/treasury-policy';
import { pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import {
  AMOUNTS,
  BOUNDS,
  PARTS,
  simulationLines,
  termsIn,
  typedTerms,
} from '#lib/server/money-policy.ts';
import { type Refused, stop, typed } from '#lib/server/refusal.ts';
import { dateIn, moneyOf, refusedAmounts } from '#lib/server/treasury.ts';
import { treasuryPaths } from '#lib/treasury/paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const outcome = await api(event)(listMoneyPolicies, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  return {
    texts: pageTexts(locals.locale, 'money'),
    reasonHint: pageTexts(locals.locale, 'proposals').reasonHint,
    values: typedTerms(outcome.data.current),
    key: crypto.randomUUID(),
  };
};

/** What is agreed is in thousandths, the form in percent. */
const inPercent = (outcome: Refused): Refused => ({
  ...outcome,
  problem: {
    ...outcome.problem,
    errors: outcome.problem.errors.map((error) => {
      if (!(PARTS as readonly string[]).includes(error.pointer)) return error;
      const { max } = error.params ?? {};
      return { ...error, params: typeof max === 'number' ? { max: max / 10 } : { min: 0 } };
    }),
  },
});

function again(event: RequestEvent, values: Record<string, string>, outcome: Refused) {
  const { fields, when, reason } = pageTexts(event.locals.locale, 'money');
  const labels: Record<string, string> = { ...fields, validFrom: when, reason };
  return refusedAmounts(
    event,
    'policy',
    values,
    inPercent(outcome),
    [...AMOUNTS, ...BOUNDS],
    (field) => ({ field, label: labels[field] ?? field }),
  );
}

export const actions: Actions = {
  try: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const outcome = await api(event)(simulateMoneyPolicy, {
      params: { wijk: locals.slug },
      body: termsIn(values),
    });
    if (!outcome.ok) return again(event, values, outcome);
    const words = pageTexts(locals.locale, 'money');
    return {
      simulation: {
        values,
        title: t(locals.locale, 'page.money.simTitle', { days: outcome.data.days }),
        lines: simulationLines(outcome.data, words.sim, await moneyOf(event)),
      },
    };
  },
  adopt: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const day = dateIn(values.validFrom);
    const outcome = await api(event)(adoptMoneyPolicy, {
      params: { wijk: locals.slug },
      body: {
        ...termsIn(values),
        reason: values.reason ?? '',
        ...(day === '' ? {} : { validFrom: day }),
      },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return again(event, values, outcome);
    setFlash(event, 'page.money.adopted');
    redirect(303, treasuryPaths(locals.base).moneyPolicy());
  },
};
