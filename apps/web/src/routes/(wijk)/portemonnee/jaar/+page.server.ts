import { readWalletYear } from '@wijk/contracts/wallet-year';
import { amountText, pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import { speaker } from '#lib/server/views.ts';
import { membersOnly, organisationIn, partyName } from '#lib/server/wallet.ts';
import { turnoverLines, yearIn } from '#lib/server/year.ts';
import { fill } from '#lib/text.ts';
import type { PageServerLoad } from './$types';

/** The first year that an address can ask for. */
const FIRST = 2020;

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, url } = event;
  const { locale, slug } = locals;
  const organisation = organisationIn(url);
  const of = organisation ? { organisation } : {};
  const outcome = await api(event)(readWalletYear, {
    params: { wijk: slug },
    query: { ...yearIn(url), ...of },
  });
  if (!outcome.ok) stop(outcome);
  const { year, unit, holder, budgets, ...own } = outcome.data;
  const texts = pageTexts(locale, 'walletYear');
  const text = (minor: number) => `${amountText(locale, minor)} ${unit}`;
  const partOf = ({ opening, closing, lines }: typeof own) => ({
    opening: text(opening),
    closing: text(closing),
    lines: turnoverLines(lines, locale, { text: (minor) => amountText(locale, minor) }),
  });
  const { now, timeZone } = await speaker(locals);
  const thisYear = Number(new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(now));
  const title = organisation
    ? fill(texts.titleOf, { year: String(year), name: partyName(holder, locale) })
    : fill(texts.title, { year: String(year) });
  return {
    texts,
    accounts: pageTexts(locale, 'accounts'),
    back: pageTexts(locale, 'wallet').back,
    organisation,
    year,
    title,
    sections: [
      { id: 'own', name: texts.own, ...partOf(own) },
      ...(budgets ? [{ id: 'budgets', name: texts.budgets, ...partOf(budgets) }] : []),
    ],
    others: [year - 1, year + 1].filter((one) => one >= FIRST && one <= thisYear),
  };
};
