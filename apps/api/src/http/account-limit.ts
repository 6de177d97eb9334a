import type { Actor } from '@wijk/domain/identity';
import { DomainError, MINUTE_MS } from '@wijk/domain/kernel';
import { perMinute } from '../limits.ts';
import type { Services } from '../services.ts';

/**
 * Counts the calls of an account to one operation in this process, minute by minute, as the limit by address
 * does: whoever has many addresses has one account. Visitors are counted by their address alone.
 * @returns what counts a call. It throws `kernel.too-many`
 */
export function accountLimit(
  { clock, config }: Pick<Services, 'clock' | 'config'>,
  limit: number,
): (actor: Actor) => void {
  const most = perMinute(config, limit);
  const counts = new Map<string, number>();
  let minute = 0;
  return (actor) => {
    if (actor.kind === 'visitor') return;
    const now = Math.floor(clock.now().getTime() / MINUTE_MS);
    if (now !== minute) counts.clear();
    minute = now;
    const count = (counts.get(actor.personId) ?? 0) + 1;
    counts.set(actor.personId, count);
    if (count > most) throw new DomainError('too-many', 'kernel.too-many');
  };
}
