import type { OrderLine, OrderTermsView, OrderView } from '@wijk/contracts/market-orders';
import { formatDuration, type PageTexts, pageTexts } from '@wijk/i18n';
import { fill } from '#lib/text.ts';
import type { MomentText } from '#lib/views.ts';
import { agreesToSeries, repeatsText } from './series-words.ts';
import { spanText as formatSpan } from './times.ts';
import { momentText, untilText } from './views.ts';
import type { CreditSpeaker } from './wallet.ts';

export type OrderWords = PageTexts['orders'];
type Party = OrderLine['receiver'];

/** How a side is called: by its organisation, or by its name. */
export const partyText = ({ name, organisation }: Party, w: OrderWords): string =>
  organisation ?? name ?? w.erased;

/** The same with who acts, for where it matters who came by. */
export const partyInFull = ({ name, organisation }: Party, w: OrderWords): string =>
  organisation === null
    ? (name ?? w.erased)
    : fill(w.actsFor, { name: name ?? w.erased, organisation });

/** Euro cents as people write them. */
export const euroText = (cents: number, locale: App.Locals['locale']): string =>
  new Intl.NumberFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', {
    style: 'currency',
    currency: 'EUR',
  }).format(cents / 100);

export const lengthText = (minutes: number, { locale }: CreditSpeaker): string =>
  formatDuration(minutes, locale);

/** Who is at the other side, for the reader. */
export const otherSideOf = ({
  side,
  receiver,
  helper,
}: Pick<OrderLine, 'side' | 'receiver' | 'helper'>): Party =>
  side === 'receiver' ? helper : receiver;
export const otherParty: (order: OrderLine) => Party = otherSideOf;

/** In few words where it stands, for whoever reads. */
export function stateText({ state, awaiting, side }: OrderLine, w: OrderWords): string {
  const words = w.state[state];
  if (typeof words === 'string') return words;
  return awaiting !== null && awaiting === side ? words.you : words.other;
}

export interface OrderLineView {
  ref: string;
  title: string;
  /** 'Henk helpt u' */
  who: string;
  state: string;
  /** it waits for the reader */
  waits: boolean;
  when: MomentText | null;
  /** until when it waits */
  answerBefore: MomentText | null;
  amount: string;
}

export function orderLineView(line: OrderLine, say: CreditSpeaker, w: OrderWords): OrderLineView {
  const name = partyText(otherParty(line), w);
  const waits = line.awaiting !== null && line.awaiting === line.side;
  return {
    ref: line.ref,
    title: line.listing.title,
    who:
      line.side === null
        ? fill(w.ofTwo, {
            helper: partyText(line.helper, w),
            receiver: partyText(line.receiver, w),
          })
        : fill(line.side === 'receiver' ? w.withHelper : w.withReceiver, { name }),
    state: stateText(line, w),
    waits,
    when: line.startsAt === null ? null : momentText(line.startsAt, say),
    answerBefore: waits && line.dueAt !== null ? untilText(line.dueAt, say) : null,
    amount: line.amount > 0 ? say.money(line.amount) : w.free,
  };
}

/** What it costs and why, in one line. */
export function priceText(terms: OrderTermsView, say: CreditSpeaker, w: OrderWords): string {
  const { mode, rate, minutes, places, amount } = terms;
  const words = { rate: say.money(rate), amount: say.money(amount), places };
  if (mode === 'free') return w.free;
  if (mode === 'hourly')
    return fill(w.isHourly, { ...words, length: lengthText(minutes ?? 0, say) });
  if (mode === 'ability') return fill(amount > 0 ? w.isAbility : w.nothingYet, words);
  return fill(places > 1 ? w.isPlaces : w.isFixed, words);
}

/** The terms as lines of a list. */
export function termRows(order: OrderView, say: CreditSpeaker, w: OrderWords) {
  const { terms, worked, reserved, paid, givenBack } = order;
  const length = worked?.minutes ?? null;
  const row = (label: string, value: string | null, at: MomentText | null = null) =>
    value === null && at === null ? [] : [{ label, value: value ?? '', at }];
  return [
    ...row(w.helper, partyInFull(order.helper, w)),
    ...row(w.receiver, partyInFull(order.receiver, w)),
    ...row(
      w.when,
      terms.startsAt === null ? w.whenOpen : null,
      terms.startsAt === null ? null : momentText(terms.startsAt, say),
    ),
    ...row(pageTexts(say.locale, 'series').ask.label, repeatsText(order, say)),
    ...row(w.fromUntil, order.appointment && formatSpan(order.appointment, say)),
    ...row(w.price, priceText(terms, say, w)),
    ...row(
      w.length,
      terms.minutes === null || terms.mode === 'hourly' ? null : lengthText(terms.minutes, say),
    ),
    ...row(w.places, terms.places > 1 ? String(terms.places) : null),
    ...row(w.worked, length === null ? null : lengthText(length, say)),
    ...row(
      w.materials,
      terms.materials
        ? fill(w.materialsOutside, { amount: euroText(terms.materials, say.locale) })
        : null,
    ),
    ...row(w.reserved, reserved > 0 ? fill(w.reservedText, { amount: say.money(reserved) }) : null),
    ...row(w.paid, paid > 0 ? say.money(paid) : null),
    ...row(w.givenBack, givenBack > 0 ? say.money(givenBack) : null),
  ];
}

/** What the other side wrote with the step that is looked at now. */
export function saidLast({ timeline, side }: OrderView, w: OrderWords): string | null {
  const last = timeline.at(-1);
  if (!last?.note || last.actor === side) return null;
  return fill(w.said, { name: last.name ?? w.erased, note: last.note });
}

/** Where it stands, in a sentence, and what comes of it by itself. */
export function standing(order: OrderView, say: CreditSpeaker, w: OrderWords) {
  const { state, side, awaiting, dueAt } = order;
  const names = {
    name: partyText(otherParty(order), w),
    helper: partyText(order.helper, w),
    receiver: partyText(order.receiver, w),
  };
  const due = dueAt === null ? null : momentText(dueAt, say);
  if (side === null)
    return { stands: `${fill(w.stands.master, names)} ${stateText(order, w)}.`, next: null };
  const you = awaiting === side ? 'You' : 'Other';
  const mine = side === 'receiver' ? 'Receiver' : 'Helper';
  const [stands, next] = ((): [string, string | null] => {
    switch (state) {
      case 'requested':
      case 'countered':
        return [w.stands[`${state}${you}`], w.then[state]];
      case 'agreed': {
        const back = order.reserved > 0 && side === 'receiver' ? ` ${w.then.agreedReserved}` : '';
        return [w.stands[`agreed${mine}`], w.then[`agreed${mine}`] + back];
      }
      case 'delivered':
        return [w.stands[`delivered${mine}`], w.then[`delivered${mine}`]];
      default: {
        const left = order.paid - order.givenBack;
        const sum = left > 0 ? ` ${fill(w.paidSum, { amount: say.money(left) })}` : '';
        return [w.stands[state] + sum, null];
      }
    }
  })();
  return {
    stands: fill(stands, names),
    next: next === null || due === null ? null : fill(next, { at: due.text }),
  };
}

/** What stands in the way of what the clock was to do; null: nothing. */
export function heldUpText(
  { heldUp }: OrderView,
  say: CreditSpeaker,
  w: OrderWords,
): string | null {
  if (!heldUp) return null;
  return heldUp.own
    ? fill(w.heldUpOwn, { since: momentText(heldUp.since, say).text })
    : w.heldUpOther;
}

/** Rules before they bite. */
export function ruleLines(order: OrderView, say: CreditSpeaker, w: OrderWords): string[] {
  const { state, cancelRule, terms, disputeUntil, side } = order;
  const open = state === 'requested' || state === 'countered';
  const lines: string[] = [];
  const reserve = side === 'helper' ? w.ruleReserveHelper : w.ruleReserve;
  const series = agreesToSeries(order, say);
  if (series !== null) lines.push(series);
  if (open && terms.amount > 0) lines.push(fill(reserve, { amount: say.money(terms.amount) }));
  if (open || state === 'agreed')
    lines.push(
      cancelRule
        ? fill(w.ruleCancel, {
            until: untilText(cancelRule.freeUntil, say).text,
            costs: say.money(cancelRule.costs),
          })
        : w.ruleCancelFree,
    );
  if (disputeUntil && side !== null && order.steps.includes('dispute'))
    lines.push(fill(w.ruleDispute, { until: untilText(disputeUntil, say).text }));
  return lines;
}

/** 'december 2026' */
export const monthText = (month: string, locale: App.Locals['locale']): string =>
  new Intl.DateTimeFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', {
    timeZone: 'UTC',
    month: 'long',
    year: 'numeric',
  }).format(new Date(`${month}-15T12:00:00Z`));
/** For what the page says after a step. */
export const flashKey = (step: keyof OrderWords['flash']) => `page.orders.flash.${step}` as const;
