import { sql } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';

export interface WijkSummary {
  slug: string;
  name: string;
  host: string | null;
  openedAt: Date | null;
  createdAt: Date;
  members: number;
  admins: number;
}

/** Every wijk of the installation with how many people it has. */
export async function summariseWijken(db: Executor, now: Date): Promise<WijkSummary[]> {
  const { rows } = await db.execute<Record<string, unknown>>(sql`
    select w.slug, w.name, w.host, w.opened_at, w.created_at,
      (select count(*) from identity.membership m where m.wijk_id = w.id)::int as members,
      (select count(distinct g.person_id) from identity.role_grant g
        where g.wijk_id = w.id and g.role = 'admin' and g.valid_from <= ${now}
          and (g.valid_until is null or g.valid_until > ${now}))::int as admins
    from wijk.wijk w order by w.name, w.slug`);
  return rows.map((row) => ({
    slug: row.slug as string,
    name: row.name as string,
    host: row.host as string | null,
    openedAt: row.opened_at ? new Date(row.opened_at as string) : null,
    createdAt: new Date(row.created_at as string),
    members: row.members as number,
    admins: row.admins as number,
  }));
}

/** Whether somebody is an admin of the wijk now, or was invited to be one. */
export async function hasAdmin(db: Executor, wijkId: string, now: Date): Promise<boolean> {
  const { rows } = await db.execute<{ has: boolean }>(sql`
    select exists (select from identity.role_grant g
      where g.wijk_id = ${wijkId} and g.role = 'admin' and g.valid_from <= ${now}
        and (g.valid_until is null or g.valid_until > ${now}))
      or exists (select from identity.invitation i where i.wijk_id = ${wijkId}
        and i.accepted_at is null and i.revoked_at is null and i.expires_at > ${now}
        and i.roles ? 'admin') as has`);
  return rows[0]?.has ?? false;
}
