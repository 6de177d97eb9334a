import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, noBody, none, wijkSlug } from './shared.ts';

/** Pages that a wijk can write itself; until it does, the first text of the house shows. */
export const OWN_PAGES = ['privacy', 'toegankelijkheid', 'over', 'huisregels'] as const;
export type OwnPage = (typeof OWN_PAGES)[number];
export const PAGE_BODY_MAX = 30_000;

const ofPage = z.strictObject({ wijk: wijkSlug, page: z.enum(OWN_PAGES) });
const body = z.string().trim().min(1).max(PAGE_BODY_MAX, { abort: true });
/** the version that the editor started from; 0 is the first text */
const basedOn = z.number().int().min(0);

export const readOwnPage = defineContract({
  id: 'readOwnPage',
  tag: 'questions',
  summary: 'A page of the wijk itself as it shows, with its blanks filled in',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/pages/:page',
  params: ofPage,
  query: none,
  body: noBody,
  reply: z.object({ body: z.string(), version: z.number().int(), at: instant.nullable() }),
  problems: ['not-found'],
});

export const editOwnPage = defineContract({
  id: 'editOwnPage',
  tag: 'admin',
  summary: 'The text as it was written, with the versions before it',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/admin/pages/:page',
  params: ofPage,
  query: z.strictObject({
    /** an older version to look at; the newest when left out */
    version: z.coerce.number().int().min(0).optional(),
  }),
  body: noBody,
  reply: z.object({
    body: z.string(),
    /** the version of `body` */
    version: z.number().int(),
    /** the newest version, which a change has to name */
    newest: z.number().int(),
    /** newest first; version 0, the first text, has nobody and no moment */
    versions: z.array(
      z.object({ version: z.number().int(), at: instant.nullable(), by: z.string().nullable() }),
    ),
    /** what the blanks stand for; null: nobody filled it in yet */
    blanks: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
  }),
  problems: ['not-found'],
});

export const changeOwnPage = defineContract({
  id: 'changeOwnPage',
  tag: 'admin',
  summary: 'Write a new version; refused when somebody else wrote one meanwhile',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/admin/pages/:page',
  params: ofPage,
  query: none,
  body: z.strictObject({ body, basedOn }),
  reply: z.object({ version: z.number().int() }),
  problems: ['not-found', 'conflict', 'invalid'],
});

export const restoreOwnPage = defineContract({
  id: 'restoreOwnPage',
  tag: 'admin',
  summary: 'Show an older version again, as a new version of its own',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/admin/pages/:page/restored',
  params: ofPage,
  query: none,
  body: z.strictObject({ version: z.number().int().min(0), basedOn }),
  reply: z.object({ version: z.number().int() }),
  problems: ['not-found', 'conflict'],
});
