import type {
  findPayees as contract,
  readPayee as one,
  ParamsOf,
  QueryOf,
  ReplyOf,
} from '@wijk/contracts';
import { searchPayees } from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import type { Services } from '../../services.ts';
import { payeeOf } from './access.ts';
import { partyOf, unitOf } from './views.ts';

const FOUND_AT_MOST = 8;

/** Who could be paid, by the beginning of a name; the same whether or not they ever opened their wallet. */
export async function findPayees(
  { db }: Services,
  actor: Member,
  { q }: QueryOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  const options = { except: actor.membershipId, limit: FOUND_AT_MOST };
  return { items: await searchPayees(db, actor.wijkId, q, options) };
}

/** @throws `wallet.payee-not-found` */
export async function readPayee(
  services: Services,
  wijk: { id: string },
  { kind, id }: Pick<ParamsOf<typeof one>, 'kind' | 'id'>,
): Promise<ReplyOf<typeof one>> {
  const { holder } = await payeeOf(services, wijk.id, { kind, id });
  return {
    unit: unitOf(await services.wallet.policies.current(wijk.id)),
    payee: partyOf(holder),
  };
}
