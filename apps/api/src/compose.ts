import { createSessions } from '@wijk/auth';
import { type Database, hintLive } from '@wijk/db/kernel';
import { type Clock, systemClock } from '@wijk/domain/kernel';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from './config.ts';
import { LiveHub } from './http/live.ts';
import { dispatchOne } from './jobs/dispatcher.ts';
import { houseKeeping } from './jobs/housekeeping.ts';
import { searchJobs } from './jobs/search-index.ts';
import type { NamedJob } from './jobs/worker.ts';
import { isInvited, readMember } from './modules/identity/index.ts';
import { Book, ledgerJobs } from './modules/ledger/index.ts';
import {
  appointmentJobs,
  complaintJobs,
  curationJobs,
  handoverJobs,
  marketListingJobs,
  orderJobs,
  reviewJobs,
  seriesJobs,
  vettingJobs,
} from './modules/market/index.ts';
import { Mailer, notificationJobs } from './modules/notifications/index.ts';
import { PhotoRoom } from './modules/photos/index.ts';
import { composeSearch, type Search } from './modules/search/index.ts';
import { vraagbaakJobs } from './modules/vraagbaak/index.ts';
import { bookJobs, composeWallet, treasuryJobs, walletJobs } from './modules/wallet/index.ts';
import { Wijken } from './modules/wijk/index.ts';
import type { Services } from './services.ts';

export interface Parts {
  config: Config;
  db: Database;
  log: FastifyBaseLogger;
  secret: string;
  smtpUrl: string;
  clock?: Clock;
  /** another search than the configured one */
  search?: Search | undefined;
}

/** Puts the services together; the modules then register themselves on them. */
export function composeServices(parts: Parts): Services {
  const { config, db, log } = parts;
  const clock = parts.clock ?? systemClock;
  const live = new LiveHub({
    now: () => clock.now(),
    announce: (hint) => hintLive(db, hint),
    actorOf: async (cookie, wijkId) =>
      (await sessions.actor(cookie, wijkId, { passive: true })).actor,
    nameOf: async (wijkId, membershipId) =>
      (await readMember(db, wijkId, membershipId, clock.now())).name,
    onError: (err) => log.error({ err }, 'presence was not told'),
  });
  const sessions = createSessions({
    db,
    clock,
    log,
    secure: config.origins.every((origin) => origin.startsWith('https:')),
    onEnded: (ids: readonly string[]) => {
      for (const id of ids) live.endSession(id);
    },
  });
  const wijken = new Wijken(db, clock, config.defaultWijk);
  const book = new Book({ db, clock, wijken });
  const subscriptions = new Map<string, string[]>();
  return {
    config,
    db,
    log,
    clock,
    secret: parts.secret,
    smtpUrl: parts.smtpUrl,
    mailer: new Mailer(),
    live,
    search: parts.search ?? composeSearch({ config, db, clock, log }),
    photos: new PhotoRoom({ clock, config }),
    book,
    wallet: composeWallet({ db, clock, book, subscriptions }),
    wijken,
    isInvited: async (wijkId, id) => isInvited({ db, clock }, wijkId, id),
    sessions,
    subscriptions,
    subscribers: new Map(),
    state: { stopping: false, pagesUnderWay: 0 },
  };
}

/** An event waits for the database more than it works. */
const EVENT_LANES = 4;

/** Everything that is done in the background. */
export const allJobs: readonly NamedJob[] = [
  { name: 'events', run: dispatchOne, lanes: EVENT_LANES },
  ...vraagbaakJobs,
  ...notificationJobs,
  ...walletJobs,
  ...orderJobs,
  ...seriesJobs,
  ...reviewJobs,
  ...appointmentJobs,
  ...complaintJobs,
  ...searchJobs,
  ...ledgerJobs,
  ...bookJobs,
  ...treasuryJobs,
  ...marketListingJobs,
  ...handoverJobs,
  ...curationJobs,
  ...vettingJobs,
  houseKeeping(),
];
