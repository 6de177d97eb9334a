import type { Sessions } from '@wijk/auth';
import type { Database, Transaction } from '@wijk/db/kernel';
import type { Clock } from '@wijk/domain/kernel';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from './config.ts';
import type { LiveHub } from './http/live.ts';
import type { Book } from './modules/ledger/index.ts';
import type { Mailer } from './modules/notifications/index.ts';
import type { PhotoRoom } from './modules/photos/index.ts';
import type { Search } from './modules/search/index.ts';
import type { Wallet } from './modules/wallet/index.ts';
import type { Wijken } from './modules/wijk/index.ts';

/** A subscriber reacts to one event; it may run more than once and must then change nothing. */
export type Subscriber = (
  tx: Transaction,
  event: { wijkId: string; eventId: string; payload: Record<string, string> },
  services: Services,
) => Promise<void>;

/** What the modules are given. Nothing in it is global, so tests can have several beside each other. */
export interface Services {
  db: Database;
  clock: Clock;
  config: Config;
  /** of the installation: keys for codes, links and idempotency */
  secret: string;
  log: FastifyBaseLogger;
  sessions: Sessions;
  /** whether this is an invitation to the wijk that can still be accepted */
  isInvited: (wijkId: string, invitationId: string) => Promise<boolean>;
  wijken: Wijken;
  live: LiveHub;
  search: Search;
  /** where photos are made anew, of every module */
  photos: PhotoRoom;
  /** the book of wijk-credits */
  book: Book;
  /** what people do with it: the money policy of each wijk, and payments that stand alone */
  wallet: Wallet;
  /** event type → names of its subscribers, for the outbox */
  subscriptions: Map<string, string[]>;
  /** name → subscriber, for the dispatcher */
  subscribers: Map<string, Subscriber>;
  /** SMTP server that mails go to */
  smtpUrl: string;
  mailer: Mailer;
  /** `stopping` is true from the first signal on: nothing new is taken in */
  state: { stopping: boolean; pagesUnderWay: number };
}

/** Registers a reaction; the name is stored in delivery rows, so it stays the same for ever. */
export function subscribe(
  services: Pick<Services, 'subscriptions' | 'subscribers'>,
  name: string,
  types: readonly string[],
  subscriber: Subscriber,
): void {
  if (services.subscribers.has(name)) throw new Error(`subscriber ${name} is registered twice`);
  services.subscribers.set(name, subscriber);
  for (const type of types)
    services.subscriptions.set(type, [...(services.subscriptions.get(type) ?? []), name]);
}
