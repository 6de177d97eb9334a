import { readYear } from '@wijk/contracts/treasury-figures';
import { pageTexts, t } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { moneyOf } from '#lib/server/treasury.ts';
import { turnoverLines, yearIn } from '#lib/server/year.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const { locale } = locals;
  const [money, outcome] = await Promise.all([
    moneyOf(event),
    api(event)(readYear, { params: { wijk: locals.slug }, query: yearIn(event.url) }),
  ]);
  if (!outcome.ok) stop(outcome);
  const { year, lines } = outcome.data;
  const kinds = [...new Set(lines.map(({ kind }) => kind))];
  return {
    texts: pageTexts(locale, 'accounts'),
    year,
    title: t(locale, 'page.accounts.wijkYear', { year }),
    kinds: kinds.map((kind) => ({
      kind,
      name: t(locale, `page.treasury.kinds.${kind}` as 'page.treasury.kinds.fund'),
      lines: turnoverLines(
        lines.filter((line) => line.kind === kind),
        locale,
        money,
      ),
    })),
  };
};
