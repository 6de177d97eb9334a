import { z } from 'zod';
import { defineContract } from './define.ts';
import { noBody, none, uuid } from './shared.ts';
import { ofProgramme } from './treasury-shared.ts';
import { minorUnits } from './wallet.ts';
import { PAYEE_SEARCH_MIN } from './wallet-pay.ts';

/** Who takes part in a programme: by a list, or chosen by name (W5). */

/** Why a member gets no budget: they have one, or their account is frozen. */
const REFUSED_PARTICIPANTS = ['has-budget', 'frozen'] as const;

export const participantsReport = z.object({
  dryRun: z.boolean(),
  /** budgets given, or that would be */
  granted: z.number().int(),
  amount: minorUnits,
  /** had one already */
  known: z.number().int(),
  refusedCount: z.number().int(),
  refused: z.array(
    z.object({
      line: z.number().int(),
      code: z.enum(['not-an-email', 'twice', 'unknown-member', 'frozen', 'no-amount']),
      text: z.string(),
    }),
  ),
});
export type ParticipantsReport = z.output<typeof participantsReport>;
export const PARTICIPANTS_TEXT_MAX = 100_000;

export const importParticipants = defineContract({
  id: 'importParticipants',
  tag: 'wallet',
  summary: 'Give members of a file their budgets, all or none; the same file again gives nothing',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/treasury/programmes/:programme/participants',
  params: ofProgramme,
  query: none,
  body: z.strictObject({
    text: z.string().min(1).max(PARTICIPANTS_TEXT_MAX, { abort: true }),
    /** only say what would happen */
    dryRun: z.boolean(),
  }),
  reply: participantsReport,
  problems: ['not-found', 'invalid', 'conflict'],
});

export const findParticipants = defineContract({
  id: 'findParticipants',
  tag: 'wallet',
  summary:
    'Members by the beginning of a name, with whether they could get a budget of the programme',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/treasury/programmes/:programme/members',
  params: ofProgramme,
  query: z.strictObject({
    q: z.string().trim().min(PAYEE_SEARCH_MIN).max(80, { abort: true }),
  }),
  body: noBody,
  reply: z.object({
    items: z.array(
      z.object({
        member: z.string(),
        name: z.string(),
        title: z.string().nullable(),
        /** null: they could get one */
        refused: z.enum(REFUSED_PARTICIPANTS).nullable(),
      }),
    ),
    /** there are others of that name */
    more: z.boolean(),
  }),
  problems: ['not-found', 'invalid', 'too-many'],
});

/** Chosen at once, at most. */
export const PARTICIPANTS_MAX = 200;

export const grantBudgets = defineContract({
  id: 'grantBudgets',
  tag: 'wallet',
  summary:
    'Give chosen members their budgets; who cannot get one is named and leaves the others alone',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/treasury/programmes/:programme/grants',
  params: ofProgramme,
  query: none,
  body: z.strictObject({ members: z.array(uuid).min(1).max(PARTICIPANTS_MAX, { abort: true }) }),
  reply: z.object({
    granted: z.number().int(),
    /** of all new budgets together */
    amount: minorUnits,
    refused: z.array(
      z.object({ member: z.string(), name: z.string(), code: z.enum(REFUSED_PARTICIPANTS) }),
    ),
  }),
  problems: ['not-found', 'invalid', 'conflict'],
});
