import { z } from 'zod';
import { defineContract } from './define.ts';
import { ofOwnProvider } from './market-vetting.ts';
import { bytesReply, instant, inWijk, noBody, none } from './shared.ts';

/* The terms of cooperation that providers sign (M3). */

const version = z.number().int().min(1);

export const readTerms = defineContract({
  id: 'readTerms',
  tag: 'market',
  summary: 'The terms of cooperation that providers sign now',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/terms',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({ version, text: z.string(), publishedAt: instant.nullable() }),
});

export const signTerms = defineContract({
  id: 'signTerms',
  tag: 'market',
  summary: 'Sign the terms for a provider that I act for, by my name',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/providers/:provider/signature',
  params: ofOwnProvider,
  query: none,
  body: z.strictObject({
    /** that was read: another one meanwhile is refused */
    version,
    name: z.string().trim().max(200, { abort: true }),
    agreed: z.boolean(),
  }),
  reply: z.object({ version, hash: z.string(), at: instant }),
  problems: ['not-found', 'conflict', 'invalid'],
});

export const signedTermsPdf = defineContract({
  id: 'signedTermsPdf',
  tag: 'market',
  summary: 'What was signed last for a provider that I act for, as a tagged PDF',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/providers/:provider/signature/pdf',
  params: ofOwnProvider,
  query: none,
  body: noBody,
  reply: bytesReply,
  bytes: 'application/pdf',
  problems: ['not-found'],
});

export const listTermsVersions = defineContract({
  id: 'listTermsVersions',
  tag: 'market',
  summary: 'Every version of the terms, newest first, with how many signed it',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/terms/versions',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    versions: z.array(
      z.object({
        ...{ version, text: z.string(), hash: z.string(), publishedAt: instant, signBy: instant },
        /** null: what every wijk begins with */
        by: z.string().nullable(),
        signed: z.number().int(),
      }),
    ),
  }),
});

export const publishTerms = defineContract({
  id: 'publishTerms',
  tag: 'market',
  summary: 'Publish another version; whoever signed before is asked to sign it within the term',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/terms',
  params: inWijk,
  query: none,
  body: z.strictObject({
    /** the version that was looked at */
    basedOn: z.number().int().min(0),
    text: z.string().max(40_000, { abort: true }),
    signDays: z.number().int(),
  }),
  reply: z.object({ version, asked: z.number().int() }),
  problems: ['conflict', 'invalid'],
});
