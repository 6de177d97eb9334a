import { listMoneyPolicies } from '@wijk/contracts/treasury-policy';
import { pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { termLines } from '#lib/server/money-policy.ts';
import { stop } from '#lib/server/refusal.ts';
import { moneyOf } from '#lib/server/treasury.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const { locale } = locals;
  const [say, money, outcome] = await Promise.all([
    speaker(locals),
    moneyOf(event),
    api(event)(listMoneyPolicies, { params: { wijk: locals.slug } }),
  ]);
  if (!outcome.ok) stop(outcome);
  const { current, versions } = outcome.data;
  return {
    texts: pageTexts(locale, 'money'),
    own: current.version > 1,
    current: termLines(current, locale, money),
    versions: versions.map((one) => ({
      version: one.version,
      now: one.version === current.version,
      title: t(locale, 'page.money.version', {
        version: one.version,
        from: momentText(one.validFrom, say).text,
      }),
      by: one.madeBy === null ? null : t(locale, 'page.money.by', { name: one.madeBy }),
      reason: one.reason,
      lines: termLines(one, locale, money),
    })),
  };
};
