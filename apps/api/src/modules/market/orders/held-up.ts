import type { listHeldUpOrders as contract, ReplyOf } from '@wijk/contracts';
import { listHeldUp } from '@wijk/db/market';
import type { Services } from '../../../services.ts';
import { unitOf } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { partyOf } from './sides.ts';
import { namesOf, partyView } from './views.ts';

/** More than a treasurer looks at in a morning. */
const LISTED = 100;

/** For the treasurer, who can let a wallet go again: whose it is and how much waits, not what for or with whom. */
export async function heldUpOrders(
  { db, wallet }: Services,
  wijk: Wijk,
): Promise<ReplyOf<typeof contract>> {
  const rows = await listHeldUp(db, wijk.id, LISTED);
  const names = await namesOf(db, wijk.id, rows);
  return {
    unit: unitOf(await wallet.policies.current(wijk.id)),
    items: rows.flatMap(({ id, heldUpSince, heldUpSide, dueAt, reserved, ...order }) =>
      heldUpSince && heldUpSide && dueAt
        ? [
            {
              ...{ id, holder: partyView(partyOf(order, heldUpSide), names), amount: reserved },
              ...{ since: heldUpSince.toISOString(), nextTry: dueAt.toISOString() },
            },
          ]
        : [],
    ),
  };
}
