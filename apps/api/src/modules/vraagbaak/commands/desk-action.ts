import type { Transaction } from '@wijk/db/kernel';
import { type LockedQuestion, recordDeskAction } from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import { readMember } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';

/** How a question stands at the desk, as the audit keeps it. */
export type Standing = ReturnType<typeof standingOf>;

type Standable = Pick<
  LockedQuestion,
  'claim' | 'assignmentId' | 'assignedTo' | 'status' | 'moderation' | 'duplicateOf' | 'deskVersion'
>;

export function standingOf(question: Standable) {
  return {
    claimBy: question.claim?.by ?? null,
    claimUntil: question.claim?.expiresAt.toISOString() ?? null,
    assignmentId: question.assignmentId,
    assignedTo: question.assignedTo,
    status: question.status,
    moderation: question.moderation,
    duplicateOf: question.duplicateOf,
    deskVersion: question.deskVersion,
  };
}

/**
 * Audit row of a change at the desk; its id is what undo takes. `after` says how the question stands
 * now, its version left to this function; `subjectId` is the row that the action made; `was` is what
 * else an undo needs to know of before.
 */
export async function recordAction(
  tx: Transaction,
  wijk: Wijk,
  actor: Member,
  kind: string,
  question: LockedQuestion,
  after: Partial<Standable>,
  now: Date,
  subjectId: string | null = null,
  was: { endorsedAt?: string; endorsedBy?: string } = {},
): Promise<string> {
  const id = uuidv7(now);
  await recordDeskAction(tx, {
    wijkId: wijk.id,
    id,
    questionId: question.id,
    actorId: actor.membershipId,
    kind,
    subjectId,
    before: { ...standingOf(question), ...was },
    after: standingOf({ ...question, ...after, deskVersion: question.deskVersion + 1 }),
    at: now,
  });
  return id;
}

/**
 * For an action on what the editor saw: refuses when someone acted meanwhile.
 * @throws `vraagbaak.changed-meanwhile`
 */
export function assertUnchanged(question: LockedQuestion, version: number | undefined): void {
  if (version !== undefined && version !== question.deskVersion)
    throw new DomainError('conflict', 'vraagbaak.changed-meanwhile');
}

/** Adds to a refusal who holds the question: "Johan heeft deze vraag opgepakt". */
export async function namingOther<T>(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
  decide: () => T,
): Promise<T> {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'vraagbaak.claimed-by-other') throw error;
    const holder = question.claim
      ? await readMember(tx, wijk.id, question.claim.by, services.clock.now())
      : undefined;
    throw new DomainError(error.kind, error.code, {
      params: { name: holder?.name ?? '', kind: 'claim' },
    });
  }
}
