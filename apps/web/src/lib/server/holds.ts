import type { WalletHold } from '@wijk/contracts/wallet-holds';
import { type MessageKey, type PageTexts, t } from '@wijk/i18n';
import { fill } from '#lib/text.ts';
import { agoText, untilText } from './views.ts';
import { type CreditSpeaker, partyName } from './wallet.ts';

/** One reservation as its owner reads it. */
export function holdView(hold: WalletHold, say: CreditSpeaker, w: PageTexts['holds']) {
  const { locale } = say;
  const isOut = hold.direction === 'out';
  const name = partyName(hold.party, locale);
  const what = t(locale, `page.wallet.kind.${hold.kind}` as MessageKey);
  const order = isOut ? w.orderTo : w.orderFrom;
  const other = isOut ? w.to : w.from;
  return {
    id: hold.id,
    isOut,
    what: fill(hold.kind === 'order' ? order : other, { what, name }),
    amount: say.money(hold.amount),
    budget: hold.budget > 0 ? fill(w.budget, { amount: say.money(hold.budget) }) : null,
    since: agoText(hold.since, say),
    until: hold.until === null ? null : untilText(hold.until, say),
  };
}
