import type { OrderView } from '@wijk/contracts/market-orders';
import { fill } from '#lib/text.ts';
import type { MomentText } from '#lib/views.ts';
import { lengthText, type OrderWords, partyText, priceText } from './orders.ts';
import { agoText, momentText } from './views.ts';
import type { CreditSpeaker } from './wallet.ts';

export interface TimelineItem {
  nr: number;
  text: string;
  /** the terms that were proposed, where the step proposed some */
  terms: string | null;
  note: string | null;
  at: MomentText;
}

const PROPOSES: readonly string[] = ['request', 'counter'];

export function timelineOf(order: OrderView, say: CreditSpeaker, w: OrderWords): TimelineItem[] {
  return order.timeline.map((one) => {
    const key = didKey(one, order.openedBy);
    const name = whoText(one, order, w);
    const text = fill(w.did[key], {
      name,
      amount: say.money(one.amount),
      length: one.terms.minutes === null ? '' : lengthText(one.terms.minutes, say),
    });
    const when =
      one.terms.startsAt === null ? w.whenOpen : momentText(one.terms.startsAt, say).text;
    return {
      nr: one.nr,
      text: `${text}.`,
      terms: PROPOSES.includes(one.step) ? `${priceText(one.terms, say, w)}, ${when}` : null,
      note: one.note || null,
      at: agoText(one.at, say),
    };
  });
}

type Step = OrderView['timeline'][number];

function didKey(
  one: Step,
  openedBy: OrderView['openedBy'],
): Exclude<keyof OrderWords['did'], 'master' | 'forSide'> {
  const { step, amount, withExtra, terms } = one;
  switch (step) {
    case 'repeat':
      return amount > 0 ? 'repeatReserved' : 'repeat';
    case 'request':
      return openedBy === 'helper' ? 'requestOffer' : 'request';
    case 'accept':
      return amount > 0 ? 'acceptReserved' : 'accept';
    case 'deliver':
      return terms.minutes === null ? 'deliver' : 'deliverHours';
    case 'confirm':
      return amount === 0 ? 'confirm' : withExtra ? 'confirmExtra' : 'confirmPaid';
    case 'confirm-late':
      return amount > 0 ? 'confirm-latePaid' : 'confirm-late';
    case 'settle':
      return amount > 0 ? 'settle' : 'settleFree';
    default:
      return step;
  }
}

function whoText({ actor, side, name }: Step, order: OrderView, w: OrderWords): string {
  const who = name ?? w.erased;
  if (actor !== 'master') return who;
  const master = fill(w.did.master, { name: who });
  if (side === null) return master;
  const of = partyText(side === 'receiver' ? order.receiver : order.helper, w);
  return `${master} ${fill(w.did.forSide, { name: of })}`;
}
