import type { ReplyOf } from '@wijk/contracts/define';
import type { readOrderOpening } from '@wijk/contracts/market-orders';
import { amountOf, mayRepeat, PLACES_MAX, SERIES_EVERY } from '@wijk/domain/market';
import { type PageTexts, pageTexts, plural } from '@wijk/i18n';
import { fill } from '#lib/text.ts';
import { lengths } from './order-forms.ts';
import { lengthText, type OrderWords, partyText } from './orders.ts';
import type { CreditSpeaker } from './wallet.ts';

type Opening = ReplyOf<typeof readOrderOpening>;
type Words = PageTexts['order'];

/** The form by which one asks for what a listing offers, or offers what it asks for. */
export function openingPage(
  { listing, party, side, organisations, available, rules, unit }: Opening,
  say: CreditSpeaker,
  w: Words,
  orders: OrderWords,
) {
  const { mode, rate, places, availability } = listing;
  const series = pageTexts(say.locale, 'series');
  const name = partyText(party, orders);
  const asks = side === 'receiver';
  const percent = Math.round(rules.lateCancelPermille / 10);
  const isFree = mode === 'free';
  return {
    title: listing.title,
    heading: fill(asks ? w.askTitle : w.offerTitle, { name }),
    send: asks ? w.ask : w.offer,
    costs: costsText(listing, side, say, w),
    available: available !== null ? fill(w.available, { amount: say.money(available) }) : null,
    organisations: organisations.map(({ id, name: label }) => ({ value: id, label })),
    lengths: lengths().map((minutes) => {
      const length = lengthText(minutes, say);
      const amount = amountOf({ mode, rate, minutes, places: 1 });
      const label =
        mode === 'hourly' ? fill(w.lengthCosts, { length, amount: say.money(amount) }) : length;
      return { value: String(minutes), label };
    }),
    lengthRequired: mode === 'hourly',
    lengthHint: mode !== 'hourly' ? undefined : asks ? w.lengthHint : w.lengthHintHelper,
    places: places === null ? null : placeOptions(Math.min(places, PLACES_MAX), rate, mode, say),
    /** what one can miss is for the receiver to say */
    rateHint: mode === 'ability' && asks ? fill(w.rateHint, { unit: unit.plural }) : null,
    whenHint: availability ? fill(w.availabilityIs, { availability }) : w.dateHint,
    /** what can come back; null: once */
    repeats: mayRepeat(listing)
      ? SERIES_EVERY.map((value) => ({ value: value as string, label: series.every[value] }))
      : null,
    series: series.ask,
    /** materials are told by whoever brings them */
    materials: !asks,
    rules: [
      fill(w.ruleAnswer, { name, days: rules.answerDays }),
      ...(isFree ? [w.ruleFree] : [asks ? w.ruleReserve : w.ruleReserveHelper]),
      ...(isFree || percent === 0
        ? [w.ruleCancelFree]
        : [fill(w.ruleCancel, { hours: rules.freeCancelHours, percent })]),
      fill(w.ruleConfirm, { days: rules.confirmDays }),
      w.ruleBody,
    ],
  };
}

function costsText(
  { mode, rate, places }: Opening['listing'],
  side: Opening['side'],
  say: CreditSpeaker,
  w: Words,
): string {
  if (mode === 'free') return w.costsFree;
  if (mode === 'ability') return side === 'receiver' ? w.costsAbility : w.getsAbility;
  const words = { rate: say.money(rate) };
  if (mode === 'hourly') return fill(w.costsHourly, words);
  return fill(places === null ? w.costsFixed : w.costsPlace, words);
}

function placeOptions(
  most: number,
  rate: number,
  mode: Opening['listing']['mode'],
  say: CreditSpeaker,
) {
  return Array.from({ length: most }, (_, i) => {
    const count = i + 1;
    const amount = say.money(amountOf({ mode, rate, minutes: null, places: count }));
    const key = mode === 'fixed' ? 'page.order.placeCosts' : 'page.order.placeFree';
    return { value: String(count), label: plural(say.locale, key, count, { amount }) };
  });
}
