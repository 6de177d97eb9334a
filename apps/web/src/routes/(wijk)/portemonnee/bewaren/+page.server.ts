import { readStatementPeriod } from '@wijk/contracts/wallet-export';
import { STATEMENT_PERIODS, statementPeriod } from '@wijk/domain/wallet';
import { localDateOf } from '@wijk/domain/wijk';
import { amountText, fieldText, pageTexts, plural, problemText } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { dateWords } from '#lib/server/plan.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import { membersOnly, organisationIn, partyName } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, url } = event;
  const { locale } = locals;
  const { now, timeZone } = await speaker(locals);
  const today = localDateOf(now, timeZone);
  const organisation = organisationIn(url);
  const of = organisation ? { organisation } : {};
  const asked = {
    from: url.searchParams.get('van') ?? '',
    until: url.searchParams.get('tot') ?? '',
  };
  const isAsked = asked.from !== '' || asked.until !== '';
  const shown = isAsked ? asked : statementPeriod('lastMonth', today);
  const call = api(event);
  const params = { wijk: locals.slug };
  const isDays = DAY.test(shown.from) && DAY.test(shown.until);
  const outcome = await call(readStatementPeriod, {
    params,
    query: { ...(isDays ? shown : { from: '', until: '' }), ...of },
  });
  const faulty =
    !outcome.ok && (outcome.status === 422 || outcome.problem.code === 'wallet.statement-too-long');
  if (!outcome.ok && !faulty) stop(outcome);
  const texts = pageTexts(locale, 'keep');
  const money = (minor: number) => amountText(locale, minor);
  return {
    texts,
    organisation,
    period: shown,
    fault: outcome.ok
      ? null
      : outcome.problem.errors
          .map(({ code, params: of }) => fieldText(locale, code, of))
          .join(' ') || problemText(locale, outcome.problem.code, outcome.problem.params),
    periods: STATEMENT_PERIODS.map((name) => ({ name, ...statementPeriod(name, today) })),
    summary: outcome.ok
      ? {
          holder: partyName(outcome.data.holder, locale),
          period: fill(texts.period, {
            from: dateWords(shown.from, locale),
            until: dateWords(shown.until, locale),
          }),
          opening: money(outcome.data.opening.own),
          in: money(outcome.data.in),
          out: money(outcome.data.out),
          closing: money(outcome.data.closing.own),
          unit: outcome.data.unit,
          budgets:
            outcome.data.opening.budget !== 0 || outcome.data.closing.budget !== 0
              ? fill(texts.budgets, {
                  from: money(outcome.data.opening.budget),
                  until: money(outcome.data.closing.budget),
                })
              : null,
          lines: plural(locale, 'page.keep.lines', outcome.data.lines),
        }
      : null,
  };
};
