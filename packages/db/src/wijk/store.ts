import type {
  Calendar,
  ModerationPolicy,
  PhraseKind,
  PromisePolicy,
  PromiseStepKind,
} from '@wijk/domain/wijk';
import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';

export interface StoredWijk {
  id: string;
  slug: string;
  name: string;
  host: string | null;
  timeZone: string;
  /** name of the accent colour, and the sentence under the name */
  accent: string;
  motto: string;
  /** null while it is being set up: only its admins see it */
  openedAt: Date | null;
  /** a retired one is no longer offered; its questions keep it */
  themes: { slug: string; name: string; retired: boolean }[];
  /** as the wijk made it; closed holidays are added by the API's module */
  calendar: Calendar;
  /** holidays that the wijk switched, by key */
  holidays: Record<string, boolean>;
  /** some version of its policy counts opening hours */
  countsHours: boolean;
  /** the version that holds now; running promises keep their own */
  policy: PromisePolicy;
  /** what it adopted for moderation and holds now; null where it adopted nothing */
  moderation: ModerationPolicy | null;
  /** the lists of words that it keeps itself */
  phrases: { [K in PhraseKind]?: string[] };
  /** when the next version of either policy begins; null where none is planned */
  policyUntil: Date | null;
}

interface Row extends Record<string, unknown> {
  id: string;
  slug: string;
  name: string;
  host: string | null;
  time_zone: string;
  accent: string;
  motto: string;
  opened_at: string | null;
  themes: { slug: string; name: string; retired: boolean }[];
  periods: { weekday: number; opens: string; closes: string }[];
  exceptions: { date: string; label: string; periods: { opens: string; closes: string }[] }[];
  holidays: Record<string, boolean>;
  counts_hours: boolean;
  policy_until: string | null;
  moderation: ModerationPolicy | null;
  phrases: { [K in PhraseKind]?: string[] };
  policy: {
    version: number;
    mode: 'elapsed' | 'opening-hours';
    term: number;
    steps: { kind: string; atPercent: number }[];
  };
}

/** All wijken with themes, calendar and the policies that hold at `now`, in one round trip. */
export async function readWijken(db: Executor, now: Date): Promise<StoredWijk[]> {
  const { rows } = await db.execute<Row>(sql`
    select w.id, w.slug, w.name, w.host, w.time_zone, w.accent, w.motto, w.opened_at,
      coalesce((select json_agg(json_build_object('slug', t.slug, 'name', t.name,
          'retired', t.retired_at is not null) order by t.position, t.slug)
        from wijk.theme t where t.wijk_id = w.id), '[]') as themes,
      coalesce((select json_agg(json_build_object('weekday', c.weekday, 'opens', c.opens, 'closes', c.closes)
          order by c.weekday, c.opens)
        from wijk.calendar_period c where c.wijk_id = w.id), '[]') as periods,
      coalesce((select json_agg(json_build_object('date', e.date, 'label', e.label, 'periods', e.periods)
          order by e.date)
        from wijk.calendar_exception e where e.wijk_id = w.id), '[]') as exceptions,
      coalesce((select json_object_agg(h.holiday, h.closed)
        from wijk.calendar_holiday h where h.wijk_id = w.id), '{}') as holidays,
      exists (select from wijk.promise_policy p
        where p.wijk_id = w.id and p.mode = 'opening-hours') as counts_hours,
      least((select min(p.valid_from) from wijk.promise_policy p
          where p.wijk_id = w.id and p.valid_from > ${now}),
        (select min(p.valid_from) from wijk.moderation_policy p
          where p.wijk_id = w.id and p.valid_from > ${now})) as policy_until,
      (select json_build_object('version', p.version, 'firstQuestion', p.first_question,
          'autoHideAt', p.auto_hide_at, 'questionsPerDay', p.questions_per_day,
          'answersPerHour', p.answers_per_hour, 'holdLinksFrom', p.hold_links_from)
        from wijk.moderation_policy p where p.wijk_id = w.id and p.valid_from <= ${now}
        order by p.version desc limit 1) as moderation,
      coalesce((select json_object_agg(l.kind, l.phrases)
        from wijk.phrase_list l where l.wijk_id = w.id), '{}') as phrases,
      (select json_build_object('version', p.version, 'mode', p.mode, 'term', p.term_minutes, 'steps', p.steps)
        from wijk.promise_policy p where p.wijk_id = w.id and p.valid_from <= ${now}
        order by p.valid_from desc limit 1) as policy
    from wijk.wijk w
    where exists (select from wijk.promise_policy p where p.wijk_id = w.id and p.valid_from <= ${now})
    order by w.slug`);
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    host: row.host,
    timeZone: row.time_zone,
    accent: row.accent,
    motto: row.motto,
    openedAt: row.opened_at ? new Date(row.opened_at) : null,
    themes: row.themes,
    calendar: { timeZone: row.time_zone, periods: row.periods, exceptions: row.exceptions },
    holidays: row.holidays,
    countsHours: row.counts_hours,
    moderation: row.moderation,
    phrases: row.phrases,
    policyUntil: row.policy_until ? new Date(row.policy_until) : null,
    policy: {
      version: row.policy.version,
      mode: row.policy.mode,
      termMinutes: row.policy.term,
      steps: row.policy.steps.map((s) => ({
        kind: s.kind as PromiseStepKind,
        atPercent: s.atPercent,
      })),
    },
  }));
}
