import { createHash, randomBytes } from 'node:crypto';
import { session } from '@wijk/db/identity';
import type { Database, Executor } from '@wijk/db/kernel';
import { type Actor, ROLES, type Role } from '@wijk/domain/identity';
import type { Clock } from '@wijk/domain/kernel';
import { and, desc, eq, lte, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { Lucia, TimeSpan } from 'lucia';
import {
  type AdapterContext,
  assertHash,
  endSessions,
  type Find,
  isOver,
  type SessionLog,
  sessionAdapter,
} from './adapter.ts';
import { cookieName, readToken } from './cookie.ts';
import { prepareFind } from './find-session.ts';
import { type Lifetime, ORDINARY, STRICT } from './lifetime.ts';

export interface SessionOptions {
  db: Database;
  clock: Clock;
  /** the site is on https: the cookie then carries `Secure` and the `__Host-` prefix */
  secure: boolean;
  log: SessionLog;
  /** told at once in this process; the others hear it by NOTIFY on `wijk_session` */
  onEnded?: (ids: readonly string[]) => void;
}

export interface IssuedSession {
  /** SHA-256 of the token; safe to store and to compare */
  id: string;
  /** for the cookie only: it is never stored or logged */
  token: string;
  setCookie: string;
}

/** A session that is valid now, with its person and what they are in one wijk. */
export interface VerifiedSession {
  sessionId: string;
  personId: string;
  createdAt: Date;
  name: string | null;
  email: string | null;
  /** null where the person is no member of that wijk */
  membershipId: string | null;
  roles: ReadonlySet<Role>;
  /** present where the session was renewed: pass it on to the browser */
  setCookie?: string;
}

export interface ListedSession {
  id: string;
  device: string;
  createdAt: Date;
  lastSeenAt: Date;
}

/** A look that must not count as use: a socket that stays open is no sign of somebody being there. */
export interface VerifyOptions {
  passive?: boolean;
}

export interface Sessions {
  /** Starts a session with a new token (ASVS 7.2.4); `device` is shown in the list of sessions. */
  issue(db: Executor, personId: string, about: { device: string }): Promise<IssuedSession>;
  /** One query. Null for no, a garbage, an unknown or an expired cookie; never throws on those. */
  verify(
    cookie: string | undefined,
    wijkId: string | null,
    options?: VerifyOptions,
  ): Promise<VerifiedSession | null>;
  /** Who acts in this wijk: what every request asks. */
  actor(
    cookie: string | undefined,
    wijkId: string,
    options?: VerifyOptions,
  ): Promise<{ actor: Actor; setCookie?: string }>;
  /** The id that belongs to the cookie, without asking whether it is valid. */
  idOf(cookie: string | undefined): string | null;
  /** Ends it at once, with its sockets in every process. False when there was none. */
  end(sessionId: string, db?: Executor): Promise<boolean>;
  /** Ends all of the person's sessions but one; tells how many. */
  endAllBut(personId: string, sessionId: string, db?: Executor): Promise<number>;
  /** The person's sessions that are valid now, last used first. */
  list(personId: string): Promise<ListedSession[]>;
  /** The Set-Cookie that takes the cookie away. */
  clearCookie(): string;
  /** For the nightly job; tells how many were removed. */
  deleteExpired(): Promise<number>;
}

const NO_WIJK = '00000000-0000-0000-0000-000000000000';
const KNOWN_ROLES: ReadonlySet<string> = new Set(ROLES);

/** The id is all that the database and lucia ever see of a token. */
export const sessionIdOf = (token: string): string =>
  createHash('sha256').update(token).digest('hex');

export function createSessions(options: SessionOptions): Sessions {
  const { db, clock, secure, log, onEnded } = options;
  const name = cookieName(secure);
  const findSession = prepareFind(db);
  const context = (executor: Executor): AdapterContext => ({ db: executor, clock, log, onEnded });

  const lucia = (executor: Executor, find: Find) =>
    new Lucia(sessionAdapter(context(executor), find), {
      sessionExpiresIn: new TimeSpan(ORDINARY.idleMs, 'ms'),
      sessionCookie: { name, attributes: { secure, sameSite: 'lax', path: '/' } },
    });
  const plain = lucia(db, async () => [null, null]);

  async function touch(id: string, lastSeenAt: Date, { touchMs }: Lifetime, now: Date) {
    const before = new Date(now.getTime() - touchMs);
    if (lastSeenAt > before) return;
    // Of requests at the same moment one moves it on: the others touching no row is no fault.
    await db
      .update(session)
      .set({ lastSeenAt: now })
      .where(and(eq(session.id, id), lte(session.lastSeenAt, before)));
  }

  const sessions: Sessions = {
    async issue(executor, personId, { device }) {
      const token = randomBytes(32).toString('base64url');
      const id = sessionIdOf(token);
      await lucia(executor, async () => [null, null]).createSession(
        personId,
        { device },
        { sessionId: id },
      );
      return { id, token, setCookie: plain.createSessionCookie(token).serialize() };
    },

    async verify(cookie, wijkId, { passive = false } = {}) {
      const token = readToken(cookie, name);
      if (token === null) return null;
      const id = sessionIdOf(token);
      const now = clock.now();
      const found = await findSession.execute({ id, wijkId: wijkId ?? NO_WIJK, now });
      const row = found[0];
      if (!row) return null;

      const lifetime = row.strict ? STRICT : ORDINARY;
      const age = now.getTime() - row.createdAt.getTime();
      const idle = now.getTime() - row.lastSeenAt.getTime();
      if (age >= lifetime.absoluteMs || idle >= lifetime.idleMs) {
        await sessions.end(id);
        return null;
      }
      const verified: VerifiedSession = {
        sessionId: id,
        personId: row.personId,
        createdAt: row.createdAt,
        name: row.name,
        email: row.email,
        membershipId: row.membershipId,
        roles: new Set(row.roles.filter((role): role is Role => KNOWN_ROLES.has(role))),
      };
      if (passive) return row.expiresAt > now ? verified : null;

      const { session: valid } = await lucia(db, async () => [
        { id, userId: row.personId, expiresAt: row.expiresAt, attributes: { device: '' } },
        { id: row.personId, attributes: {} },
      ]).validateSession(id);
      if (!valid) return null;
      if (valid.fresh)
        return { ...verified, setCookie: plain.createSessionCookie(token).serialize() };
      await touch(id, row.lastSeenAt, lifetime, now);
      return verified;
    },

    async actor(cookie, wijkId, verifyOptions) {
      const found = await sessions.verify(cookie, wijkId, verifyOptions);
      if (!found) return { actor: { kind: 'visitor' } };
      const { membershipId, personId, roles, sessionId, setCookie } = found;
      const known = { personId, wijkId, roles, sessionId };
      let actor: Actor = { kind: 'visitor' };
      if (membershipId) actor = { kind: 'member', membershipId, ...known };
      else if (roles.has('platform-admin')) actor = { kind: 'platform', ...known };
      return setCookie ? { actor, setCookie } : { actor };
    },

    idOf(cookie) {
      const token = readToken(cookie, name);
      return token === null ? null : sessionIdOf(token);
    },

    async end(sessionId, executor = db) {
      const ended = await endSessions(context(executor), sql`s.id = ${assertHash(sessionId)}`);
      return ended.length > 0;
    },

    async endAllBut(personId, sessionId, executor = db) {
      const others = sql`s.person_id = ${personId} and s.id <> ${assertHash(sessionId)}`;
      return (await endSessions(context(executor), others)).length;
    },

    async list(personId) {
      const s = alias(session, 's');
      return db
        .select({ id: s.id, device: s.device, createdAt: s.createdAt, lastSeenAt: s.lastSeenAt })
        .from(s)
        .where(and(eq(s.personId, personId), sql`not ${isOver(clock.now())}`))
        .orderBy(desc(s.lastSeenAt));
    },

    clearCookie: () => plain.createBlankSessionCookie().serialize(),

    async deleteExpired() {
      return (await endSessions(context(db), isOver(clock.now()))).length;
    },
  };
  return sessions;
}
