import { CAPACITIES } from '@wijk/domain/vraagbaak';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, page, themeView } from './shared.ts';

/** Of one file of a sitemap; the protocol allows 50,000, smaller files are read sooner. */
export const SITEMAP_PART = 5_000;
/** Questions in a feed. */
export const FEED_ENTRIES = 50;

/** Questions that search engines may have, oldest first, so that a part stays the same. */
export const listOpenQuestions = defineContract({
  id: 'listOpenQuestions',
  tag: 'questions',
  summary: 'Addresses of the questions that are open to readers',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/open-questions',
  params: inWijk,
  query: z.strictObject({ cursor: page.shape.cursor }),
  body: noBody,
  reply: z.object({
    items: z.array(z.object({ ref: z.string(), slug: z.string(), updatedAt: instant })),
  }),
  problems: ['not-found'],
});

export const listOpenParts = defineContract({
  id: 'listOpenParts',
  tag: 'questions',
  summary: 'Where the parts of that list begin',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/open-questions/parts',
  params: inWijk,
  query: none,
  body: noBody,
  /** cursors; null for the first part, which is always there */
  reply: z.object({ items: z.array(z.object({ cursor: z.string().nullable() })) }),
  problems: ['not-found'],
});

export const feedEntry = z.object({
  ref: z.string(),
  slug: z.string(),
  title: z.string(),
  body: z.string(),
  theme: themeView,
  /** null: readers see "een buurtgenoot" */
  askedBy: z.string().nullable(),
  askedAt: instant,
  /** of the question or of anything under it */
  updatedAt: instant,
  answers: z.array(
    z.object({
      id: z.string(),
      body: z.string(),
      format: z.enum(['text', 'markup']),
      author: z.object({
        name: z.string(),
        title: z.string().nullable(),
        capacity: z.enum(CAPACITIES),
      }),
      at: instant,
    }),
  ),
});
export type FeedEntry = z.output<typeof feedEntry>;

export const readFeed = defineContract({
  id: 'readFeed',
  tag: 'questions',
  summary: 'The newest questions that are open to readers, with their answers',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/feed',
  params: inWijk,
  query: z.strictObject({
    theme: z
      .string()
      .max(40, { abort: true })
      .regex(/^[a-z0-9-]+$/)
      .optional(),
  }),
  body: noBody,
  reply: z.object({ theme: themeView.nullable(), items: z.array(feedEntry) }),
  problems: ['not-found'],
});

export const listOpenWijken = defineContract({
  id: 'listOpenWijken',
  tag: 'questions',
  summary: 'The wijken of this installation that are open, with the address of their site',
  method: 'GET',
  path: '/api/v1/open-wijken',
  params: none,
  query: none,
  body: noBody,
  reply: z.object({ items: z.array(z.object({ slug: z.string(), site: z.string() })) }),
});
