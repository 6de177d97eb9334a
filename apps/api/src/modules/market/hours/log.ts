import type {
  BodyOf,
  correctHours as correctContract,
  EventType,
  logHours as logContract,
} from '@wijk/contracts';
import {
  appendEvent,
  hintLive,
  inTransaction,
  type Transaction,
  violatedConstraint,
} from '@wijk/db/kernel';
import {
  findHours,
  insertHours,
  lockHours,
  minutesStanding,
  type StoredHours,
  decideHours as saveDecision,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { correctionOf, validateHours } from '@wijk/domain/market';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import { organisationNames } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';

const fault = (pointer: string, code: string) =>
  new DomainError('invalid', 'kernel.invalid', { errors: [{ pointer, code }] });
const hoursNotFound = () => new DomainError('not-found', 'market.hours-not-found');

/** Tells whoever has to look, and their open pages. */
async function tell(
  { subscriptions, clock }: Services,
  tx: Transaction,
  type: Extract<EventType, `hours.${string}`>,
  { wijkId, id, memberId, receiverId }: StoredHours,
): Promise<void> {
  await appendEvent(tx, subscriptions, clock.now(), { wijkId, type, payload: { hoursId: id } });
  await hintLive(
    tx,
    ...[memberId, receiverId].map((m) => ({ w: wijkId, t: 'me' as const, m, k: 'hours' })),
  );
}

/**
 * Somebody writes down what they did and who was helped, once for one press. It counts when that neighbour confirms.
 * @throws `kernel.invalid`, `kernel.idempotency-mismatch`
 */
export async function logHours(
  services: Services,
  { wijkId, membershipId }: Member,
  wijk: Wijk,
  asked: BodyOf<typeof logContract>,
  pressId: string,
): Promise<{ id: string }> {
  const { db, clock } = services;
  const now = clock.now();
  const { member, organisation, day, minutes, what } = asked;
  validateHours({ day, minutes, what }, localDateOf(now, wijk.timeZone));
  if (member === membershipId || !(await memberNames(db, wijkId, [member])).get(member))
    throw fault('member', 'invalid-choice');
  if (organisation && !(await organisationNames(db, wijkId, [organisation])).has(organisation))
    throw fault('organisation', 'invalid-choice');
  return write(services, {
    ...{ wijkId, id: pressId, memberId: membershipId, receiverId: member, orderId: null },
    ...{ organisationId: organisation, day, minutes, paid: false, what, corrects: null },
    ...{ state: 'logged', madeAt: now, decidedAt: null },
  });
}

async function write(services: Services, row: StoredHours): Promise<{ id: string }> {
  return inTransaction(services.db, async (tx) => {
    if (await insertHours(tx, row)) {
      await tell(services, tx, 'hours.logged.v1', row);
      return { id: row.id };
    }
    const before = await findHours(tx, row.wijkId, row.id);
    const same = (
      ['memberId', 'receiverId', 'organisationId', 'day', 'corrects', 'what'] as const
    ).every((field) => before?.[field] === row[field]);
    if (!same || (row.corrects === null && before?.minutes !== row.minutes))
      throw new DomainError('conflict', 'kernel.idempotency-mismatch');
    return { id: row.id };
  });
}

/**
 * Says what hours that were confirmed should have been: a row of its own, which whoever was helped confirms as well.
 * @throws `market.hours-not-found`, `market.hours-not-confirmed`, `market.hours-correction-waits`, `kernel.invalid`,
 *   `kernel.idempotency-mismatch`
 */
export async function correctHours(
  services: Services,
  { wijkId, membershipId }: Member,
  id: string,
  { minutes, what }: BodyOf<typeof correctContract>,
  pressId: string,
): Promise<{ id: string }> {
  const { db, clock } = services;
  const of = await findHours(db, wijkId, id);
  if (!of || of.memberId !== membershipId || of.corrects !== null) throw hoursNotFound();
  const before = await findHours(db, wijkId, pressId);
  if (before && before.corrects === id && before.what === what) return { id: pressId };
  if (of.state !== 'confirmed') throw new DomainError('conflict', 'market.hours-not-confirmed');
  const standing = (await minutesStanding(db, wijkId, [id])).get(id) ?? 0;
  const difference = correctionOf(standing, minutes);
  try {
    return await write(services, {
      ...{ wijkId, id: pressId, memberId: of.memberId, receiverId: of.receiverId, orderId: null },
      ...{ organisationId: of.organisationId, day: of.day, minutes: difference, paid: of.paid },
      ...{ what, corrects: id, state: 'logged', madeAt: clock.now(), decidedAt: null },
    });
  } catch (error) {
    if (violatedConstraint(error) !== 'hours_one_correction') throw error;
    throw new DomainError('conflict', 'market.hours-correction-waits');
  }
}

const STATES = { confirm: 'confirmed', decline: 'declined', withdraw: 'withdrawn' } as const;

/**
 * Who was helped says whether it is right, or who wrote it down takes it back; once. The same again changes nothing.
 * @throws `market.hours-not-found`, `market.hours-decided`
 */
export async function decideHours(
  services: Services,
  { wijkId, membershipId }: Member,
  id: string,
  decision: keyof typeof STATES,
): Promise<void> {
  const { db, clock } = services;
  await inTransaction(db, async (tx) => {
    const row = await lockHours(tx, wijkId, id);
    const whose = decision === 'withdraw' ? row?.memberId : row?.receiverId;
    if (!row || whose !== membershipId) throw hoursNotFound();
    const state = STATES[decision];
    if (row.state === state) return;
    if (row.state !== 'logged') throw new DomainError('conflict', 'market.hours-decided');
    await saveDecision(tx, wijkId, id, { state, decidedAt: clock.now() });
    if (decision !== 'withdraw') await tell(services, tx, 'hours.decided.v1', row);
  });
}
