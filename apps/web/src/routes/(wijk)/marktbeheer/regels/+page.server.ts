import { changeMarketPolicy, readMarketSetup } from '@wijk/contracts/market-setup';
import {
  type MarketPolicy,
  POLICY_BOUNDS,
  POLICY_SWITCHES,
  type PolicyNumber,
} from '@wijk/domain/market';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { changesOf, savedSetup } from '#lib/server/market-setup.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

const NUMBERS = Object.keys(POLICY_BOUNDS) as PolicyNumber[];

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const setup = await api(event)(readMarketSetup, { params: { wijk: locals.slug } });
  if (!setup.ok) stop(setup);
  const say = await speaker(locals);
  const w = pageTexts(locals.locale, 'marketSetup');
  const { policy, policyVersion } = setup.data;
  return {
    texts: w,
    version: policyVersion,
    switches: POLICY_SWITCHES.map((name) => ({ name, ...w.knobs[name], on: policy[name] })),
    numbers: NUMBERS.map((name) => {
      const [min, max] = POLICY_BOUNDS[name];
      const { label, hint } = w.knobs[name];
      const range = fill(w.between, { min, max });
      return { name, label, hint: `${hint} ${range}`, value: String(policy[name]) };
    }),
    changes: changesOf(setup.data.changes, ['policy'], say),
  };
};

/** What cannot be read as a number is told as such, at its field. */
const numberOf = (text: string | undefined) =>
  /^\s*\d{1,6}\s*$/.test(text ?? '') ? Number(text) : -1;

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'marketSetup');
    const policy = Object.fromEntries([
      ...NUMBERS.map((name) => [name, numberOf(values[name])]),
      ...POLICY_SWITCHES.map((name) => [name, values[name] === 'ja']),
    ]) as unknown as MarketPolicy;
    const outcome = await api(event)(changeMarketPolicy, {
      params: { wijk: locals.slug },
      body: { basedOn: Number(values.version) || 0, policy },
    });
    if (!outcome.ok)
      return refused(event, 'rules', values, outcome, (field) => ({
        field,
        label: w.knobs[field as keyof typeof w.knobs]?.label ?? field,
      }));
    return savedSetup(event, marketPaths(locals.base).marketRules(), 'page.marketSetup.saved');
  },
};
