/** What somebody asked for when they paid: the same press has the same. */
export interface PaymentIntent {
  payer: string;
  payee: string;
  amount: number;
  way: string;
  /** the request, the schedule or the organisation's operator that it is for */
  requestId: string | null;
  scheduleId: string | null;
  /** the payment of which it gives something back */
  returnsId: string | null;
  madeBy: string | null;
  /** a keyed hash of what was written with it, so that the book holds no trace of words; null: nothing */
  memo: string | null;
}

/** One text of all of it, the same for the same intent and another one for any other. */
export function intentOf(intent: PaymentIntent): string {
  const { payer, payee, amount, way, requestId, scheduleId, returnsId, madeBy, memo } = intent;
  const parts = [payer, payee, amount, way, requestId, scheduleId, madeBy, memo];
  // at the end, and only there where it is: presses of before have the text that they had
  return JSON.stringify(returnsId === null ? parts : [...parts, returnsId]);
}
