import {
  AMOUNT_MAX,
  OPERATOR_ROLES,
  ORGANISATION_ABOUT_MAX,
  ORGANISATION_NAME_MAX,
} from '@wijk/domain/wallet';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { email, instant, inWijk, noBody, none, noReply, uuid } from './shared.ts';

/** Organisations of the wijk and who acts for them (the small core of I4). Amounts are minor units. */

const name = z.string().trim().min(1).max(ORGANISATION_NAME_MAX, { abort: true });
const about = z.string().trim().max(ORGANISATION_ABOUT_MAX, { abort: true }).default('');
/** What somebody may pay for it in a day; null: no limit of their own. */
const dailyLimit = z.number().int().min(0).max(AMOUNT_MAX).nullable();
const role = z.enum(OPERATOR_ROLES);

const ofOrganisation = inWijk.extend({ organisation: uuid });
const ofOperator = ofOrganisation.extend({ member: uuid });

const organisationFacts = z.object({
  id: z.string(),
  name: z.string(),
  about: z.string(),
  createdAt: instant,
  /** nothing more comes in from then on */
  closedAt: instant.nullable(),
});

export const listOrganisations = defineContract({
  id: 'listOrganisations',
  tag: 'wallet',
  summary: 'Organisations of the wijk by name, with who manages them',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/organisations',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    items: z.array(
      organisationFacts.extend({
        managers: z.array(z.string()),
        operators: z.number().int(),
      }),
    ),
  }),
});

export const createOrganisation = defineContract({
  id: 'createOrganisation',
  tag: 'wallet',
  summary: 'Make an organisation with its first manager; the same key makes one',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/organisations',
  params: inWijk,
  query: none,
  body: z.strictObject({
    name,
    about,
    /** the address of a member */
    manager: email,
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
  problems: ['invalid', 'conflict'],
  idempotent: true,
});

export const operatorView = z.object({
  member: z.string(),
  name: z.string(),
  /** it is the one who asks */
  self: z.boolean(),
  role,
  dailyLimit: z.number().int().nullable(),
  /** paid by them for it today */
  spentToday: z.number().int(),
  since: instant,
});
export type OperatorView = z.output<typeof operatorView>;

export const readOrganisation = defineContract({
  id: 'readOrganisation',
  tag: 'wallet',
  summary:
    'One organisation: for who manages it all who act for it, for others who act for it themselves alone',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/organisations/:organisation',
  params: ofOrganisation,
  query: none,
  body: noBody,
  reply: organisationFacts.extend({
    /** the reader's own role in it; null: they look as an officer of the wijk */
    role: role.nullable(),
    /** the reader gives and takes the right to act */
    mayManage: z.boolean(),
    /** the reader changes the name, and ends or opens it */
    mayChange: z.boolean(),
    unit: z.string(),
    operators: z.array(operatorView),
  }),
  problems: ['not-found'],
});

export const changeOrganisation = defineContract({
  id: 'changeOrganisation',
  tag: 'wallet',
  summary: 'Another name or description, or its end: a closed one receives nothing more',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/organisations/:organisation',
  params: ofOrganisation,
  query: none,
  body: z.strictObject({ name, about, closed: z.boolean() }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'invalid', 'conflict'],
});

export const addOperator = defineContract({
  id: 'addOperator',
  tag: 'wallet',
  summary: 'Let a member act for the organisation, who was found by name',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/organisations/:organisation/operators',
  params: ofOrganisation,
  query: none,
  body: z.strictObject({
    /** as `findPayees` tells it: an address of somebody would tell whether they are a member */
    member: uuid,
    role,
    dailyLimit,
  }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden', 'invalid', 'conflict'],
});

export const changeOperator = defineContract({
  id: 'changeOperator',
  tag: 'wallet',
  summary: 'Another role or limit of a day; it counts at once',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/organisations/:organisation/operators/:member',
  params: ofOperator,
  query: none,
  body: z.strictObject({ role, dailyLimit }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden', 'invalid', 'conflict'],
});

export const removeOperator = defineContract({
  id: 'removeOperator',
  tag: 'wallet',
  summary: 'Take the right to act away; it counts at once. Everybody may stop by themselves',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/organisations/:organisation/operators/:member',
  params: ofOperator,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden', 'conflict'],
});
