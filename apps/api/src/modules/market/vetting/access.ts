import type { Executor } from '@wijk/db/kernel';
import { readProviderRow } from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { MYSELF } from '@wijk/domain/market';
import { actsFor, operatorsOf } from '../../wallet/index.ts';

export const providerNotFound = () => new DomainError('not-found', 'market.vetting-not-found');

/** The key of a provider as one names it who acts for it. */
export const ownKey = ({ membershipId }: Pick<Member, 'membershipId'>, named: string): string =>
  named === MYSELF ? `m-${membershipId}` : named;

/** A provider by its key: a member for themselves, or an organisation. */
export const partsOf = (key: string) => {
  const id = key.slice(2);
  return key.startsWith('o-')
    ? { kind: 'organisation' as const, membershipId: null, organisationId: id }
    : { kind: 'member' as const, membershipId: id, organisationId: null };
};

/** Whether somebody is this provider, or acts for it now. */
export async function isProvider(
  db: Executor,
  { wijkId, membershipId }: Pick<Member, 'wijkId' | 'membershipId'>,
  key: string,
): Promise<boolean> {
  const of = partsOf(key);
  return of.organisationId
    ? actsFor(db, wijkId, of.organisationId, membershipId)
    : of.membershipId === membershipId;
}

/** @throws `market.vetting-not-found`, also for a provider of somebody else: what is no one's shows nothing */
export async function assertIsProvider(db: Executor, actor: Member, key: string): Promise<void> {
  if (!(await isProvider(db, actor, key))) throw providerNotFound();
}

/** How others know a provider; '' for somebody who was erased. */
export async function nameOf(db: Executor, wijkId: string, key: string): Promise<string> {
  const of = partsOf(key);
  const row = await readProviderRow(
    db,
    wijkId,
    of.organisationId
      ? { organisationId: of.organisationId }
      : { membershipId: of.membershipId ?? '' },
  );
  return row?.name ?? '';
}

/** Everybody who acts for a provider now: who is told. */
export async function actorsOf(db: Executor, wijkId: string, key: string): Promise<string[]> {
  const of = partsOf(key);
  return of.organisationId ? operatorsOf(db, wijkId, of.organisationId) : [of.membershipId ?? ''];
}
