import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { instant, wijkId } from '../kernel/columns.ts';
import { wijk } from '../wijk/tables.ts';

export const identity = pgSchema('identity');

/** Installation-wide. Erasing empties the row and never deletes it. */
export const person = identity.table(
  'person',
  {
    id: uuid('id').primaryKey(),
    /** lower case; null once erased */
    email: text('email').unique(),
    name: text('name'),
    createdAt: instant('created_at').notNull(),
    erasedAt: instant('erased_at'),
  },
  (t) => [check('person_email_lower', sql`${t.email} = lower(${t.email})`)],
);

/** Everything outside identity refers to a person by this. */
export const membership = identity.table(
  'membership',
  {
    wijkId: wijkId().references(() => wijk.id),
    id: uuid('id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** function, as shown beside the name: "Wmo-consulent" */
    title: text('title'),
    about: text('about').notNull().default(''),
    joinedAt: instant('joined_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    unique('membership_person').on(t.wijkId, t.personId),
    index('membership_by_person').on(t.personId),
  ],
);

/** A role is a grant with dates. A platform admin's has no wijk. */
export const roleGrant = identity.table(
  'role_grant',
  {
    id: uuid('id').primaryKey(),
    wijkId: uuid('wijk_id').references(() => wijk.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    role: text('role').notNull(),
    validFrom: instant('valid_from').notNull(),
    validUntil: instant('valid_until'),
    /** null: by the command line or at first start */
    grantedBy: uuid('granted_by').references(() => person.id),
    revokedBy: uuid('revoked_by').references(() => person.id),
  },
  (t) => [
    index('role_grant_person').on(t.personId),
    index('role_grant_role').on(t.wijkId, t.role),
    check('role_grant_scope', sql`(${t.wijkId} is null) = (${t.role} = 'platform-admin')`),
  ],
);

/** What an expert knows, and on whose word (V7). */
export const expertise = identity.table(
  'expertise',
  {
    wijkId: wijkId(),
    membershipId: uuid('membership_id').notNull(),
    theme: text('theme').notNull(),
    source: text('source', { enum: ['self', 'endorsed', 'verified'] }).notNull(),
    /** place in the list of the theme: whom the ladder asks next (V5) */
    position: integer('position').notNull().default(0),
    validUntil: instant('valid_until'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.membershipId, t.theme] }),
    index('expertise_theme').on(t.wijkId, t.theme),
    foreignKey({
      columns: [t.wijkId, t.membershipId],
      foreignColumns: [membership.wijkId, membership.id],
      name: 'expertise_membership',
    }),
  ],
);

/** A mailed code, stored as a keyed hash. Wrong tries are counted apart for each way in. */
export const signInChallenge = identity.table(
  'sign_in_challenge',
  {
    id: uuid('id').primaryKey(),
    wijkId: wijkId().references(() => wijk.id),
    email: text('email').notNull(),
    codeHash: text('code_hash').notNull(),
    draftId: uuid('draft_id'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** wrong tries on the device that asked */
    attempts: integer('attempts').notNull().default(0),
    /** wrong tries by address and code, from elsewhere */
    attemptsElsewhere: integer('attempts_elsewhere').notNull().default(0),
    usedAt: instant('used_at'),
  },
  (t) => [
    index('challenge_email').on(t.email, t.createdAt.desc()),
    index('challenge_expiry').on(t.expiresAt),
  ],
);

/** The id is the SHA-256 of the cookie's token: the database never holds a token. */
export const session = identity.table(
  'session',
  {
    id: text('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    device: text('device').notNull(),
  },
  (t) => [
    index('session_person').on(t.personId),
    index('session_expiry').on(t.expiresAt),
    check('session_id_is_hash', sql`${t.id} ~ '^[0-9a-f]{64}$'`),
  ],
);

/** Someone who was asked to come in; signing in with the address accepts it. */
export const invitation = identity.table(
  'invitation',
  {
    wijkId: wijkId().references(() => wijk.id),
    id: uuid('id').notNull(),
    /** lower case; emptied once accepted, revoked or expired */
    email: text('email'),
    name: text('name').notNull().default(''),
    title: text('title'),
    roles: jsonb('roles').$type<string[]>().notNull(),
    /** what an expert will know, with the place in the list of each theme */
    themes: jsonb('themes').$type<{ theme: string; position: number }[]>().notNull().default([]),
    invitedBy: uuid('invited_by')
      .notNull()
      .references(() => person.id),
    invitedAt: instant('invited_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    acceptedBy: uuid('accepted_by').references(() => person.id),
    revokedAt: instant('revoked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.wijkId, t.id] }),
    uniqueIndex('invitation_open')
      .on(t.wijkId, t.email)
      .where(sql`${t.acceptedAt} is null and ${t.revokedAt} is null`),
    index('invitation_by_email').on(t.email),
    index('invitation_newest').on(t.wijkId, t.invitedAt.desc()),
    check('invitation_email_lower', sql`${t.email} = lower(${t.email})`),
  ],
);
