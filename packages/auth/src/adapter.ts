import { session } from '@wijk/db/identity';
import type { Executor } from '@wijk/db/kernel';
import type { Clock } from '@wijk/domain/kernel';
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';
import { ORDINARY, STRICT, STRICT_ROLES } from './lifetime.ts';

declare module 'lucia' {
  interface Register {
    UserId: string;
    DatabaseSessionAttributes: { device: string };
  }
}

/** Heard by every process, which then closes the sockets of that session. */
export const SESSION_CHANNEL = 'wijk_session';

/** What the log is given; the session's id is left out on purpose. */
export interface SessionLog {
  warn(details: Record<string, unknown>, message: string): void;
}

export interface AdapterContext {
  db: Executor;
  clock: Clock;
  log: SessionLog;
  onEnded?: ((ids: readonly string[]) => void) | undefined;
}

/** The database only ever sees hashes: a raw token that strays in here is refused. */
export function assertHash(id: string): string {
  if (!/^[0-9a-f]{64}$/.test(id)) throw new Error('a session id must be a SHA-256 in hex');
  return id;
}

/** Deletes sessions and tells every process, in one statement and so in one transaction. */
export async function endSessions(context: AdapterContext, where: SQL): Promise<string[]> {
  const { rows } = await context.db.execute<{ id: string }>(sql`
    with ended as (delete from identity.session s where ${where} returning s.id)
    select ended.id, pg_notify(${SESSION_CHANNEL}, ended.id) from ended`);
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) context.onEnded?.(ids);
  return ids;
}

/** Whoever has one of the strict roles in any wijk, at this moment. Expects the session as `s`. */
const hasStrictRole = (now: Date) => sql`exists (
  select from identity.role_grant g
  where g.person_id = s.person_id and g.role in ${STRICT_ROLES}
    and g.valid_from <= ${now} and (g.valid_until is null or g.valid_until > ${now}))`;

/** Sessions that no longer let anybody in. Expects the session as `s`. */
export function isOver(now: Date): SQL {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  return sql`(s.expires_at <= ${now} or s.created_at <= ${ago(ORDINARY.absoluteMs)}
    or ((s.created_at <= ${ago(STRICT.absoluteMs)} or s.last_seen_at <= ${ago(STRICT.idleMs)})
      and ${hasStrictRole(now)}))`;
}

/** How a session is looked up, together with its person. */
export type Find = (id: string) => Promise<[DatabaseSession | null, DatabaseUser | null]>;

/**
 * Lucia's seven methods on our table. Lucia reads the machine's clock, we use the injected one, so
 * instants are shifted on their way in and out.
 */
export function sessionAdapter(context: AdapterContext, find: Find): Adapter {
  const { db, clock, log } = context;
  const ahead = clock.now().getTime() - Date.now();
  const toLucia = (at: Date) => new Date(at.getTime() - ahead);
  const fromLucia = (at: Date) => new Date(at.getTime() + ahead);

  return {
    async getSessionAndUser(id) {
      const [found, user] = await find(assertHash(id));
      return [found && { ...found, expiresAt: toLucia(found.expiresAt) }, user];
    },
    async getUserSessions(userId) {
      const rows = await db
        .select({ id: session.id, expiresAt: session.expiresAt, device: session.device })
        .from(session)
        .where(eq(session.personId, userId));
      return rows.map(({ id, expiresAt, device }) => ({
        id,
        userId,
        expiresAt: toLucia(expiresAt),
        attributes: { device },
      }));
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      const now = clock.now();
      await db.insert(session).values({
        id: assertHash(id),
        personId: userId,
        createdAt: now,
        expiresAt: fromLucia(expiresAt),
        lastSeenAt: now,
        device: attributes.device,
      });
    },
    async updateSessionExpiration(id, expiresAt) {
      const renewed = await db
        .update(session)
        .set({ expiresAt: fromLucia(expiresAt), lastSeenAt: clock.now() })
        .where(eq(session.id, assertHash(id)))
        .returning({ id: session.id });
      if (renewed.length === 0) log.warn({ what: 'renew' }, 'session write touched no row');
    },
    async deleteSession(id) {
      const ended = await endSessions(context, sql`s.id = ${assertHash(id)}`);
      if (ended.length === 0) log.warn({ what: 'end' }, 'session write touched no row');
    },
    async deleteUserSessions(userId) {
      await endSessions(context, sql`s.person_id = ${userId}`);
    },
    async deleteExpiredSessions() {
      await endSessions(context, isOver(clock.now()));
    },
  };
}
