import type { AppRecord, RoundCause, Score, Verdict } from '@wijk/domain/market';
import { type SQL, sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';

/* What pages of curation read, with the names of who did it. */

export interface NamedReview {
  round: number;
  membershipId: string;
  by: string;
  title: string | null;
  scores: Score[];
  advice: Verdict;
  summary: string;
  at: Date;
}

/** What was found in these rounds of an app, in the order in which it came. */
export async function listAppReviews(
  db: Executor,
  wijkId: string,
  listingId: string,
  round: number | null = null,
): Promise<NamedReview[]> {
  const { rows } = await run<Omit<NamedReview, 'at'> & { at: string }>(
    db,
    sql`select r.round, r.membership_id as "membershipId", coalesce(p.name, '') as by, m.title,
        r.scores, r.advice, r.summary, r.at
      from market.app_review r
      join identity.membership m on m.wijk_id = r.wijk_id and m.id = r.membership_id
      join identity.person p on p.id = m.person_id
      where r.wijk_id = ${wijkId} and r.listing_id = ${listingId}
        and (${round}::int is null or r.round = ${round}::int)
      order by r.round desc, r.at, r.membership_id limit 150`,
  );
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

export interface NamedCurationDecision {
  round: number;
  decision: Verdict;
  reasons: string;
  validUntil: Date;
  by: string;
  at: Date;
}

/** What was decided about an app, newest first. */
export async function listCurationDecisions(
  db: Executor,
  wijkId: string,
  listingId: string,
): Promise<NamedCurationDecision[]> {
  const { rows } = await run<
    Omit<NamedCurationDecision, 'at' | 'validUntil'> & { at: string; until: string }
  >(
    db,
    sql`select d.round, d.decision, d.reasons, d.valid_until as until, d.at, coalesce(p.name, '') as by
      from market.curation_decision d
      join identity.membership m on m.wijk_id = d.wijk_id and m.id = d.by
      join identity.person p on p.id = m.person_id
      where d.wijk_id = ${wijkId} and d.listing_id = ${listingId} order by d.round desc limit 50`,
  );
  return rows.map(({ until, at, ...row }) => ({
    ...row,
    validUntil: new Date(until),
    at: new Date(at),
  }));
}

export interface DeskApp {
  id: string;
  ref: string;
  slug: string;
  state: string;
  membershipId: string;
  organisationId: string | null;
  isOpen: boolean;
  waitsSince: Date | null;
  validUntil: Date | null;
  record: AppRecord;
  cause: RoundCause;
  /** of the newest round: who judged, who has an interest, who handed the app in ever */
  reviewers: string[];
  advices: Verdict[];
  declared: { by: string; conflict: boolean }[];
  submitters: string[];
  decision: Verdict | null;
  decidedAt: Date | null;
}

const SELECT = sql.raw(`l.id, l.ref, l.slug, l.state, l.membership_id as "membershipId",
  l.organisation_id as "organisationId", a.is_open as "isOpen", a.waits_since as "waitsSince",
  a.valid_until as "validUntil", v.record, r.cause,
  (select coalesce(jsonb_agg(w.membership_id order by w.at, w.membership_id), '[]') from market.app_review w
    where w.wijk_id = a.wijk_id and w.listing_id = a.listing_id and w.round = a.round) as reviewers,
  (select coalesce(jsonb_agg(w.advice order by w.at, w.membership_id), '[]') from market.app_review w
    where w.wijk_id = a.wijk_id and w.listing_id = a.listing_id and w.round = a.round) as advices,
  (select coalesce(jsonb_agg(jsonb_build_object('by', i.membership_id, 'conflict', i.conflict)), '[]')
    from market.interest i
    where i.wijk_id = a.wijk_id and i.listing_id = a.listing_id and i.round = a.round) as declared,
  (select coalesce(jsonb_agg(distinct s.submitted_by), '[]') from market.app_version s
    where s.wijk_id = a.wijk_id and s.listing_id = a.listing_id) as submitters,
  d.decision, d.at as "decidedAt"`);
const FROM = sql.raw(`market.app a
  join market.listing l on l.wijk_id = a.wijk_id and l.id = a.listing_id
  join market.curation_round r on r.wijk_id = a.wijk_id and r.listing_id = a.listing_id and r.round = a.round
  join market.app_version v on v.wijk_id = a.wijk_id and v.listing_id = a.listing_id and v.version = r.version
  left join market.curation_decision d
    on d.wijk_id = a.wijk_id and d.listing_id = a.listing_id and d.round = a.round`);

type Row = Record<string, unknown> &
  Omit<DeskApp, 'waitsSince' | 'validUntil' | 'decidedAt'> &
  Record<'waitsSince' | 'validUntil' | 'decidedAt', string | null>;
const when = (text: string | null) => (text === null ? null : new Date(text));

async function read(db: Executor, query: SQL): Promise<DeskApp[]> {
  const { rows } = await run<Row>(db, query);
  return rows.map((row) => ({
    ...row,
    waitsSince: when(row.waitsSince),
    validUntil: when(row.validUntil),
    decidedAt: when(row.decidedAt),
  }));
}

/** Rounds that are open, what waits longest first. What its author or the market master ended is none. */
export const listWaitingApps = (db: Executor, wijkId: string, limit: number): Promise<DeskApp[]> =>
  read(
    db,
    sql`select ${SELECT} from ${FROM} where a.wijk_id = ${wijkId} and a.is_open
      and l.state in ('review', 'published', 'paused') order by a.waits_since, l.id limit ${limit}`,
  );

/** Recommendations that end before this moment and that nobody looks at yet, soonest first. */
export const listExpiringApps = (
  db: Executor,
  wijkId: string,
  until: Date,
  limit: number,
): Promise<DeskApp[]> =>
  read(
    db,
    sql`select ${SELECT} from ${FROM} where a.wijk_id = ${wijkId} and a.standing is not null
      and l.state in ('published', 'paused') and a.valid_until <= ${until}
      order by a.valid_until, l.id limit ${limit}`,
  );

/** What was decided last, newest first. */
export const listDecidedApps = (db: Executor, wijkId: string, limit: number): Promise<DeskApp[]> =>
  read(
    db,
    sql`select ${SELECT} from ${FROM} where a.wijk_id = ${wijkId} and not a.is_open
      and d.decision is not null order by d.at desc, l.id limit ${limit}`,
  );
