import type { ReplyOf, readRoster as rosterContract } from '@wijk/contracts';
import { listDuties } from '@wijk/db/vraagbaak';
import { type Member, rolesWith } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { addDays, localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { listMembersWithRole } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';

const DAYS = 21;

/** Three weeks of who has the duty (V6). From today on only those who are of the redactie now. */
export async function roster(
  services: Services,
  actor: Member,
  wijk: Wijk,
  given: string | undefined,
): Promise<ReplyOf<typeof rosterContract>> {
  const now = services.clock.now();
  const today = localDateOf(now, wijk.timeZone);
  const from = given ?? today;
  const dates = Array.from({ length: DAYS }, (_, day) => addDays(from, day));
  if (dates[0] !== from || dates.includes(undefined))
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'from', code: 'not-a-date' }],
    });
  const [duties, holders] = await Promise.all([
    listDuties(services.db, wijk.id, { from, before: addDays(from, DAYS) ?? from }),
    listMembersWithRole(services.db, wijk.id, rolesWith('vraagbaak.edit-desk'), now),
  ]);
  const editors = new Set(holders.map((holder) => holder.membershipId));
  const shown = duties.filter((duty) => duty.date < today || editors.has(duty.membershipId));
  const mine = (membershipId: string) => membershipId === actor.membershipId;
  return {
    today,
    days: dates.map((date = from) => ({
      date,
      people: shown
        .filter((duty) => duty.date === date)
        .map(({ membershipId, name, startedAt, endedAt }) => ({
          membershipId,
          name,
          mine: mine(membershipId),
          startedAt: startedAt?.toISOString() ?? null,
          endedAt: endedAt?.toISOString() ?? null,
        })),
    })),
    editors: holders.map(({ membershipId, name }) => ({
      membershipId,
      name: name ?? '',
      mine: mine(membershipId),
    })),
  };
}
