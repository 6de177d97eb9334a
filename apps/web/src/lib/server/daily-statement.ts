import type { RequestEvent } from '@sveltejs/kit';
import { getDailyStatement } from '@wijk/contracts/daily-statement';
import type { ReplyOf } from '@wijk/contracts/define';
import { amountText, creditText, pageTexts } from '@wijk/i18n';
import { formatDay } from '@wijk/i18n/dates';
import type { StatementLine, StatementPage, StatementView } from '#lib/daily-statement.ts';
import { paths } from '#lib/paths.ts';
import { fill } from '#lib/text.ts';
import { api } from './api.ts';
import { stop } from './refusal.ts';
import { momentText, type Speaker, speaker } from './views.ts';

export type DailyStatement = ReplyOf<typeof getDailyStatement>;
type Statement = NonNullable<DailyStatement['statement']>;
type Texts = StatementPage['texts'];

/** Whether this is a date of the calendar, as '2026-12-01'. */
export function isDay(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** What the API says of a day, or of the last one. */
export async function askedStatement(
  event: RequestEvent,
  day: string | undefined,
): Promise<DailyStatement> {
  const outcome = await api(event)(getDailyStatement, {
    params: { wijk: event.locals.slug },
    query: day ? { day } : {},
  });
  if (!outcome.ok) stop(outcome);
  return outcome.data;
}

/** The page of a day, or of the last one; the same for both but for its address. */
export async function statementPage(
  event: RequestEvent,
  day: string | undefined,
): Promise<StatementPage> {
  const reply = await askedStatement(event, day);
  const say = await speaker(event.locals);
  const page = statementWords(reply, say);
  event.locals.open = {
    title: day ? page.title : page.texts.title,
    description: page.lead,
    path: paths('').dailyStatement(day),
  };
  return page;
}

export function statementWords(reply: DailyStatement, say: Speaker): StatementPage {
  const { unit, statement, previous, next } = reply;
  const texts = pageTexts(say.locale, 'dailyStatement');
  const named = (day: string) => ({ day, text: dayText(day, say) });
  return {
    texts,
    title: statement ? fill(texts.titleDay, { day: dayText(statement.day, say) }) : texts.title,
    lead: fill(texts.lead, { plural: unit.plural }),
    plural: unit.plural,
    statement: statement && viewOf(statement, unit.symbol, texts, say),
    previous: previous ? named(previous) : null,
    next: next ? named(next) : null,
  };
}

const dayText = (day: string, { locale }: Speaker) =>
  `${formatDay(day, locale)} ${day.slice(0, 4)}`;

function viewOf(statement: Statement, symbol: string, texts: Texts, say: Speaker): StatementView {
  const { totals, day, height, head } = statement;
  const amount = (minor: number) => creditText(say.locale, minor, symbol);
  const sum = (totals ?? []).reduce((all, one) => all + one.balance, 0);
  const issuance = totals?.find(({ kinds }) => kinds.includes('issuance'));
  return {
    day,
    dayText: dayText(day, say),
    lines: totals?.map((total) => lineOf(total, texts, say)) ?? null,
    grouped: totals?.some(({ kinds }) => kinds.length > 1) ?? false,
    sum: amountText(say.locale, sum),
    comesToNothing: sum === 0,
    issued: issuance ? fill(texts.issued, { amount: amount(Math.max(0, -issuance.balance)) }) : '',
    paid: paidText(statement, texts, amount),
    height,
    head: head.match(/.{1,8}/g) ?? [],
    made: momentText(statement.madeAt, say),
  };
}

function lineOf(
  { kinds, accounts, balance, reserved }: NonNullable<Statement['totals']>[number],
  texts: Texts,
  { locale }: Speaker,
): StatementLine {
  const names = kinds.map((kind, i) => (i === 0 ? texts.kind[kind] : lower(texts.kind[kind])));
  const who = new Intl.ListFormat(locale).format(names);
  const [has, held] = [amountText(locale, balance), amountText(locale, reserved)];
  return { who, accounts, balance: has, reserved: held };
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function paidText(
  { payments, volume }: Statement,
  texts: Texts,
  amount: (minor: number) => string,
): string {
  if (payments === null || volume === null) return texts.fewPayments;
  if (payments === 0) return texts.noPayments;
  const form = payments === 1 ? texts.paid.one : texts.paid.other;
  return fill(form, { count: payments, amount: amount(volume) });
}
