import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, noReply, uuid } from './shared.ts';

/** That a member lives in the wijk, confirmed by hand (I2): who does may go below zero. */

const ofMember = inWijk.extend({ member: uuid });

export const readResidency = defineContract({
  id: 'readResidency',
  tag: 'wallet',
  summary: 'Whether the wijk confirmed that a member lives there, and who did',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/residency/:member',
  params: ofMember,
  query: none,
  body: noBody,
  reply: z.object({
    confirmed: z.boolean(),
    /** nobody confirms it for themselves */
    mayChange: z.boolean(),
    /** how far below zero it lets them go, in minor units, and how the wijk calls its credits */
    credit: z.number().int(),
    unit: z.string(),
    log: z.array(
      z.object({
        confirmedAt: instant,
        confirmedBy: z.string().nullable(),
        revokedAt: instant.nullable(),
        revokedBy: z.string().nullable(),
      }),
    ),
  }),
  problems: ['not-found'],
});

export const confirmResidency = defineContract({
  id: 'confirmResidency',
  tag: 'wallet',
  summary: 'Confirm that a member lives in the wijk; their credit counts at once',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/residency/:member',
  params: ofMember,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden'],
});

export const revokeResidency = defineContract({
  id: 'revokeResidency',
  tag: 'wallet',
  summary: 'Take that back; who is below zero can only receive until it is made good',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/residency/:member',
  params: ofMember,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden'],
});
