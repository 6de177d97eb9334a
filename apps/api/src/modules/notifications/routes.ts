import * as contract from '@wijk/contracts';
import { readNotices } from '@wijk/db/notifications';
import { may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { ownNotices } from './queries/notices.ts';

export function noticeRoutes(app: App, services: Services): void {
  app.route(contract.listNotices, { policy: may('notifications.own') }, ({ actor, query }) =>
    ownNotices(services, memberOf(actor), query),
  );

  app.route(contract.readNotices, { policy: may('notifications.own') }, async ({ actor }) => {
    await readNotices(services.db, memberOf(actor), services.clock.now());
    return undefined;
  });
}
