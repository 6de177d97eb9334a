import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, uuid } from './shared.ts';
import { calendarDate, ofProgramme } from './treasury-shared.ts';
import { minorUnits } from './wallet.ts';

export const settlementView = z.object({
  id: z.string(),
  account: z.string(),
  name: z.string(),
  firstDay: z.string(),
  lastDay: z.string(),
  payments: z.number().int(),
  amount: minorUnits,
  retired: minorUnits,
  madeAt: instant,
});
export type SettlementView = z.output<typeof settlementView>;

export const settleSupplier = defineContract({
  id: 'settleSupplier',
  tag: 'wallet',
  summary:
    'Count what a supplier earned up to a day, and retire those credits; each is counted once',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/treasury/programmes/:programme/settlements',
  params: ofProgramme,
  query: none,
  body: z.strictObject({ account: uuid, lastDay: calendarDate }),
  reply: settlementView,
  status: 201,
  problems: ['not-found', 'invalid', 'conflict'],
  idempotent: true,
});

export const readSettlement = defineContract({
  id: 'readSettlement',
  tag: 'wallet',
  summary: "A settlement by day: how many payments and how much, and nobody's name",
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/settlements/:settlement',
  params: inWijk.extend({ settlement: uuid }),
  query: none,
  body: noBody,
  reply: settlementView.extend({
    programme: z.object({ id: z.string(), name: z.string() }),
    days: z.array(z.object({ day: z.string(), payments: z.number().int(), amount: minorUnits })),
  }),
  problems: ['not-found'],
});
