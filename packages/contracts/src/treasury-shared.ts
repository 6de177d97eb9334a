import { AMOUNT_MAX, SUPPLY_KINDS } from '@wijk/domain/wallet';
import { z } from 'zod';
import { inWijk, uuid } from './shared.ts';
import { minorUnits } from './wallet.ts';

/** An amount that somebody types: above zero. */
export const givenAmount = z.number().int().min(1).max(AMOUNT_MAX);
/** Why something was done: for whoever looks at it later. */
export const givenReason = z.string().trim().min(3).max(500, { abort: true });
/** A date of the calendar in the wijk. */
export const calendarDate = z
  .string()
  .max(10, { abort: true })
  .refine(
    (text) => {
      const at = Date.parse(`${text}T00:00:00Z`);
      return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) && text.length === 10;
    },
    { params: { code: 'not-a-date' } },
  );
export const supplyKind = z.enum(SUPPLY_KINDS);

export const ofProgramme = inWijk.extend({ programme: uuid });
export const ofAccount = inWijk.extend({ account: uuid });
export const ofProposal = inWijk.extend({ proposal: uuid });

/** What came of a proposal: done at once, or waiting for a second pair of eyes. */
export const proposed = z.object({ id: z.string(), done: z.boolean() });

export const givenYear = z.coerce.number().int().min(2020).max(2999);
/** What came in and went out in a year, by what it was for. */
export const turnover = z.object({
  code: z.string(),
  reversal: z.boolean(),
  into: minorUnits,
  out: minorUnits,
  count: z.number().int(),
});
export type Turnover = z.output<typeof turnover>;
