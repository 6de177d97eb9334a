import type { ControlActionView } from '@wijk/contracts/treasury-control';
import { formatExact, t } from '@wijk/i18n';
import type { Money } from './treasury.ts';
import { momentText, type Speaker } from './views.ts';

/** One thing that was done in the control room, in words. */
export function controlLine(one: ControlActionView, say: Speaker, money: Money) {
  const { locale } = say;
  const what = t(locale, `page.controlLog.kinds.${one.kind}` as 'page.controlLog.kinds.done');
  const name =
    one.by === null
      ? t(locale, 'page.controlLog.itself')
      : one.by || t(locale, 'page.accounts.nameless');
  return {
    id: one.id,
    text: t(locale, 'page.controlLog.line', { what, name }),
    subject: [kindOf(one, locale), one.subject, amountOf(one, money)].filter(Boolean).join(', '),
    reason: one.reason,
    at: momentText(one.at, say),
    exact: formatExact(new Date(one.at), say.timeZone, locale),
  };
}

/** What kind of proposal it was about. */
const kindOf = ({ detail: { kind } }: ControlActionView, locale: Speaker['locale']) =>
  typeof kind === 'string'
    ? t(locale, `page.proposals.kinds.${kind}` as 'page.proposals.kinds.reversal')
    : null;

const amountOf = ({ detail: { amount } }: ControlActionView, money: Money) =>
  typeof amount === 'number' ? money.text(amount) : null;
