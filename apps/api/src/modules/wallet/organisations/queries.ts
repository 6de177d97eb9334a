import type {
  listOrganisations as listContract,
  OperatorView,
  ReplyOf,
  readOrganisation as readContract,
} from '@wijk/contracts';
import {
  listOperators,
  listOrganisations,
  type OperatorRow,
  readOrganisation,
  type StoredOrganisation,
} from '@wijk/db/wallet';
import { can, type Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../pay.ts';

const factsOf = ({ id, name, about, createdAt, closedAt }: StoredOrganisation) => ({
  ...{ id, name, about },
  createdAt: createdAt.toISOString(),
  closedAt: closedAt?.toISOString() ?? null,
});

export async function organisationList(
  { db }: Services,
  wijk: Wijk,
): Promise<ReplyOf<typeof listContract>> {
  const rows = await listOrganisations(db, wijk.id);
  return {
    items: rows.map((row) => ({
      ...factsOf(row),
      managers: row.managers.map((name) => name ?? ''),
      operators: row.operators,
    })),
  };
}

/**
 * For who acts for it and for officers of the wijk. What others may and spent is for managers and officers.
 * @throws `wallet.organisation-not-found`
 */
export async function oneOrganisation(
  services: Services,
  actor: Member,
  wijk: Wijk,
  id: string,
): Promise<ReplyOf<typeof readContract>> {
  const { db, clock } = services;
  const found = await readOrganisation(db, wijk.id, id);
  const all = found ? await listOperators(db, wijk.id, id) : [];
  const own = all.find(({ membershipId }) => membershipId === actor.membershipId);
  const officer = can(actor, 'wallet.organisations');
  if (!found || (!own && !officer))
    throw new DomainError('not-found', 'wallet.organisation-not-found');
  const mayManage = officer || own?.role === 'manager';
  const { plural } = await services.wallet.policies.current(wijk.id);
  const today = localDateOf(clock.now(), wijk.timeZone);
  return {
    ...factsOf(found),
    role: own?.role ?? null,
    mayManage,
    mayChange: officer,
    unit: plural,
    operators: (mayManage ? all : all.filter((one) => one === own)).map((one) =>
      viewOf(one, today, actor.membershipId),
    ),
  };
}

const viewOf = (row: OperatorRow, today: string, reader: string): OperatorView => ({
  member: row.membershipId,
  name: row.name,
  self: row.membershipId === reader,
  role: row.role,
  dailyLimit: row.dailyLimit,
  spentToday: row.spentDay === today ? row.spentToday : 0,
  since: row.since.toISOString(),
});
