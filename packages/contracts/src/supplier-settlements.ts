import { z } from 'zod';
import { defineContract } from './define.ts';
import { bytesReply, instant, inWijk, noBody, none, uuid } from './shared.ts';
import { settlementView } from './treasury-settlements.ts';
import { creditUnit, day, minorUnits } from './wallet.ts';

/** What an organisation earned of programmes, for who acts for it (W5). Never who paid. */

const ofOrganisation = inWijk.extend({ organisation: uuid });

export const suppliedProgramme = z.object({
  id: z.string(),
  name: z.string(),
  phase: z.enum(['coming', 'running', 'ended', 'closed']),
  startsOn: day,
  endsOn: day,
  /** it can be paid there now */
  takesPart: z.boolean(),
  /** what was paid and not settled yet; null: nothing */
  unsettled: z
    .object({
      payments: z.number().int(),
      amount: minorUnits,
      /** what a settlement would retire: the contribution to the wijk is left out */
      retired: minorUnits,
      firstAt: instant,
    })
    .nullable(),
  /** the newest first */
  settlements: z.array(settlementView.omit({ account: true, name: true })),
});
export type SuppliedProgramme = z.output<typeof suppliedProgramme>;

export const readSupplierSettlements = defineContract({
  id: 'readSupplierSettlements',
  tag: 'wallet',
  summary:
    "Settlements of an organisation by programme, and what is still to settle; nobody's name",
  method: 'GET',
  path: '/api/v1/wijken/:wijk/organisations/:organisation/settlements',
  params: ofOrganisation,
  query: none,
  body: noBody,
  reply: z.object({
    name: z.string(),
    unit: creditUnit,
    /** the one that ends last first */
    programmes: z.array(suppliedProgramme),
  }),
  problems: ['not-found'],
});

export const supplierSettlementsCsv = defineContract({
  id: 'supplierSettlementsCsv',
  tag: 'wallet',
  summary: 'The same as CSV',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/organisations/:organisation/settlements/csv',
  params: ofOrganisation,
  query: z.strictObject({ lang: z.enum(['nl', 'en']).default('nl') }),
  body: noBody,
  reply: bytesReply,
  bytes: 'text/csv',
  problems: ['not-found'],
});
