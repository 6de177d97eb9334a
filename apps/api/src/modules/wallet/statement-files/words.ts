import type { StatementLine } from '@wijk/contracts';
import { localDateOf } from '@wijk/domain/wijk';
import { type Locale, type MessageKey, t } from '@wijk/i18n';
import type { Services } from '../../../services.ts';

/** Who writes a statement: language, clock, and how the wijk calls itself and its credits. */
export interface StatementSpeaker {
  locale: Locale;
  timeZone: string;
  wijk: string;
  unit: string;
  /** when it was made */
  now: Date;
}

export async function speakerOf(
  { wallet, clock }: Services,
  wijk: { id: string; name: string; timeZone: string },
  locale: Locale,
): Promise<StatementSpeaker> {
  const { plural: unit } = await wallet.policies.current(wijk.id);
  return { locale, timeZone: wijk.timeZone, wijk: wijk.name, unit, now: clock.now() };
}

/** '2026-12-01' as people write it: '01-12-2026', '01/12/2026'. */
export function dayText(day: string, locale: Locale): string {
  const [year, month, date] = day.split('-');
  return [date, month, year].join(locale === 'nl' ? '-' : '/');
}

export const dayOf = (at: string, { timeZone, locale }: StatementSpeaker) =>
  dayText(localDateOf(new Date(at), timeZone), locale);

/** 'Betaling', 'Budget': what a line is, without a topic. */
export const kindText = ({ kind }: StatementLine, locale: Locale) =>
  t(locale, `statement.kind.${kind}` as MessageKey);

/** The other side by its name; the fund and the wijk by their own. */
export const partyText = ({ party }: StatementLine, locale: Locale) =>
  party.name ?? t(locale, `statement.party.${party.kind}`);

/** The first characters of a payment's id: by them the treasurer finds it. */
export const referenceOf = ({ payment, id }: StatementLine) => payment ?? id;
