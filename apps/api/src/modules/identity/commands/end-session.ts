import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import { shownId } from '../queries/own-sessions.ts';

/**
 * Ends one of the actor's own sessions, by the id under which it is shown.
 * @returns whether it was the one in use
 * @throws `kernel.not-found`, also for somebody else's
 */
export async function endOwnSession(
  { sessions }: Services,
  actor: Member,
  shown: string,
): Promise<boolean> {
  const found = (await sessions.list(actor.personId)).find(({ id }) => shownId(id) === shown);
  if (!found) throw new DomainError('not-found', 'kernel.not-found');
  await sessions.end(found.id);
  return found.id === actor.sessionId;
}
