import { HOLIDAYS, PROMISE_MODES, PROMISE_STEP_KINDS } from '@wijk/domain/wijk';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { instant, inWijk, noBody, none, noReply, wijkSlug } from './shared.ts';

const line = z.string().max(300, { abort: true });
const time = z.string().max(10, { abort: true });
const openingHours = z.strictObject({ opens: time, closes: time });
const period = z.strictObject({ weekday: z.number().int(), opens: time, closes: time });
const exception = z.strictObject({
  date: z.string().max(10, { abort: true }),
  label: z.string().trim().max(80, { abort: true }),
  periods: z.array(openingHours).max(6, { abort: true }),
});
const calendar = z.strictObject({
  periods: z.array(period).max(42, { abort: true }),
  exceptions: z.array(exception).max(200, { abort: true }),
});
const step = z.strictObject({ kind: z.enum(PROMISE_STEP_KINDS), atPercent: z.number() });
const policyVersion = z.object({
  version: z.number().int(),
  mode: z.enum(PROMISE_MODES),
  termMinutes: z.number().int(),
  steps: z.array(z.object({ kind: z.string(), atPercent: z.number() })),
  validFrom: instant,
});
export type PromisePolicyVersion = z.output<typeof policyVersion>;

/** What is left to be done before a wijk can open. */
export const OPENING_NEEDS = ['theme', 'admin', 'calendar'] as const;

export const wijkSetup = z.object({
  slug: z.string(),
  name: z.string(),
  motto: z.string(),
  accent: z.string(),
  cbsCodes: z.array(z.string()),
  cbsYear: z.number().int().nullable(),
  timeZone: z.string(),
  openedAt: instant.nullable(),
  themes: z.array(z.object({ slug: z.string(), name: z.string(), retired: z.boolean() })),
  periods: z.array(z.object({ weekday: z.number().int(), opens: z.string(), closes: z.string() })),
  exceptions: z.array(
    z.object({
      date: z.string(),
      label: z.string(),
      periods: z.array(z.object({ opens: z.string(), closes: z.string() })),
    }),
  ),
  /** public holidays with the date that comes next, and whether the redactie is away then */
  holidays: z.array(
    z.object({ key: z.string(), name: z.string(), date: z.string(), closed: z.boolean() }),
  ),
  /** the one that holds now, then those that start later */
  promise: z.array(policyVersion),
  needs: z.array(z.enum(OPENING_NEEDS)),
});
export type WijkSetup = z.output<typeof wijkSetup>;

export const listWijken = defineContract({
  id: 'listWijken',
  tag: 'admin',
  summary: 'Every wijk of the installation, opened or not; for platform admins',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/platform/wijken',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({
    items: z.array(
      z.object({
        slug: z.string(),
        name: z.string(),
        host: z.string().nullable(),
        openedAt: instant.nullable(),
        createdAt: instant,
        members: z.number().int(),
        admins: z.number().int(),
      }),
    ),
  }),
});

export const createWijk = defineContract({
  id: 'createWijk',
  tag: 'admin',
  summary: 'Make a wijk that is not open yet; the slug is made of the name where it is left out',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/platform/wijken',
  params: inWijk,
  query: none,
  body: z.strictObject({ name: line, slug: z.string().max(60, { abort: true }).default('') }),
  reply: z.object({ slug: z.string() }),
  status: 201,
  problems: ['invalid', 'conflict'],
});

export const readSetup = defineContract({
  id: 'readSetup',
  tag: 'admin',
  summary: 'How the wijk is set up',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/admin/setup',
  params: inWijk,
  query: none,
  body: noBody,
  reply: wijkSetup,
});

export const changeProfile = defineContract({
  id: 'changeProfile',
  tag: 'admin',
  summary: 'Name, motto, accent colour and CBS codes; what is left out stays as it is',
  method: 'PATCH',
  path: '/api/v1/wijken/:wijk/admin/setup',
  params: inWijk,
  query: none,
  body: z.strictObject({
    name: line.optional(),
    motto: line.optional(),
    accent: z.string().max(20, { abort: true }).optional(),
    cbsCodes: z
      .array(z.string().max(20, { abort: true }))
      .max(100, { abort: true })
      .optional(),
    cbsYear: z.number().nullable().optional(),
  }),
  reply: noReply,
  status: 204,
  problems: ['invalid'],
});

export const changeThemes = defineContract({
  id: 'changeThemes',
  tag: 'admin',
  summary:
    'The whole list of themes in its order; one that is there is renamed or retired, never dropped',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/admin/setup/themes',
  params: inWijk,
  query: none,
  body: z.strictObject({
    themes: z
      .array(z.strictObject({ slug: wijkSlug.nullable(), name: line, retired: z.boolean() }))
      .max(60, { abort: true }),
  }),
  reply: noReply,
  status: 204,
  problems: ['invalid'],
});

export const changeCalendar = defineContract({
  id: 'changeCalendar',
  tag: 'admin',
  summary: 'Opening periods by weekday, and dates that differ; promises that run stay as agreed',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/admin/setup/calendar',
  params: inWijk,
  query: none,
  body: calendar,
  reply: noReply,
  status: 204,
  problems: ['invalid'],
});

export const changeHolidays = defineContract({
  id: 'changeHolidays',
  tag: 'admin',
  summary: 'On which public holidays the redactie is away',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/admin/setup/holidays',
  params: inWijk,
  query: none,
  body: z.strictObject({
    /** every other holiday is an ordinary day */
    closed: z.array(z.enum(HOLIDAYS.map(({ key }) => key))).max(40, { abort: true }),
  }),
  reply: noReply,
  status: 204,
  problems: ['invalid'],
});

export const changePromisePolicy = defineContract({
  id: 'changePromisePolicy',
  tag: 'admin',
  summary: 'A new version of what the wijk promises, from now or from a chosen moment on',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/admin/setup/promise-policies',
  params: inWijk,
  query: none,
  body: z.strictObject({
    mode: z.enum(PROMISE_MODES),
    termMinutes: z.number(),
    steps: z.array(step).max(10, { abort: true }),
    /** now when left out; never in the past */
    validFrom: instant.optional(),
  }),
  reply: z.object({ version: z.number().int() }),
  status: 201,
  problems: ['invalid', 'conflict'],
});

export const openWijk = defineContract({
  id: 'openWijk',
  tag: 'admin',
  summary: 'Open the wijk: from here on everybody sees it and the first question can be asked',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/admin/setup/opening',
  params: inWijk,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['conflict'],
});
