import * as contract from '@wijk/contracts';
import { byLink, may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import { listingAgenda, saveListingAgenda } from './agenda.ts';
import { addAgendaException, dropAgendaException, ownCalendar } from './calendar.ts';
import { appointmentFile, endFeed, feedFile, makeFeed } from './feed.ts';
import { freeTimes } from './times.ts';

export { invitationOf } from './feed.ts';
export { appointmentJobs } from './remind.ts';

/** When helpers can be asked to come, and when they are taken (M5). */
export function registerMarketAppointments(app: App, s: Services): void {
  const read = { policy: may('market.read'), perMinute: 120 };
  app.route(contract.readFreeTimes, read, ({ wijk, params, query }) =>
    freeTimes(s, wijk, params.listing, query),
  );
  const author = { policy: may('market.list'), perMinute: 60 };
  app.route(contract.readListingAgenda, author, ({ actor, params }) =>
    listingAgenda(s, memberOf(actor), params.listing),
  );
  app.route(contract.saveListingAgenda, author, ({ actor, params, body }) =>
    saveListingAgenda(s, memberOf(actor), params.listing, body),
  );
  const own = { policy: may('market.order'), perMinute: 60 };
  app.route(contract.readCalendar, { policy: own.policy }, ({ actor, wijk }) =>
    ownCalendar(s, memberOf(actor), wijk),
  );
  app.route(contract.addAgendaException, own, ({ actor, wijk, body, idempotencyKey }) =>
    addAgendaException(s, memberOf(actor), wijk, body, idempotencyKey),
  );
  app.route(contract.dropAgendaException, own, ({ actor, params }) =>
    dropAgendaException(s, memberOf(actor), params.exception),
  );
  files(app, s);
}

function files(app: App, s: Services): void {
  const policy = may('market.order');
  app.route(contract.makeCalendarFeed, { policy, perMinute: 20 }, ({ actor, body }) =>
    makeFeed(s, memberOf(actor), body.titles),
  );
  app.route(contract.dropCalendarFeed, { policy }, ({ actor }) => endFeed(s, memberOf(actor)));
  app.route(contract.appointmentFile, { policy }, ({ actor, wijk, params }) =>
    appointmentFile(s, memberOf(actor), wijk, params.order),
  );
  const link = byLink('calendars elsewhere cannot sign in: the address itself is the secret');
  app.route(contract.calendarFeed, { policy: link, perMinute: 120 }, ({ wijk, params }) =>
    feedFile(s, wijk, params.token),
  );
}
