import type { OrderView } from '@wijk/contracts/market-orders';
import type { OrderAct } from '#lib/orders/paths.ts';
import { fill } from '#lib/text.ts';
import type { OrderWords } from './orders.ts';
import type { CreditSpeaker } from './wallet.ts';

export interface OrderButtons {
  /** the words of the button that says yes at once; null: there is nothing to say yes to */
  accept: string | null;
  /** what is most likely to be next, on a page of its own */
  primary: { act: OrderAct; label: string } | null;
  others: { act: OrderAct; label: string }[];
}

/** What the reader can do now: one thing large, the rest below it. */
export function buttonsOf(
  order: OrderView,
  say: CreditSpeaker,
  w: OrderWords,
  now: Date,
): OrderButtons {
  const { steps, terms, side, reserved, state } = order;
  const may = (step: OrderView['steps'][number]) => steps.includes(step);
  const pays = side === 'receiver' && terms.amount > 0;
  const amount = say.money(terms.amount);
  const confirmLabel = (): string => {
    if (state === 'delivered') {
      const due = order.worked?.amount ?? reserved;
      return reserved > 0 ? fill(w.confirmPay, { amount: say.money(due) }) : w.confirm;
    }
    return reserved > 0
      ? fill(w.confirmEarly, { amount: say.money(reserved) })
      : w.confirmEarlyFree;
  };
  const all: (OrderButtons['others'][number] & { shown: boolean })[] = [
    { act: 'klaar', label: w.deliver, shown: may('deliver') },
    { act: 'bevestigen', label: confirmLabel(), shown: may('confirm') },
    { act: 'voorstel', label: w.counter, shown: may('counter') },
    { act: 'nee-zeggen', label: w.decline, shown: may('decline') },
    { act: 'intrekken', label: w.withdraw, shown: may('withdraw') },
    { act: 'afzeggen', label: w.cancel, shown: may('cancel') || may('cancel-late') },
    { act: 'teruggeven', label: w.refund, shown: may('refund') },
    { act: 'voorleggen', label: w.dispute, shown: may('dispute') },
  ];
  const shown = all.flatMap(({ shown: is, ...button }) => (is ? [button] : []));
  // what has not begun is seldom done; then leaving is as likely as anything
  const begun = terms.startsAt === null || new Date(terms.startsAt) <= now;
  const isNext = ({ act }: OrderButtons['others'][number]) =>
    act === 'klaar' || (act === 'bevestigen' && (state === 'delivered' || begun));
  const primary = shown.find(isNext) ?? null;
  return {
    accept: may('accept') ? (pays ? fill(w.acceptPaying, { amount }) : w.accept) : null,
    primary,
    others: shown.filter((button) => button !== primary),
  };
}
