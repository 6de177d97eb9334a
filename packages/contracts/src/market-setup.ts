import { type MarketPolicy, POLICY_BOUNDS, POLICY_SWITCHES } from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { marketSlug } from './market.ts';
import { criterion } from './market-curation.ts';
import { criteriaSubject } from './market-vetting.ts';
import { instant, inWijk, noBody, none, wijkSlug } from './shared.ts';

/* How the people of a wijk set up its market: rules, themes, areas and criteria, each change with who made it. */

const numbers = Object.fromEntries(
  Object.keys(POLICY_BOUNDS).map((name) => [name, z.number().int()]),
);
const switches = Object.fromEntries(POLICY_SWITCHES.map((name) => [name, z.boolean()]));
/** Every rule of the market; what is new in the domain is new here. */
export const marketPolicy = z.strictObject({ ...numbers, ...switches }) as unknown as z.ZodType<
  MarketPolicy,
  MarketPolicy
>;

const name = z.string().trim().max(200, { abort: true });

export const setupTheme = z.strictObject({
  /** null: a new one */
  slug: marketSlug.nullable(),
  name,
  health: z.boolean(),
  retired: z.boolean(),
});
export const setupArea = z.strictObject({
  slug: marketSlug.nullable(),
  name,
  /** of its middle, in degrees; null: it could not be read */
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  retired: z.boolean(),
});

const change = z.object({
  id: z.string(),
  kind: z.enum(['policy', 'themes', 'areas', 'apps-criteria', 'providers-criteria', 'terms']),
  by: z.string(),
  at: instant,
  /** names of what changed: fields of the rules, or names of themes, areas and criteria */
  changed: z.array(
    z.object({ what: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
});

const setup = z.object({
  policyVersion: z.number().int(),
  policy: marketPolicy,
  themes: z.array(setupTheme.extend({ slug: z.string() })),
  areas: z.array(setupArea.extend({ slug: z.string() })),
  changes: z.array(change),
});

export const readMarketSetup = defineContract({
  id: 'readMarketSetup',
  tag: 'market',
  summary: 'How the market is set up, and who changed what when',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/setup',
  params: inWijk,
  query: none,
  body: noBody,
  reply: setup,
});

export const changeMarketPolicy = defineContract({
  id: 'changeMarketPolicy',
  tag: 'market',
  summary: 'Give the market other rules; what runs keeps those that it began with',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/setup/policy',
  params: inWijk,
  query: none,
  body: z.strictObject({ basedOn: z.number().int().min(0), policy: marketPolicy }),
  reply: z.object({ version: z.number().int() }),
  problems: ['conflict', 'invalid'],
});

export const changeMarketThemes = defineContract({
  id: 'changeMarketThemes',
  tag: 'market',
  summary: 'Give the market its themes, in their order; none that was used is lost',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/setup/themes',
  params: inWijk,
  query: none,
  body: z.strictObject({ themes: z.array(setupTheme).max(100) }),
  reply: z.object({ themes: z.number().int() }),
  problems: ['invalid'],
});

export const changeAreas = defineContract({
  id: 'changeAreas',
  tag: 'market',
  summary: 'Give the market its areas with their middles, from which distances are told in bands',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/setup/areas',
  params: inWijk,
  query: none,
  body: z.strictObject({ areas: z.array(setupArea).max(60) }),
  reply: z.object({ areas: z.number().int() }),
  problems: ['invalid'],
});

const ofCriteria = z.strictObject({ wijk: wijkSlug, subject: criteriaSubject });

export const readCriteriaVersions = defineContract({
  id: 'readCriteriaVersions',
  tag: 'market',
  summary: 'By what apps or providers are judged: every version, newest first, and who adopted it',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/criteria/:subject',
  params: ofCriteria,
  query: none,
  body: noBody,
  reply: z.object({
    versions: z.array(
      z.object({
        version: z.string(),
        criteria: z.array(criterion),
        /** null: what every wijk starts with, and nothing was judged by it yet */
        adoptedAt: instant.nullable(),
        by: z.string().nullable(),
      }),
    ),
  }),
});

export const adoptCriteria = defineContract({
  id: 'adoptCriteria',
  tag: 'market',
  summary: 'Adopt another version of the criteria; what was judged stays as it was judged',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/market/criteria/:subject',
  params: ofCriteria,
  query: none,
  body: z.strictObject({
    /** the version that was looked at */
    basedOn: z.string().max(20, { abort: true }),
    criteria: z
      .array(
        z.strictObject({
          /** null: a new one */
          key: marketSlug.nullable(),
          name: z.string().trim().max(500, { abort: true }),
          question: z.string().trim().max(2000, { abort: true }),
        }),
      )
      .max(30),
  }),
  reply: z.object({ version: z.string() }),
  problems: ['conflict', 'invalid'],
});
