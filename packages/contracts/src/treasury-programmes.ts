import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, noReply, themeView, uuid, wijkSlug } from './shared.ts';
import { settlementView } from './treasury-settlements.ts';
import {
  calendarDate,
  givenAmount,
  givenReason,
  ofProgramme,
  proposed,
  supplyKind,
} from './treasury-shared.ts';
import { minorUnits } from './wallet.ts';

const terms = {
  name: z.string().trim().min(1).max(80, { abort: true }),
  about: z.string().trim().max(1000, { abort: true }),
  /** where its credits come from, and what is left at the end goes back to */
  source: z.enum(['fund', 'issuance']),
  kinds: z.array(supplyKind).max(10, { abort: true }),
  themes: z.array(wijkSlug).max(40, { abort: true }),
  perParticipant: givenAmount,
  startsOn: calendarDate,
  endsOn: calendarDate,
};

const programmeRow = z.object({
  id: z.string(),
  name: z.string(),
  phase: z.enum(['coming', 'running', 'ended', 'closed']),
  startsOn: z.string(),
  endsOn: z.string(),
  perParticipant: minorUnits,
  participants: z.number().int(),
  /** on its own account, not given to anybody */
  balance: minorUnits,
  /** in budgets of participants */
  withParticipants: minorUnits,
});
export type ProgrammeRow = z.output<typeof programmeRow>;

export const listProgrammes = defineContract({
  id: 'listProgrammes',
  tag: 'wallet',
  summary: 'Programmes of the wijk with where they stand',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/programmes',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({ items: z.array(programmeRow) }),
});

export const createProgramme = defineContract({
  id: 'createProgramme',
  tag: 'wallet',
  summary: 'Make a programme; its account is opened and still empty',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/treasury/programmes',
  params: inWijk,
  query: none,
  body: z.strictObject(terms),
  reply: z.object({ id: z.string() }),
  status: 201,
  problems: ['invalid', 'conflict'],
  idempotent: true,
});

export const readProgramme = defineContract({
  id: 'readProgramme',
  tag: 'wallet',
  summary: 'One programme: participants, suppliers, what is to settle and what was',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/programmes/:programme',
  params: ofProgramme,
  query: none,
  body: noBody,
  reply: programmeRow.extend({
    about: z.string(),
    source: z.enum(['fund', 'issuance']),
    kinds: z.array(z.string()),
    themes: z.array(themeView),
    /** what there is to fill it from; null where that has no end */
    sourceBalance: minorUnits.nullable(),
    lots: z.array(
      z.object({
        account: z.string(),
        name: z.string(),
        granted: minorUnits,
        left: minorUnits,
        expiresAt: instant,
        returned: z.boolean(),
      }),
    ),
    suppliers: z.array(
      z.object({
        account: z.string(),
        name: z.string(),
        kind: z.string(),
        theme: z.string(),
        since: instant,
        ended: z.boolean(),
      }),
    ),
    unsettled: z.array(
      z.object({
        account: z.string(),
        name: z.string(),
        payments: z.number().int(),
        amount: minorUnits,
        retired: minorUnits,
        firstAt: instant,
      }),
    ),
    settlements: z.array(settlementView),
    /** accounts of organisations that could take part */
    candidates: z.array(z.object({ account: z.string(), name: z.string() })),
  }),
  problems: ['not-found'],
});

export const fundProgramme = defineContract({
  id: 'fundProgramme',
  tag: 'wallet',
  summary: 'Fill the account of a programme from its source; a large amount takes two people',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/treasury/programmes/:programme/funds',
  params: ofProgramme,
  query: none,
  body: z.strictObject({ amount: givenAmount, reason: givenReason }),
  reply: proposed,
  status: 201,
  problems: ['not-found', 'invalid', 'conflict'],
  idempotent: true,
});

const ofSupplier = ofProgramme.extend({ account: uuid });

export const addSupplier = defineContract({
  id: 'addSupplier',
  tag: 'wallet',
  summary: 'Let an organisation take part, with what it offers; again changes nothing',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/treasury/programmes/:programme/suppliers/:account',
  params: ofSupplier,
  query: none,
  body: z.strictObject({ kind: supplyKind, theme: wijkSlug }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'invalid', 'conflict'],
});

export const endSupplier = defineContract({
  id: 'endSupplier',
  tag: 'wallet',
  summary: 'End the part of an organisation; what it earned can still be settled',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/treasury/programmes/:programme/suppliers/:account',
  params: ofSupplier,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found'],
});
