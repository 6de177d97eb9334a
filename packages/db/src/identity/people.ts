import type { Role } from '@wijk/domain/identity';
import { and, eq, sql } from 'drizzle-orm';
import { type Executor, hintChanged, type Transaction } from '../kernel/index.ts';
import { expertise, membership } from './tables.ts';

export interface StoredMemberRow {
  id: string;
  personId: string;
  name: string | null;
  email: string | null;
  title: string | null;
  joinedAt: Date;
  roles: { role: Role; since: Date }[];
}

export interface PeopleQuery {
  /** part of a name or an address */
  search?: string | undefined;
  role?: Role | undefined;
  /** the last one of the page before */
  after?: { name: string; id: string } | undefined;
  limit: number;
}

const held = (now: Date) => sql`
  select g.role, min(g.valid_from) as since from identity.role_grant g
  where g.person_id = m.person_id and (g.wijk_id = m.wijk_id or g.wijk_id is null)
    and g.valid_from <= ${now} and (g.valid_until is null or g.valid_until > ${now})
  group by g.role`;

const COLUMNS = (now: Date) => sql`
  m.id, m.person_id, p.name, p.email, m.title, m.joined_at,
  coalesce((select json_agg(json_build_object('role', h.role, 'since', h.since) order by h.since, h.role)
    from (${held(now)}) h), '[]') as roles`;

function asRow(row: Record<string, unknown>): StoredMemberRow {
  const roles = row.roles as { role: Role; since: string }[];
  return {
    id: row.id as string,
    personId: row.person_id as string,
    name: row.name as string | null,
    email: row.email as string | null,
    title: row.title as string | null,
    joinedAt: new Date(row.joined_at as string),
    roles: roles.map(({ role, since }) => ({ role, since: new Date(since) })),
  };
}

/** Members of the wijk by name; whoever has none comes first. Erased people are left out. */
export async function listPeople(
  db: Executor,
  wijkId: string,
  { search, role, after, limit }: PeopleQuery,
  now: Date,
): Promise<StoredMemberRow[]> {
  const name = sql`lower(coalesce(p.name, ''))`;
  const found = search
    ? sql`and (position(lower(${search}) in ${name}) > 0
        or position(lower(${search}) in coalesce(p.email, '')) > 0)`
    : sql``;
  const holding = role
    ? sql`and exists (select from (${held(now)}) h where h.role = ${role})`
    : sql``;
  const next = after
    ? sql`and (${name}, m.id) > (${after.name.toLowerCase()}, ${after.id})`
    : sql``;
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select ${COLUMNS(now)} from identity.membership m
    join identity.person p on p.id = m.person_id and p.erased_at is null
    where m.wijk_id = ${wijkId} ${found} ${holding} ${next}
    order by ${name}, m.id limit ${limit}`);
  return rows.map(asRow);
}

/** One member of this wijk, undefined for one of another or none. */
export async function readMemberRow(
  db: Executor,
  wijkId: string,
  membershipId: string,
  now: Date,
): Promise<StoredMemberRow | undefined> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select ${COLUMNS(now)} from identity.membership m
    join identity.person p on p.id = m.person_id and p.erased_at is null
    where m.wijk_id = ${wijkId} and m.id = ${membershipId}`);
  return rows[0] && asRow(rows[0]);
}

export interface StoredExpertise {
  theme: string;
  position: number;
  source: string;
}

export async function readExpertise(
  db: Executor,
  wijkId: string,
  membershipId: string,
): Promise<StoredExpertise[]> {
  return db
    .select({ theme: expertise.theme, position: expertise.position, source: expertise.source })
    .from(expertise)
    .where(and(eq(expertise.wijkId, wijkId), eq(expertise.membershipId, membershipId)))
    .orderBy(expertise.theme);
}

/** What the member knows, on the word of an admin. What was there and is not named goes. */
export async function replaceExpertise(
  tx: Transaction,
  wijkId: string,
  membershipId: string,
  themes: readonly { theme: string; position: number }[],
): Promise<void> {
  await tx
    .delete(expertise)
    .where(and(eq(expertise.wijkId, wijkId), eq(expertise.membershipId, membershipId)));
  if (themes.length === 0) return;
  await tx.insert(expertise).values(
    themes.map(({ theme, position }) => ({
      wijkId,
      membershipId,
      theme,
      position,
      source: 'verified' as const,
    })),
  );
}

/** The function beside the name; '' for none. */
export async function setTitle(
  tx: Executor,
  wijkId: string,
  membershipId: string,
  title: string,
): Promise<void> {
  await tx
    .update(membership)
    .set({ title: title === '' ? null : title })
    .where(and(eq(membership.wijkId, wijkId), eq(membership.id, membershipId)));
}

/**
 * One change of admins at a time, in a wijk or (null) of platform admins: of two admins who take each
 * other's role the second one sees what the first did. Ends with the transaction.
 */
export async function lockAdmins(tx: Transaction, wijkId: string | null): Promise<void> {
  const scope = `admins:${wijkId ?? 'platform'}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${scope}, 0))`);
}

/** How many people hold this role now, in the wijk or (null) for the installation. */
export async function countHolders(
  db: Executor,
  wijkId: string | null,
  role: Role,
  now: Date,
): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    select count(distinct g.person_id)::int as n from identity.role_grant g
    join identity.person p on p.id = g.person_id and p.erased_at is null
    where g.role = ${role} and g.wijk_id is not distinct from ${wijkId}::uuid
      and g.valid_from <= ${now} and (g.valid_until is null or g.valid_until > ${now})`);
  return rows[0]?.n ?? 0;
}

/** Every process authorises the open pages of this person anew, once the transaction is through. */
export const hintPersonChanged = (tx: Executor, personId: string): Promise<void> =>
  hintChanged(tx, { person: personId });

export interface StoredRoleChange {
  id: string;
  kind: 'granted' | 'revoked' | 'ended';
  role: string;
  at: Date;
  membershipId: string | null;
  name: string | null;
  by: string | null;
}

/** Grants and their ends as lines, newest first. The platform's own show where its holder is a member. */
export async function listRoleChanges(
  db: Executor,
  wijkId: string,
  query: {
    personId?: string;
    after?: { at: Date; id: string } | undefined;
    limit: number;
    now: Date;
  },
): Promise<StoredRoleChange[]> {
  const { personId, after, limit, now } = query;
  const whose = personId ? sql`and g.person_id = ${personId}` : sql``;
  const next = after ? sql`where (c.at, c.key) < (${after.at}, ${after.id})` : sql``;
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    with g as (
      select g.*, m.id as member, p.name as name from identity.role_grant g
      join identity.membership m on m.wijk_id = ${wijkId} and m.person_id = g.person_id
      join identity.person p on p.id = g.person_id
      where (g.wijk_id = ${wijkId} or g.wijk_id is null) ${whose}
    ), c as (
      select g.id::text || 'a' as key, 'granted' as kind, g.role, g.valid_from as at, g.member, g.name,
        g.granted_by as by from g
      union all
      select g.id::text || 'b', case when g.revoked_by is null then 'ended' else 'revoked' end, g.role,
        g.valid_until, g.member, g.name, g.revoked_by from g
      where g.valid_until is not null and g.valid_until <= ${now}
    )
    select c.*, b.name as by_name from c left join identity.person b on b.id = c.by
    ${next} order by c.at desc, c.key desc limit ${limit}`);
  return rows.map((row) => ({
    id: row.key as string,
    kind: row.kind as StoredRoleChange['kind'],
    role: row.role as string,
    at: new Date(row.at as string),
    membershipId: row.member as string | null,
    name: row.name as string | null,
    by: row.by === null ? null : ((row.by_name as string | null) ?? ''),
  }));
}

/** A person's own address, for a mail to themselves. */
export async function addressOf(db: Executor, personId: string): Promise<string> {
  const { rows } = await db.execute<{ email: string | null }>(
    sql`select email from identity.person where id = ${personId}`,
  );
  return rows[0]?.email ?? '';
}
