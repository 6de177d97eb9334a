import { createSessions } from '@wijk/auth';
import { type Database, hintLive } from '@wijk/db/kernel';
import { type Clock, systemClock } from '@wijk/domain/kernel';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from './config.ts';
import { LiveHub } from './http/live.ts';
import { dispatchOne } from './jobs/dispatcher.ts';
import { houseKeeping } from './jobs/housekeeping.ts';
import type { NamedJob } from './jobs/worker.ts';
import { readMember } from './modules/identity/index.ts';
import { notificationJobs } from './modules/notifications/index.ts';
import { vraagbaakJobs } from './modules/vraagbaak/index.ts';
import { Wijken } from './modules/wijk/index.ts';
import type { Services } from './services.ts';

export interface Parts {
  config: Config;
  db: Database;
  log: FastifyBaseLogger;
  secret: string;
  smtpUrl: string;
  clock?: Clock;
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
  return {
    config,
    db,
    log,
    clock,
    secret: parts.secret,
    smtpUrl: parts.smtpUrl,
    live,
    wijken: new Wijken(db, clock, config.defaultWijk),
    sessions,
    subscriptions: new Map(),
    subscribers: new Map(),
    state: { stopping: false, pagesUnderWay: 0 },
  };
}

/** Everything that is done in the background. */
export const allJobs: readonly NamedJob[] = [
  { name: 'events', run: dispatchOne },
  ...vraagbaakJobs,
  ...notificationJobs,
  houseKeeping(),
];
