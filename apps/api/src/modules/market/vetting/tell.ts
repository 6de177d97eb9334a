import type { EventType } from '@wijk/contracts';
import { appendEvent, type Transaction } from '@wijk/db/kernel';
import type { Services } from '../../../services.ts';

/** Writes what happened to a provider, with its key alone. */
export async function tellProvider(
  services: Pick<Services, 'subscriptions' | 'clock'>,
  tx: Transaction,
  type: Extract<EventType, `provider.${string}` | `terms.${string}`>,
  { wijkId, key }: { wijkId: string; key: string },
): Promise<void> {
  await appendEvent(tx, services.subscriptions, services.clock.now(), {
    wijkId,
    type,
    payload: { provider: key },
  });
}
