import type { Executor } from '@wijk/db/kernel';
import { listOperators, listOrganisations, readOrganisation } from '@wijk/db/wallet';
import type { Services } from '../../services.ts';
import { openHolder } from './holders.ts';

export { actsFor, earnedByMonth, listActing } from '@wijk/db/wallet';

/* What the market asks of the wallet besides moving credits: who acts for whom, and what there is. */

/** Names of organisations by their id. */
export async function organisationNames(
  db: Executor,
  wijkId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const found = await Promise.all([...new Set(ids)].map((id) => readOrganisation(db, wijkId, id)));
  return new Map(found.flatMap((one) => (one ? [[one.id, one.name] as const] : [])));
}

/** Every organisation of the wijk, by name. */
export async function organisationsOf(
  db: Executor,
  wijkId: string,
): Promise<{ id: string; name: string }[]> {
  return (await listOrganisations(db, wijkId)).map(({ id, name }) => ({ id, name }));
}

/** Memberships of everybody who acts for an organisation now. */
export async function operatorsOf(
  db: Executor,
  wijkId: string,
  organisationId: string,
): Promise<string[]> {
  return (await listOperators(db, wijkId, organisationId)).map(({ membershipId }) => membershipId);
}

/** What a member can pay freely from their own account now, in minor units; budgets come on top. */
export async function availableOf(
  services: Services,
  wijkId: string,
  membershipId: string,
): Promise<number> {
  const { accountId } = await openHolder(services, wijkId, { kind: 'member', membershipId });
  const [account] = await services.book.accounts(wijkId, [accountId]);
  return Math.max(0, account?.available ?? 0);
}
