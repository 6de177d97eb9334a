import type {
  listPeople as listContract,
  readRoleLog as logContract,
  PersonRow,
  QueryOf,
  ReplyOf,
  RoleLogEntry,
  readPerson as readContract,
} from '@wijk/contracts';
import {
  listPeople,
  listRoleChanges,
  readExpertise,
  readMemberRow,
  type StoredMemberRow,
  type StoredRoleChange,
} from '@wijk/db/identity';
import { ROLES, type Role, type SignedInActor } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { z } from 'zod';
import type { Services } from '../../../services.ts';

const LOG_OF_ONE = 50;

/**
 * The day, as its noon: a guest joins with their first question, so the very moment would tell an
 * admin which question without a name is theirs.
 */
const dayOf = (at: Date) => `${at.toISOString().slice(0, 10)}T12:00:00.000Z`;

const personRow = (member: StoredMemberRow): PersonRow => ({
  id: member.id,
  name: member.name ?? '',
  email: member.email ?? '',
  title: member.title ?? '',
  joinedAt: dayOf(member.joinedAt),
  roles: member.roles.map(({ role, since }) => ({
    role,
    since: role === 'resident' ? dayOf(since) : since.toISOString(),
  })),
});

const isRole = (role: string): role is Role => (ROLES as readonly string[]).includes(role);

/** That somebody became a resident is no change by anybody: it is their joining. */
const logEntry = (change: StoredRoleChange): RoleLogEntry[] =>
  isRole(change.role) && change.role !== 'resident'
    ? [
        {
          id: change.id,
          kind: change.kind,
          role: change.role,
          at: change.at.toISOString(),
          person: { id: change.membershipId, name: change.name ?? '' },
          by: change.by,
        },
      ]
    : [];

/** Members by name, a page at a time. */
export async function people(
  { db, clock }: Services,
  wijkId: string,
  { search, role, cursor, limit }: QueryOf<typeof listContract>,
): Promise<ReplyOf<typeof listContract>> {
  const after =
    cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.string(), z.uuid()]));
  const rows = await listPeople(
    db,
    wijkId,
    {
      search: search === '' ? undefined : search,
      role,
      after: after && { name: after[0], id: after[1] },
      limit: limit + 1,
    },
    clock.now(),
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(personRow),
    nextCursor: rows.length > limit && last ? writeCursor([last.name ?? '', last.id]) : null,
  };
}

/** @throws `identity.member-not-found` */
export async function onePerson(
  { db, clock }: Services,
  actor: SignedInActor,
  membershipId: string,
): Promise<ReplyOf<typeof readContract>> {
  const now = clock.now();
  const member = await readMemberRow(db, actor.wijkId, membershipId, now);
  if (!member) throw new DomainError('not-found', 'identity.member-not-found');
  const [themes, log] = await Promise.all([
    readExpertise(db, actor.wijkId, membershipId),
    listRoleChanges(db, actor.wijkId, { personId: member.personId, limit: LOG_OF_ONE, now }),
  ]);
  return {
    ...personRow(member),
    self: member.personId === actor.personId,
    themes,
    log: log.flatMap(logEntry),
    mayGrantPlatform: actor.roles.has('platform-admin'),
  };
}

/** Who got and lost which role, newest first. */
export async function roleLog(
  { db, clock }: Services,
  wijkId: string,
  { cursor, limit }: QueryOf<typeof logContract>,
): Promise<ReplyOf<typeof logContract>> {
  const after =
    cursor === undefined ? undefined : readCursor(cursor, z.tuple([z.iso.datetime(), z.string()]));
  const rows = await listRoleChanges(db, wijkId, {
    after: after && { at: new Date(after[0]), id: after[1] },
    limit: limit + 1,
    now: clock.now(),
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.flatMap(logEntry),
    nextCursor: rows.length > limit && last ? writeCursor([last.at.toISOString(), last.id]) : null,
  };
}

const writeCursor = (position: readonly string[]) =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

function readCursor<T>(cursor: string, position: z.ZodType<T>): T {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'cursor', code: 'invalid' }],
    });
  }
}
