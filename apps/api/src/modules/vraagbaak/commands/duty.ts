import { inTransaction } from '@wijk/db/kernel';
import { beginDuty, deleteDuty, finishDuty, insertDuty } from '@wijk/db/vraagbaak';
import { can, type Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { addDays, localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { readMember } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { hintDesk } from '../standing.ts';

/** How far ahead one plans. */
const DAYS_AHEAD = 366;

const invalidDate = () =>
  new DomainError('invalid', 'kernel.invalid', {
    errors: [{ pointer: 'date', code: 'not-a-date' }],
  });

/** A date that exists; in the wijk's time zone as all dates of the roster. */
function assertPlannable(services: Services, wijk: Wijk, date: string): void {
  const today = localDateOf(services.clock.now(), wijk.timeZone);
  if (addDays(date, 0) !== date) throw invalidDate();
  if (date < today)
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'date', code: 'date-past' }],
    });
  const last = addDays(today, DAYS_AHEAD);
  if (last === undefined || date > last) throw invalidDate();
}

/**
 * Puts an editor on the roster (V6), from today up to a year ahead.
 * @throws `kernel.invalid` at `date` or, for a member who is no editor, at `member`;
 *   `identity.member-not-found`
 */
export async function planDuty(
  services: Services,
  wijk: Wijk,
  { date, member }: { date: string; member: string },
): Promise<void> {
  assertPlannable(services, wijk, date);
  await inTransaction(services.db, async (tx) => {
    const { roles } = await readMember(tx, wijk.id, member, services.clock.now());
    if (!can({ kind: 'member', roles } as Member, 'vraagbaak.edit-desk'))
      throw new DomainError('invalid', 'kernel.invalid', {
        errors: [{ pointer: 'member', code: 'invalid-choice' }],
      });
    await insertDuty(tx, { wijkId: wijk.id, date, membershipId: member });
    await hintDesk(tx, wijk.id, 'roster');
  });
}

/**
 * Takes somebody off the roster.
 * @throws `vraagbaak.duty-begun`, `vraagbaak.duty-not-found`
 */
export async function unplanDuty(
  services: Services,
  wijk: Wijk,
  { date, member }: { date: string; member: string },
): Promise<void> {
  if (addDays(date, 0) !== date) throw invalidDate();
  await inTransaction(services.db, async (tx) => {
    const had = await deleteDuty(tx, { wijkId: wijk.id, date, membershipId: member });
    if (had === 'none') throw new DomainError('not-found', 'vraagbaak.duty-not-found');
    if (had === 'begun') throw new DomainError('conflict', 'vraagbaak.duty-begun');
    await hintDesk(tx, wijk.id, 'roster');
  });
}

/** The actor's duty of today begins or ends, whether it was planned or not. */
export async function changeMyDuty(
  services: Services,
  actor: Member,
  wijk: Wijk,
  to: 'started' | 'ended',
): Promise<void> {
  const now = services.clock.now();
  const mine = {
    wijkId: wijk.id,
    date: localDateOf(now, wijk.timeZone),
    membershipId: actor.membershipId,
  };
  await inTransaction(services.db, async (tx) => {
    await (to === 'started' ? beginDuty(tx, mine, now) : finishDuty(tx, mine, now));
    await hintDesk(tx, wijk.id, 'roster');
  });
}
