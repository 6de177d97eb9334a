import type { BodyOf } from '@wijk/contracts/define';
import type { requestOrder } from '@wijk/contracts/market-orders';
import { SERIES_EVERY } from '@wijk/domain/market';
import type { ORDER_ACTS, OrderAct } from '#lib/orders/paths.ts';
import {
  amountTyped,
  minutesTyped,
  momentTyped,
  type StepBody,
  type Typed,
} from './order-forms.ts';

type Repeat = BodyOf<typeof requestOrder>['repeat'];
type Act = (typeof ORDER_ACTS)[OrderAct];

/** What a form says, as a step of the API, with every fault that the page itself sees. */
export function bodyOfAct(
  act: Act,
  values: Record<string, string>,
  timeZone: string,
): Typed<StepBody> {
  const version = Number(values.version) || 0;
  const note = values.note ?? '';
  const words = { version, note };
  const right = (value: StepBody): Typed<StepBody> => ({ value, errors: [] });
  switch (act) {
    case 'counter':
      return counterOf(values, words, timeZone);
    case 'deliver':
      return right({ step: act, ...words, workedMinutes: minutesTyped(values.minutes) });
    case 'confirm':
      return right({ step: act, ...words, withExtra: values.extra === 'ja' });
    case 'cancel':
      // the page said what it costs, and whoever presses read it
      return right({ step: values.costs === 'ja' ? 'cancel-late' : 'cancel', ...words });
    case 'refund': {
      const { value, errors } = amountTyped('amount', values.amount);
      return { value: { step: act, ...words, amount: value ?? 0 }, errors };
    }
    default:
      return right({ step: act, ...words });
  }
}

/** The terms of a proposal as they were typed. */
export function proposalOf(values: Record<string, string>, timeZone: string) {
  const rate = amountTyped('rate', values.rate);
  const materials = amountTyped('materials', values.materials);
  const moment = momentTyped(values, timeZone);
  return {
    value: {
      rate: rate.value ?? 0,
      minutes: minutesTyped(values.minutes),
      places: Number(values.places) || 1,
      materials: materials.value,
      startsAt: moment.value,
    },
    errors: [...rate.errors, ...moment.errors, ...materials.errors],
  };
}

/** How often it comes back, as it was chosen; null: once. What is missing or too much the API tells. */
export function repeatOf(values: Record<string, string>): Repeat {
  const every = SERIES_EVERY.find((one) => one === values.every);
  if (!every) return null;
  const times = values.times?.trim() ? Number(values.times) : null;
  return {
    every,
    times: Number.isInteger(times) ? times : times === null ? null : 0,
    until: values.until || null,
  };
}

function counterOf(
  values: Record<string, string>,
  words: { version: number; note: string },
  timeZone: string,
): Typed<StepBody> {
  const { value, errors } = proposalOf(values, timeZone);
  return { value: { step: 'counter', ...words, ...value }, errors };
}
