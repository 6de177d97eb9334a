import type { listSessions, ReplyOf } from '@wijk/contracts';
import type { Member } from '@wijk/domain/identity';
import type { Services } from '../../../services.ts';

/** What a list shows of a session's id: enough to tell one's own sessions apart. */
export const shownId = (id: string): string => id.slice(0, 16);

export async function ownSessions(
  { sessions }: Services,
  actor: Member,
): Promise<ReplyOf<typeof listSessions>> {
  const own = await sessions.list(actor.personId);
  return {
    items: own.map(({ id, device, createdAt, lastSeenAt }) => ({
      id: shownId(id),
      device,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      current: id === actor.sessionId,
    })),
  };
}
