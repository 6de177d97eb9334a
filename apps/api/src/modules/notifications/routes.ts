import * as contract from '@wijk/contracts';
import { readNotices } from '@wijk/db/notifications';
import { byLink, may } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { changeLinkChoices, changeOwnChoices, linkChoices, ownChoices } from './mail-choices.ts';
import { ownNotices } from './queries/notices.ts';

const own = may('notifications.own');

export function noticeRoutes(app: App, services: Services): void {
  app.route(contract.listNotices, { policy: own }, ({ actor, query }) =>
    ownNotices(services, memberOf(actor), query),
  );

  app.route(contract.readNotices, { policy: own }, async ({ actor }) => {
    await readNotices(services.db, memberOf(actor), services.clock.now());
    return undefined;
  });
}

export function mailChoiceRoutes(app: App, services: Services): void {
  app.route(contract.readMailChoices, { policy: own }, async ({ actor }) => ({
    choices: await ownChoices(services, memberOf(actor)),
  }));

  app.route(contract.changeMailChoices, { policy: own }, ({ actor, body }) =>
    changeOwnChoices(services, memberOf(actor), body.wanted),
  );

  const link = byLink('unsubscribing works without signing in');
  app.route(contract.readUnsubscribe, { policy: link, perMinute: 60 }, ({ wijk, params }) =>
    linkChoices(services, wijk.id, params.token),
  );

  app.route(contract.changeUnsubscribe, { policy: link, perMinute: 60 }, ({ wijk, params, body }) =>
    changeLinkChoices(services, wijk.id, params.token, body.wanted),
  );
}
