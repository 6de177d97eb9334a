import type { Score, Verdict, VettingApplication, VettingCause } from '@wijk/domain/market';
import { type SQL, sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';

/* What pages of vetting read, with the names of who did it. */

export interface NamedVettingReview {
  round: number;
  membershipId: string;
  by: string;
  title: string | null;
  scores: Score[];
  advice: Verdict;
  summary: string;
  at: Date;
}

/** What was found about a provider, in one round or in all, in the order in which it came. */
export async function listVettingReviews(
  db: Executor,
  wijkId: string,
  key: string,
  round: number | null = null,
): Promise<NamedVettingReview[]> {
  const { rows } = await run<Omit<NamedVettingReview, 'at'> & { at: string }>(
    db,
    sql`select r.round, r.membership_id as "membershipId", coalesce(p.name, '') as by, m.title,
        r.scores, r.advice, r.summary, r.at
      from market.vetting_review r
      join identity.membership m on m.wijk_id = r.wijk_id and m.id = r.membership_id
      join identity.person p on p.id = m.person_id
      where r.wijk_id = ${wijkId} and r.provider = ${key}
        and (${round}::int is null or r.round = ${round}::int)
      order by r.round desc, r.at, r.membership_id limit 150`,
  );
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

export interface NamedVettingDecision {
  round: number;
  decision: Verdict;
  reasons: string;
  validUntil: Date;
  by: string;
  at: Date;
  appeal: {
    body: string;
    by: string;
    at: Date;
    outcome: 'granted' | 'rejected' | null;
    reply: string | null;
    decidedBy: string | null;
    decidedAt: Date | null;
  } | null;
}

/** What was decided about a provider, newest first, with what they said to it. */
export async function listVettingDecisions(
  db: Executor,
  wijkId: string,
  key: string,
): Promise<NamedVettingDecision[]> {
  const { rows } = await run<
    Pick<NamedVettingDecision, 'round' | 'decision' | 'reasons' | 'by'> &
      Record<'at' | 'until', string> &
      Record<'body' | 'made' | 'maker' | 'reply' | 'closed' | 'closer', string | null> & {
        outcome: 'granted' | 'rejected' | null;
      }
  >(
    db,
    sql`select d.round, d.decision, d.reasons, d.valid_until as until, d.at, coalesce(p.name, '') as by,
        a.body, a.at as made, ap.name as maker, a.outcome, a.reply, a.decided_at as closed, cp.name as closer
      from market.vetting_decision d
      join identity.membership m on m.wijk_id = d.wijk_id and m.id = d.by
      join identity.person p on p.id = m.person_id
      left join market.vetting_appeal a on a.wijk_id = d.wijk_id and a.provider = d.provider and a.round = d.round
      left join identity.membership am on am.wijk_id = a.wijk_id and am.id = a.by
      left join identity.person ap on ap.id = am.person_id
      left join identity.membership cm on cm.wijk_id = a.wijk_id and cm.id = a.decided_by
      left join identity.person cp on cp.id = cm.person_id
      where d.wijk_id = ${wijkId} and d.provider = ${key} order by d.round desc limit 50`,
  );
  return rows.map((row) => ({
    ...{ round: row.round, decision: row.decision, reasons: row.reasons, by: row.by },
    ...{ at: new Date(row.at), validUntil: new Date(row.until) },
    appeal:
      row.made === null
        ? null
        : {
            ...{ body: row.body ?? '', by: row.maker ?? '', at: new Date(row.made) },
            ...{ outcome: row.outcome, reply: row.reply, decidedBy: row.closer },
            decidedAt: row.closed === null ? null : new Date(row.closed),
          },
  }));
}

export interface DeskProvider {
  key: string;
  name: string;
  membershipId: string | null;
  organisationId: string | null;
  isOpen: boolean;
  waitsSince: Date | null;
  validUntil: Date | null;
  round: number;
  cause: VettingCause;
  application: VettingApplication;
  /** who handed it in, in any round */
  submitters: string[];
  /** of the newest round: who judged, what they advised, what was said of an interest */
  reviewers: string[];
  advices: Verdict[];
  declared: { by: string; conflict: boolean }[];
  /** who judged the round before, where this one follows a granted appeal */
  judgedBefore: string[];
  decision: Verdict | null;
  decidedAt: Date | null;
  /** an appeal against the newest decision waits */
  appealed: boolean;
}

const OF = sql.raw('w.wijk_id = v.wijk_id and w.provider = v.key');
const SELECT = sql`v.key, coalesce(o.name, p.name, '') as name, v.membership_id as "membershipId",
  v.organisation_id as "organisationId", v.is_open as "isOpen", v.waits_since as "waitsSince",
  v.valid_until as "validUntil", v.round, r.cause, r.application,
  (select coalesce(jsonb_agg(distinct w.opened_by), '[]') from market.vetting_round w
    where ${OF} and w.cause = 'submitted') as submitters,
  (select coalesce(jsonb_agg(w.membership_id order by w.at, w.membership_id), '[]')
    from market.vetting_review w where ${OF} and w.round = v.round) as reviewers,
  (select coalesce(jsonb_agg(w.advice order by w.at, w.membership_id), '[]')
    from market.vetting_review w where ${OF} and w.round = v.round) as advices,
  (select coalesce(jsonb_agg(jsonb_build_object('by', w.membership_id, 'conflict', w.conflict)), '[]')
    from market.vetting_interest w where ${OF} and w.round = v.round) as declared,
  (select coalesce(jsonb_agg(w.membership_id), '[]') from market.vetting_review w
    where ${OF} and w.round = v.round - 1 and r.cause = 'appeal') as "judgedBefore",
  d.decision, d.at as "decidedAt",
  exists (select from market.vetting_appeal w where ${OF} and w.round = v.round and w.decided_at is null) as appealed`;
const FROM = sql.raw(`market.provider v
  join market.vetting_round r on r.wijk_id = v.wijk_id and r.provider = v.key and r.round = v.round
  left join wallet.organisation o on o.wijk_id = v.wijk_id and o.id = v.organisation_id
  left join identity.membership m on m.wijk_id = v.wijk_id and m.id = v.membership_id
  left join identity.person p on p.id = m.person_id
  left join market.vetting_decision d on d.wijk_id = v.wijk_id and d.provider = v.key and d.round = v.round`);

type Row = Record<string, unknown> &
  Omit<DeskProvider, 'waitsSince' | 'validUntil' | 'decidedAt'> &
  Record<'waitsSince' | 'validUntil' | 'decidedAt', string | null>;
const when = (text: string | null) => (text === null ? null : new Date(text));

async function read(db: Executor, where: SQL): Promise<DeskProvider[]> {
  const { rows } = await run<Row>(db, sql`select ${SELECT} from ${FROM} where ${where}`);
  return rows.map((row) => ({
    ...row,
    waitsSince: when(row.waitsSince),
    validUntil: when(row.validUntil),
    decidedAt: when(row.decidedAt),
  }));
}

/** Rounds that are open, what waits longest first. */
export const listWaitingProviders = (db: Executor, wijkId: string, limit: number) =>
  read(db, sql`v.wijk_id = ${wijkId} and v.is_open order by v.waits_since, v.key limit ${limit}`);

/** Vettings that end before this moment and that nobody looks at yet, soonest first. */
export const listExpiringProviders = (db: Executor, wijkId: string, until: Date, limit: number) =>
  read(
    db,
    sql`v.wijk_id = ${wijkId} and v.standing is not null and not v.is_open and v.valid_until <= ${until}
      order by v.valid_until, v.key limit ${limit}`,
  );

/** What was decided last, newest first. */
export const listDecidedProviders = (db: Executor, wijkId: string, limit: number) =>
  read(
    db,
    sql`v.wijk_id = ${wijkId} and not v.is_open and d.decision is not null
      order by d.at desc, v.key limit ${limit}`,
  );

/** Decisions that a provider does not agree with and that nobody answered, oldest first. */
export const listAppealedProviders = (db: Executor, wijkId: string, limit: number) =>
  read(
    db,
    sql`v.wijk_id = ${wijkId} and exists (select from market.vetting_appeal w
        where ${OF} and w.round = v.round and w.decided_at is null)
      order by d.at, v.key limit ${limit}`,
  );

/** One of them, whatever stands of it; undefined: it never asked to be vetted. */
export async function readDeskProvider(
  db: Executor,
  wijkId: string,
  key: string,
): Promise<DeskProvider | undefined> {
  const [row] = await read(db, sql`v.wijk_id = ${wijkId} and v.key = ${key}`);
  return row;
}

/** The name of a member; '' for somebody who was erased. */
export async function memberName(
  db: Executor,
  wijkId: string,
  membershipId: string,
): Promise<string> {
  const { rows } = await run<{ name: string }>(
    db,
    sql`select coalesce(p.name, '') as name from identity.membership m
      join identity.person p on p.id = m.person_id
      where m.wijk_id = ${wijkId} and m.id = ${membershipId}`,
  );
  return rows[0]?.name ?? '';
}

/** How many offers of a provider wait for its vetting or its signature. */
export async function countHeld(
  db: Executor,
  wijkId: string,
  of: { membershipId: string | null; organisationId: string | null },
): Promise<number> {
  const { rows } = await run<{ n: number }>(
    db,
    of.organisationId
      ? sql`select count(*)::int as n from market.listing where wijk_id = ${wijkId}
          and hold is not null and organisation_id = ${of.organisationId}`
      : sql`select count(*)::int as n from market.listing where wijk_id = ${wijkId}
          and hold is not null and organisation_id is null and membership_id = ${of.membershipId}`,
  );
  return rows[0]?.n ?? 0;
}
