import { forgetOldPresses } from '@wijk/db/kernel';
import { HOUR_MS } from '@wijk/domain/kernel';
import { tidyIdentity } from '../modules/identity/index.ts';
import { cleanMarket } from '../modules/market/index.ts';
import { tidyNotifications } from '../modules/notifications/index.ts';
import { cleanVraagbaak } from '../modules/vraagbaak/index.ts';
import type { NamedJob } from './worker.ts';

/** Once an hour: removes what is past its time. Harmless when several workers do it at once. */
export function houseKeeping(): NamedJob {
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    name: 'housekeeping',
    run: async (services) => {
      const now = services.clock.now();
      if (now.getTime() - lastAt < HOUR_MS) return false;
      lastAt = now.getTime();
      await forgetOldPresses(services.db, now);
      await cleanVraagbaak(services);
      await cleanMarket(services);
      await tidyIdentity(services);
      await tidyNotifications(services);
      return false;
    },
  };
}
