import type { BodyOf } from '@wijk/contracts/define';
import type { OrderView, stepOrderAsMaster } from '@wijk/contracts/market-orders';
import { amountText, type PageTexts } from '@wijk/i18n';
import { fill } from '#lib/text.ts';
import { amountTyped, type Typed } from './order-forms.ts';
import { type OrderWords, partyText } from './orders.ts';
import type { CreditSpeaker } from './wallet.ts';

type Words = PageTexts['marketMaster'];
type MasterBody = BodyOf<typeof stepOrderAsMaster>;
type MasterStep = keyof Words['steps'];

/** What needs words of its own to be proposed, and is for the two sides themselves. */
const STEPS = [
  'accept',
  'decline',
  'withdraw',
  'deliver',
  'confirm',
  'cancel',
  'dispute',
  'refund',
] as const;

/** Whose step it is, where that is plain. */
function forWhom({ awaiting }: OrderView, step: MasterStep): 'receiver' | 'helper' | null {
  if (step === 'deliver' || step === 'refund') return 'helper';
  if (step === 'confirm') return 'receiver';
  if (step === 'accept' || step === 'decline') return awaiting;
  if (step === 'withdraw') return awaiting === 'receiver' ? 'helper' : 'receiver';
  return null;
}

/** What the market master can do about an order of two others. */
export function masterView(order: OrderView, say: CreditSpeaker, w: Words, orders: OrderWords) {
  const { split, steps } = order;
  const names = {
    helper: partyText(order.helper, orders),
    receiver: partyText(order.receiver, orders),
  };
  return {
    split:
      split === null
        ? null
        : {
            lead:
              split.max === 0
                ? w.splitFree
                : fill(w.splitLead, { ...names, total: say.money(split.max) }),
            isFree: split.max === 0,
            label: fill(w.splitAmount, names),
            hint: fill(w.splitHint, { min: say.money(split.min), max: say.money(split.max) }),
            value: amountText(say.locale, split.max),
          },
    standIn: STEPS.filter((step) => steps.includes(step)).map((step) => {
      const side = forWhom(order, step);
      const of = side === null ? '' : `, ${side === 'receiver' ? w.asReceiver : w.asHelper}`;
      return { value: step as string, label: `${w.steps[step]}${of}` };
    }),
  };
}

/** What was pressed at the page of the market master. */
export function masterBody(
  form: 'split' | 'standIn',
  values: Record<string, string>,
  order: Pick<OrderView, 'refundable' | 'terms'>,
): Typed<MasterBody | null> {
  const words = { version: Number(values.version) || 0, note: values.note ?? '' };
  if (form === 'split') {
    const { value, errors } = amountTyped('amount', values.amount);
    return { value: { step: 'settle', ...words, amount: value ?? 0 }, errors };
  }
  const step = STEPS.find((one) => one === values.step);
  if (!step) return { value: null, errors: [] };
  if (step === 'refund') return { value: { step, ...words, amount: order.refundable }, errors: [] };
  // what was agreed is what they are taken to have worked
  if (step === 'deliver')
    return { value: { step, ...words, workedMinutes: order.terms.minutes }, errors: [] };
  if (step === 'confirm') return { value: { step, ...words, withExtra: false }, errors: [] };
  return { value: { step, ...words }, errors: [] };
}
