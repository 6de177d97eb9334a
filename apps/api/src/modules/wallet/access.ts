import type { PayTo } from '@wijk/contracts';
import {
  actsFor,
  findHolder,
  findHolderByCode,
  findPayRequest,
  type Holder,
  isOpenOrganisation,
  listActing,
  type PayRequest,
} from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../services.ts';
import { readMember } from '../identity/index.ts';
import { openHolder } from './holders.ts';
import { holdersBy } from './views.ts';

/**
 * The wallet that an actor looks at or asks for: their own, or that of an organisation that they act for.
 * @throws `wallet.not-operator`
 */
export async function walletOf(
  services: Services,
  actor: Member,
  organisationId: string | null | undefined,
): Promise<Holder> {
  const { wijkId, membershipId } = actor;
  if (!organisationId) return openHolder(services, wijkId, { kind: 'member', membershipId });
  if (!(await actsFor(services.db, wijkId, organisationId, membershipId)))
    throw new DomainError('forbidden', 'wallet.not-operator');
  return openHolder(services, wijkId, { kind: 'organisation', organisationId });
}

/** The accounts of an actor: their own and those of organisations they act for, as far as they are opened. */
export async function walletsOf(services: Services, actor: Member): Promise<Holder[]> {
  const { wijkId, membershipId } = actor;
  const acting = await listActing(services.db, wijkId, membershipId);
  const all = await Promise.all([
    findHolder(services.db, wijkId, { kind: 'member', membershipId }),
    ...acting.map(({ id }) =>
      findHolder(services.db, wijkId, { kind: 'organisation', organisationId: id }),
    ),
  ]);
  return all.filter((holder) => holder !== undefined);
}

const notFound = () => new DomainError('not-found', 'wallet.payee-not-found');

/**
 * Who is paid, and by which request. A wallet that was never opened is opened: whether it was does not show.
 * @throws `wallet.payee-not-found`
 */
export async function payeeOf(
  services: Services,
  wijkId: string,
  to: PayTo,
): Promise<{ holder: Holder; request: PayRequest | null }> {
  if (to.kind === 'code') {
    const found = await byCode(services, wijkId, to.code);
    if (!found) throw notFound();
    return found;
  }
  const { db, clock } = services;
  if (to.kind === 'member') {
    await readMember(db, wijkId, to.id, clock.now()).catch((error: unknown) => {
      throw error instanceof DomainError ? notFound() : error;
    });
    return one(await openHolder(services, wijkId, { kind: 'member', membershipId: to.id }));
  }
  if (to.kind === 'fund') return one(await openHolder(services, wijkId, { kind: 'fund' }));
  if (!(await isOpenOrganisation(db, wijkId, to.id))) throw notFound();
  return one(await openHolder(services, wijkId, { kind: 'organisation', organisationId: to.id }));
}

const one = (holder: Holder) => ({ holder, request: null });

/** Whose printed code it is, or which request. */
export async function byCode(
  services: Services,
  wijkId: string,
  code: string,
): Promise<{ holder: Holder; request: PayRequest | null } | undefined> {
  const request = await findPayRequest(services.db, wijkId, { ref: code });
  if (!request) {
    const holder = await findHolderByCode(services.db, wijkId, code);
    return holder && one(holder);
  }
  const holder = (await holdersBy(services.db, wijkId, [request.payee])).get(request.payee);
  return holder && { holder, request };
}
