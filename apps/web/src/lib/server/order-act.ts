import type { OrderView } from '@wijk/contracts/market-orders';
import { amountOf } from '@wijk/domain/market';
import { amountText, type PageTexts } from '@wijk/i18n';
import type { OtherChoice } from '#lib/agenda/views.ts';
import { ORDER_ACTS, type OrderAct } from '#lib/orders/paths.ts';
import { fill } from '#lib/text.ts';
import { lengths, momentFields, NO_TIME, OWN_TIME } from './order-forms.ts';
import { lengthText, otherParty, partyText } from './orders.ts';
import { momentText, untilText } from './views.ts';
import type { CreditSpeaker } from './wallet.ts';

interface Words {
  orders: PageTexts['orders'];
  texts: PageTexts['order'];
}

export interface Choice {
  value: string;
  label: string;
}

/** The page of one thing that a side does: what it says before it is pressed, and the fields of its form. */
export interface ActPage {
  act: OrderAct;
  /** it cannot be done any more: somebody did something else, or time passed */
  allowed: boolean;
  heading: string;
  lead: string[];
  send: string;
  danger: boolean;
  /** words about what it costs, set apart */
  costs: string[];
  /** cancelling now costs something, and the form says that this was read */
  costsSomething: boolean;
  counter: CounterFields | null;
  worked: { options: Choice[]; value: string; hint: string; optional: boolean } | null;
  extra: { title: string; text: string; no: string; yes: string } | null;
  refund: boolean;
  note: { label: string; hint: string; required: boolean } | null;
}

export interface CounterFields {
  /** null: it is free, and stays so */
  rate: { label: string; hint: string; value: string } | null;
  lengths: Choice[];
  minutes: string;
  lengthRequired: boolean;
  places: number;
  date: string;
  time: string;
  materials: string;
}

export function actPage(
  order: OrderView,
  act: OrderAct,
  say: CreditSpeaker,
  { orders, texts: w }: Words,
): ActPage {
  const step = ORDER_ACTS[act];
  const name = partyText(otherParty(order), orders);
  const late = order.steps.includes('cancel-late');
  const base: ActPage = {
    ...{ act, allowed: order.steps.includes(step) || (act === 'afzeggen' && late) },
    ...{ heading: '', lead: [], send: '', danger: false, costs: [], costsSomething: false },
    ...{ counter: null, worked: null, extra: null, refund: false },
    note: { label: orders.noteOptional, hint: orders.noteHint, required: false },
  };
  switch (act) {
    case 'voorstel':
      return {
        ...base,
        ...{ heading: w.counterTitle, lead: [fill(w.counterLead, { name })], send: w.counterSend },
        counter: counterFields(order, say, w),
      };
    case 'klaar':
      return {
        ...base,
        ...{ heading: w.deliverTitle, lead: [fill(w.deliverLead, { name })], send: w.deliverSend },
        worked: workedField(order, say, w),
      };
    case 'bevestigen':
      return { ...base, ...confirmPage(order, say, w, name), note: null };
    case 'afzeggen':
      return { ...base, ...cancelPage(order, say, w, name) };
    case 'voorleggen':
      return {
        ...base,
        ...{ heading: w.disputeTitle, lead: [fill(w.disputeLead, { name })], send: w.disputeSend },
        note: { label: w.disputeNote, hint: fill(w.disputeNext, { name }), required: true },
      };
    case 'teruggeven':
      return {
        ...base,
        ...{ heading: w.refundTitle, send: w.refundSend, refund: true },
        lead: [fill(w.refundLead, { name, max: say.money(order.refundable) })],
      };
    case 'nee-zeggen':
      return {
        ...base,
        ...{ heading: w.declineTitle, lead: [fill(w.declineLead, { name })], send: w.declineSend },
        danger: true,
      };
    case 'intrekken':
      return {
        ...base,
        ...{ heading: w.withdrawTitle, lead: [fill(w.withdrawLead, { name })] },
        ...{ send: w.withdrawSend, danger: true },
      };
  }
}

function counterFields(order: OrderView, say: CreditSpeaker, w: Words['texts']): CounterFields {
  const { mode, rate, minutes, places, materials, startsAt } = order.terms;
  const label = { hourly: w.rateHourly, ability: w.rateAbility, fixed: w.rateFixed, free: '' }[
    mode
  ];
  const isGroup = mode === 'fixed' && places > 1;
  return {
    rate:
      mode === 'free'
        ? null
        : {
            label: isGroup ? w.ratePlace : label,
            hint: fill(mode === 'ability' ? w.rateHint : w.rateHintPriced, {
              unit: order.unit.plural,
            }),
            value: amountText(say.locale, rate),
          },
    lengths: lengths([minutes]).map((one) => ({
      value: String(one),
      label: lengthText(one, say),
    })),
    minutes: minutes === null ? '' : String(minutes),
    lengthRequired: mode === 'hourly',
    places,
    ...momentFields(startsAt, say.timeZone),
    materials: materials === null ? '' : amountText(say.locale, materials),
  };
}

/** Lengths with what each comes to, so that it is known before it is pressed. */
function workedField(order: OrderView, say: CreditSpeaker, w: Words['texts']): ActPage['worked'] {
  const { terms, reserved } = order;
  const label = (minutes: number): string => {
    const length = lengthText(minutes, say);
    if (terms.mode !== 'hourly' || reserved === 0) return length;
    const due = amountOf({ ...terms, minutes });
    const words = { length, amount: say.money(Math.min(due, reserved)) };
    if (due <= reserved) return fill(w.workedLess, words);
    return fill(w.workedMore, { ...words, extra: say.money(due - reserved) });
  };
  return {
    options: lengths([terms.minutes]).map((one) => ({ value: String(one), label: label(one) })),
    value: terms.minutes === null ? '' : String(terms.minutes),
    hint:
      terms.minutes === null
        ? w.workedHintOpen
        : fill(w.workedHint, { length: lengthText(terms.minutes, say) }),
    optional: terms.mode !== 'hourly',
  };
}

function confirmPage(
  order: OrderView,
  say: CreditSpeaker,
  w: Words['texts'],
  name: string,
): Partial<ActPage> {
  const { worked, reserved, state } = order;
  const due = Math.min(worked?.amount ?? reserved, reserved);
  const extra = reserved > 0 ? (worked?.extra ?? 0) : 0;
  const lead = [fill(state === 'delivered' ? w.confirmLead : w.confirmLeadEarly, { name })];
  if (worked?.minutes)
    lead.push(fill(w.confirmLeadHours, { name, length: lengthText(worked.minutes, say) }));
  const costs = reserved > 0 ? [fill(w.confirmPays, { amount: say.money(due) })] : [w.confirmFree];
  if (due < reserved) costs.push(fill(w.confirmRest, { amount: say.money(reserved - due) }));
  return {
    ...{ heading: w.confirmTitle, lead, costs },
    send: reserved > 0 ? w.confirmSend : w.confirmSendFree,
    extra:
      extra > 0
        ? {
            title: w.extraTitle,
            text: fill(w.extraText, { amount: say.money(extra) }),
            no: fill(w.extraNoText, { amount: say.money(due) }),
            yes: fill(w.extraYesText, { amount: say.money(due + extra) }),
          }
        : null,
  };
}

function cancelPage(
  order: OrderView,
  say: CreditSpeaker,
  w: Words['texts'],
  name: string,
): Partial<ActPage> {
  const { cancelRule, reserved, steps, side } = order;
  const isLate = steps.includes('cancel-late');
  const until = cancelRule ? untilText(cancelRule.freeUntil, say).text : '';
  const costs = cancelRule?.costs ?? 0;
  if (isLate && cancelRule) {
    const money = say.money(costs);
    return {
      ...{ heading: w.cancelTitle, danger: true, costsSomething: true },
      costs: [
        fill(w.cancelCosts, { until, costs: money, name }),
        ...(reserved > costs
          ? [fill(w.cancelCostsRest, { amount: say.money(reserved - costs) })]
          : []),
      ],
      send: fill(w.cancelSendCosts, { costs: money }),
    };
  }
  return {
    ...{ heading: w.cancelTitle, danger: true, send: w.cancelSend },
    costs: [
      w.cancelFree,
      ...(reserved > 0 && side === 'receiver'
        ? [fill(w.cancelFreeRest, { amount: say.money(reserved) })]
        : []),
      ...(until && side === 'receiver' ? [fill(w.cancelFreeUntil, { until })] : []),
    ],
  };
}

/** What one can say beside the free times: as it was proposed, another moment, or none yet. */
export function otherTimes(
  { terms, side }: OrderView,
  say: CreditSpeaker,
  w: PageTexts['times'],
): OtherChoice[] {
  const { startsAt } = terms;
  const same =
    startsAt === null
      ? []
      : [{ value: startsAt, label: fill(w.asProposed, { when: momentText(startsAt, say).text }) }];
  // a helper's calendar is their own
  const own = side === 'helper' ? [{ value: OWN_TIME, label: w.own }] : [];
  return [...same, ...own, { value: NO_TIME, label: w.together }];
}
