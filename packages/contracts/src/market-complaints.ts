import {
  COMPLAINT_ACTORS,
  COMPLAINT_OUTCOMES,
  COMPLAINT_STATES,
  COMPLAINT_SUBJECTS,
  COMPLAINT_TEXT_MAX,
  COMPLAINT_VERDICTS,
  complaintSteps,
} from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { providerKey } from './market.ts';
import { listingOfOrder, orderField, orderParty } from './market-order-views.ts';
import { instant, inWijk, noBody, none, noReply, uuid, wijkSlug } from './shared.ts';

/*
 * Complaints (M8): read by their two sides, the market master, and whoever decides once it came that far. Everybody
 * else reads figures alone, and those from the third on.
 */

const { ref } = orderField;
const ofComplaint = z.strictObject({ wijk: wijkSlug, complaint: ref });
const text = z.string().trim().max(COMPLAINT_TEXT_MAX, { abort: true });
const state = z.enum(COMPLAINT_STATES);
const verdict = z.enum(COMPLAINT_VERDICTS);
const outcome = z.enum(COMPLAINT_OUTCOMES);
const subject = z.enum(COMPLAINT_SUBJECTS);
const actor = z.enum(COMPLAINT_ACTORS);
const step = z.enum(complaintSteps);

/** What a complaint is about: an order of mine, or somebody who helped me before. */
const target = z.union([z.strictObject({ order: ref }), z.strictObject({ provider: providerKey })]);

export const complaintLine = z.object({
  ref,
  /** as what the reader reads it */
  as: actor,
  about: orderParty,
  complainant: orderParty,
  subject,
  state,
  outcome: outcome.nullable(),
  /** whose turn it is */
  turn: actor.nullable(),
  /** it is the reader's */
  waits: z.boolean(),
  dueAt: instant.nullable(),
  /** working days, below zero when it is late */
  daysLeft: z.number().int().nullable(),
  late: z.boolean(),
  lodgedAt: instant,
});
export type ComplaintLine = z.output<typeof complaintLine>;

export const complaintView = complaintLine.extend({
  version: z.number().int(),
  order: z.object({ ref, listing: listingOfOrder }).nullable(),
  body: z.string(),
  wish: z.string(),
  verdict: verdict.nullable(),
  extended: z.boolean(),
  /** whose board decides in the end: a person whom the organisation named, or the foundation behind the wijk */
  decider: z.object({ name: z.string().nullable(), foundation: z.boolean() }),
  steps: z.array(
    z.object({ step, note: z.enum(['required', 'optional', 'none']), verdict: z.boolean() }),
  ),
  timeline: z.array(
    z.object({
      nr: z.number().int(),
      step: z.enum(['lodge', ...complaintSteps]),
      actor,
      name: z.string().nullable(),
      verdict: verdict.nullable(),
      note: z.string(),
      dueAt: instant.nullable(),
      at: instant,
    }),
  ),
});
export type ComplaintView = z.output<typeof complaintView>;

const OF_ALL = '/api/v1/wijken/:wijk/market/complaints';

export const readComplaintOpening = defineContract({
  id: 'readComplaintOpening',
  tag: 'market',
  summary:
    'Whom I would complain of, by an order of mine or by who helped me, and how long it takes',
  method: 'GET',
  path: `${OF_ALL}/opening`,
  params: inWijk,
  query: z.strictObject({ order: ref.optional(), provider: providerKey.optional() }),
  body: noBody,
  reply: z.object({
    about: orderParty,
    order: z.object({ ref, listing: listingOfOrder }).nullable(),
    /** one of mine that is not over yet: that goes first */
    open: ref.nullable(),
    /** by when the provider acknowledges and answers, if it is lodged now */
    acknowledgedBy: instant,
    answeredBy: instant,
  }),
  problems: ['invalid', 'not-found', 'forbidden'],
});

/** The answer to a press: the same for the same press. */
const stepped = z.object({ ref, nr: z.number().int(), state });

export const lodgeComplaint = defineContract({
  id: 'lodgeComplaint',
  tag: 'market',
  summary: 'Complain of the other side of an order, or of who helped me; the same key does so once',
  method: 'POST',
  path: OF_ALL,
  params: inWijk,
  query: none,
  body: z.strictObject({ target, subject, body: text.min(1), wish: text.default('') }),
  reply: stepped,
  status: 201,
  problems: ['invalid', 'not-found', 'conflict', 'forbidden'],
  idempotent: true,
});

export const listComplaints = defineContract({
  id: 'listComplaints',
  tag: 'market',
  summary: 'Complaints of mine, about me and for me to decide: what waits for me first',
  method: 'GET',
  path: OF_ALL,
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({ items: z.array(complaintLine) }),
});

export const readComplaint = defineContract({
  id: 'readComplaint',
  tag: 'market',
  summary: 'One complaint: where it stands, what happens next and when, and what I can do now',
  method: 'GET',
  path: `${OF_ALL}/:complaint`,
  params: ofComplaint,
  query: none,
  body: noBody,
  reply: complaintView,
  problems: ['not-found', 'forbidden'],
});

export const stepComplaint = defineContract({
  id: 'stepComplaint',
  tag: 'market',
  summary: 'Take a step of a complaint; the same key does so once',
  method: 'POST',
  path: `${OF_ALL}/:complaint/steps`,
  params: ofComplaint,
  query: none,
  body: z.strictObject({
    step,
    /** the complaint as it was looked at: another step meanwhile is refused, with what happened */
    version: z.number().int().min(0),
    note: text.default(''),
    verdict: verdict.nullable().default(null),
  }),
  reply: stepped,
  problems: ['invalid', 'not-found', 'conflict', 'forbidden'],
  idempotent: true,
});

export const listMasterComplaints = defineContract({
  id: 'listMasterComplaints',
  tag: 'market',
  summary: 'All complaints that are not over, the one with the least time left first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/master/complaints',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({ items: z.array(complaintLine) }),
});

export const readProviderComplaints = defineContract({
  id: 'readProviderComplaints',
  tag: 'market',
  summary: 'How complaints of a provider ended, as figures, from the third on',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/providers/:provider/complaints',
  params: z.strictObject({ wijk: wijkSlug, provider: providerKey }),
  query: none,
  body: noBody,
  reply: z.object({
    /** null below three */
    figures: z
      .object({
        count: z.number().int(),
        upheld: z.number().int(),
        partly: z.number().int(),
        notUpheld: z.number().int(),
        withdrawn: z.number().int(),
        inTime: z.number().int(),
      })
      .nullable(),
  }),
});

const ofOrganisation = z.strictObject({ wijk: wijkSlug, organisation: uuid });
const BOARD = '/api/v1/wijken/:wijk/market/organisations/:organisation/board';

export const readComplaintBoard = defineContract({
  id: 'readComplaintBoard',
  tag: 'market',
  summary: 'Who decides about complaints of an organisation in the end',
  method: 'GET',
  path: BOARD,
  params: ofOrganisation,
  query: none,
  body: noBody,
  reply: z.object({
    organisation: z.string(),
    /** null: nobody is named, and the foundation behind the wijk decides */
    member: z.object({ id: z.string(), name: z.string() }).nullable(),
  }),
  problems: ['not-found'],
});

export const nameComplaintBoard = defineContract({
  id: 'nameComplaintBoard',
  tag: 'market',
  summary: 'Name who decides about complaints of an organisation in the end, or nobody',
  method: 'PUT',
  path: BOARD,
  params: ofOrganisation,
  query: none,
  body: z.strictObject({ member: uuid.nullable() }),
  reply: noReply,
  status: 204,
  problems: ['invalid', 'not-found'],
});
