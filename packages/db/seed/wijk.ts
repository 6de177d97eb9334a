import { uuidv7 } from '@wijk/domain/kernel';
import {
  type Calendar,
  DEFAULT_CALENDAR,
  DEFAULT_POLICY,
  type PromisePolicy,
  validateCalendar,
  validatePolicy,
} from '@wijk/domain/wijk';
import type { Executor } from '../src/kernel/database.ts';
import {
  calendarException,
  calendarPeriod,
  moderationPolicy,
  promisePolicy,
  theme,
  wijk,
} from '../src/wijk/tables.ts';

export type WijkRow = typeof wijk.$inferSelect;

/** The themes a wijk starts with, in the order in which pages show them. */
export const THEMES = [
  { slug: 'gezondheid', name: 'Gezondheid' },
  { slug: 'zorg-regelen', name: 'Zorg regelen' },
  { slug: 'medicijnen', name: 'Medicijnen' },
  { slug: 'mantelzorg', name: 'Mantelzorg' },
  { slug: 'geestelijk-welzijn', name: 'Geestelijk welzijn' },
  { slug: 'voeding', name: 'Eten en drinken' },
  { slug: 'bewegen', name: 'Bewegen' },
  { slug: 'ontmoeten', name: 'Ontmoeten' },
  { slug: 'jeugd', name: 'Jeugd en gezin' },
  { slug: 'wonen', name: 'Wonen' },
  { slug: 'geldzaken', name: 'Geldzaken' },
  { slug: 'digitaal', name: 'Computer en telefoon' },
  { slug: 'vervoer', name: 'Vervoer en parkeren' },
  { slug: 'veiligheid', name: 'Veiligheid' },
  { slug: 'groen', name: 'Groen en tuin' },
  { slug: 'buurtactiviteiten', name: 'Buurtactiviteiten' },
] as const;

/** Everything shows at once; three members who flag the same thing hide it until the redactie looks. */
export const STARTING_MODERATION = {
  firstQuestion: 'publish',
  autoHideAt: 3,
  questionsPerDay: 10,
  answersPerHour: 20,
  holdLinksFrom: 3,
} as const;

export interface NewWijk {
  slug: string;
  name: string;
  /** host name of its own; without it the wijk is at `/w/<slug>` */
  host?: string;
  themes?: readonly { slug: string; name: string }[];
  calendar?: Calendar;
  policy?: PromisePolicy;
  /** only for data that must come out the same each time */
  id?: string;
  now: Date;
}

/**
 * Makes a wijk that is ready to be asked: themes, opening hours (Monday to Friday, 9 to 17) and the
 * first version of its promise. `ownerDb` acts as the owner of the tables; hand in a transaction.
 * @throws `kernel.invalid` for a calendar or policy that cannot be
 */
export async function createWijk(ownerDb: Executor, given: NewWijk): Promise<WijkRow> {
  const { calendar = DEFAULT_CALENDAR, policy = DEFAULT_POLICY, themes = THEMES, now } = given;
  validateCalendar(calendar);
  validatePolicy(policy);
  const row: WijkRow = {
    id: given.id ?? uuidv7(now),
    slug: given.slug,
    name: given.name,
    host: given.host ?? null,
    timeZone: calendar.timeZone,
    cbsCodes: [],
    cbsYear: null,
    accent: 'groen',
    motto: '',
    openedAt: now,
    createdAt: now,
  };
  const wijkId = row.id;
  await ownerDb.insert(wijk).values(row);
  if (themes.length > 0)
    await ownerDb
      .insert(theme)
      .values(themes.map(({ slug, name }, i) => ({ wijkId, slug, name, position: i + 1 })));
  await ownerDb
    .insert(calendarPeriod)
    .values(calendar.periods.map((period) => ({ wijkId, ...period })));
  if (calendar.exceptions.length > 0)
    await ownerDb.insert(calendarException).values(
      calendar.exceptions.map(({ date, label, periods }) => ({
        wijkId,
        date,
        label,
        periods: periods.map((period) => ({ ...period })),
      })),
    );
  await ownerDb.insert(promisePolicy).values({
    wijkId,
    version: policy.version,
    mode: policy.mode,
    termMinutes: policy.termMinutes,
    steps: policy.steps.map((step) => ({ ...step })),
    validFrom: now,
  });
  await ownerDb
    .insert(moderationPolicy)
    .values({ wijkId, version: 1, ...STARTING_MODERATION, validFrom: now });
  return row;
}
