import type { SeriesLine, SeriesView } from '@wijk/contracts/market-series';
import type { SeriesAct } from '#lib/orders/paths.ts';
import { fill } from '#lib/text.ts';
import type { MomentText } from '#lib/views.ts';
import { type OrderWords, otherSideOf, partyText } from './orders.ts';
import { howText, longText, type SeriesWords } from './series-words.ts';
import { agoText, momentText } from './views.ts';
import type { CreditSpeaker } from './wallet.ts';

type Words = SeriesWords;

export interface SeriesTimeView {
  number: number;
  at: MomentText;
  state: string;
  /** it needs to be looked at, or does not go on */
  tone: 'plain' | 'warn' | 'off';
  order: string | null;
  /** it can be skipped */
  open: boolean;
}

function timeView(
  time: SeriesLine['next'][number],
  say: CreditSpeaker,
  w: Words,
  orders: OrderWords,
): SeriesTimeView {
  const { number, startsAt, state, order } = time;
  const off = order !== null && ['cancelled', 'lapsed'].includes(order.state);
  const words = order === null ? w.time[state] : off ? orders.state.cancelled : w.time.made;
  const gone = off || state === 'skipped' || state === 'missed';
  return {
    ...{ number, at: momentText(startsAt, say), state: words, order: order?.ref ?? null },
    tone: gone ? 'off' : state === 'waits' ? 'warn' : 'plain',
    open: state === 'planned' || state === 'waits',
  };
}

export interface SeriesCardView {
  ref: string;
  title: string;
  who: string;
  how: string;
  amount: string;
  /** the other side proposed another price, or the next time waits for the reader's wallet */
  waits: boolean;
  notice: string | null;
  next: SeriesTimeView[];
}

const amountText = (line: SeriesLine, say: CreditSpeaker, w: Words): string =>
  line.amount > 0 ? fill(w.perTime, { amount: say.money(line.amount) }) : w.freePerTime;

export function seriesCard(
  line: SeriesLine,
  say: CreditSpeaker,
  w: Words,
  orders: OrderWords,
): SeriesCardView {
  const name = partyText(otherSideOf(line), orders);
  const names = {
    helper: partyText(line.helper, orders),
    receiver: partyText(line.receiver, orders),
  };
  return {
    ref: line.ref,
    title: line.listing.title,
    who:
      line.side === null
        ? fill(orders.ofTwo, names)
        : fill(line.side === 'receiver' ? orders.withHelper : orders.withReceiver, { name }),
    how: `${howText(line.every, line.startsAt, say, w)}, ${longText(line, say, w)}`,
    amount: amountText(line, say, w),
    waits: line.awaiting !== null && line.awaiting === line.side,
    notice: noticeText(line, say, w, name),
    next: line.next.map((time) => timeView(time, say, w, orders)),
  };
}

function noticeText(line: SeriesLine, say: CreditSpeaker, w: Words, name: string): string | null {
  if (line.awaiting !== null && line.awaiting === line.side)
    return fill(w.priceAsked, { name, amount: say.money(line.proposedAmount ?? 0) });
  if (line.waitingSince !== null) return line.side === 'receiver' ? w.waitsOwn : w.waitsOther;
  if (line.stopsAt !== null) return fill(w.stops, { at: momentText(line.stopsAt, say).text });
  return null;
}

/** The page of one series. */
export function seriesPage(series: SeriesView, say: CreditSpeaker, w: Words, orders: OrderWords) {
  const card = seriesCard(series, say, w, orders);
  const name = partyText(otherSideOf(series), orders);
  const how = howText(series.every, series.startsAt, say, w);
  const { steps, rules, ending, state, side } = series;
  const may = (step: SeriesView['steps'][number]) => steps.includes(step);
  const proposed = series.proposedAmount === null ? null : say.money(series.proposedAmount);
  const now = fill(w.priceNow, { amount: say.money(series.amount) });
  const names = {
    ...{ name, how, helper: partyText(series.helper, orders) },
    receiver: partyText(series.receiver, orders),
  };
  const stands =
    state === 'ended'
      ? w.stands[ending === 'not-agreed' ? 'not-agreed' : 'ended']
      : side === null
        ? fill(w.stands.master, names)
        : fill(w.stands[state], names);
  const acts: { act: SeriesAct; label: string }[] = [
    ...(may('propose') ? [{ act: 'prijs' as const, label: w.propose }] : []),
    ...(may('stop') ? [{ act: 'stoppen' as const, label: w.stop }] : []),
  ];
  return {
    ...{ ref: series.ref, version: series.version, title: card.title, stands, acts },
    // a proposal has a box of its own
    notice: series.awaiting !== null && series.waitingSince === null ? null : card.notice,
    price:
      proposed === null || side === null
        ? null
        : {
            text: fill(may('agree') ? w.priceAsked : w.priceYours, { name, amount: proposed }),
            now,
            agree: may('agree') ? fill(w.agree, { amount: proposed }) : null,
            takeBack: may('take-back'),
          },
    times: card.next,
    maySkip: may('skip'),
    rows: [
      { label: orders.helper, value: names.helper, at: null },
      { label: orders.receiver, value: names.receiver, at: null },
      { label: w.when, value: how, at: null },
      { label: w.howLongLabel, value: longText(series, say, w), at: null },
      { label: orders.price, value: card.amount, at: null },
    ],
    rules:
      state === 'ended'
        ? []
        : [
            fill(series.amount > 0 ? w.ruleAhead : w.ruleAheadFree, { days: rules.aheadDays }),
            ...(series.amount > 0 ? [w.ruleShort] : []),
            ...[w.ruleSkip, w.ruleStop],
            ...(series.mode === 'free' ? [] : [w.rulePrice]),
          ],
    timeline: timelineOf(series, say, w, orders),
  };
}

function timelineOf(series: SeriesView, say: CreditSpeaker, w: Words, orders: OrderWords) {
  return series.timeline.map((one) => {
    const name = one.name ?? orders.erased;
    const who = one.actor === 'master' ? fill(orders.did.master, { name }) : name;
    const text = fill(w.did[one.step], {
      ...{ name: who, rate: one.rate === null ? '' : say.money(one.rate) },
      when: one.startsAt === null ? '' : momentText(one.startsAt, say).text,
    });
    return {
      nr: one.nr,
      text: `${text}.`,
      terms: null,
      note: one.note || null,
      at: agoText(one.at, say),
    };
  });
}

/** The page of one thing that a side does with a series. */
export function seriesActPage(
  series: SeriesView,
  act: SeriesAct,
  number: number | null,
  say: CreditSpeaker,
  { w, orders }: { w: Words; orders: OrderWords },
) {
  const name = partyText(otherSideOf(series), orders);
  const step = ({ overslaan: 'skip', stoppen: 'stop', prijs: 'propose' } as const)[act];
  const time = series.next.find((one) => one.number === number);
  const base = { act, title: series.listing.title, version: series.version, number, rate: null };
  const allowed = series.steps.includes(step);
  switch (act) {
    case 'overslaan': {
      const when = time ? momentText(time.startsAt, say).text : '';
      return {
        ...base,
        allowed: allowed && (time?.state === 'planned' || time?.state === 'waits'),
        ...{ heading: w.skipTitle, send: w.skipSend, danger: false },
        lead: time ? [fill(w.skipLead, { when, name })] : [],
      };
    }
    case 'stoppen': {
      const at = momentText(series.rules.stopsAt, say).text;
      return {
        ...{ ...base, allowed, heading: w.stopTitle, send: w.stopSend, danger: true },
        lead: [fill(w.stopLead, { at, name }), w.stopLeft],
      };
    }
    case 'prijs':
      return {
        ...{ ...base, allowed, heading: w.proposeTitle, send: w.proposeSend, danger: false },
        lead: [fill(w.proposeLead, { amount: say.money(series.rate), name })],
        rate: series.mode === 'hourly' ? w.rateHourly : w.rateTime,
      };
  }
}
