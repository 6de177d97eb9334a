import {
  CHANGED_CHANNEL,
  type ChangedHint,
  LIVE_CHANNEL,
  type LiveHint,
  WORK_CHANNEL,
} from '@wijk/db/kernel';
import type { FastifyBaseLogger } from 'fastify';
import pg from 'pg';

const SESSION_CHANNEL = 'wijk_session';
const RECONNECT_MS = 1000;

export interface Heard {
  live(hint: LiveHint): void;
  work(): void;
  sessionEnded(sessionId: string): void;
  /** roles of a person, or the set-up of a wijk */
  changed(hint: ChangedHint): void;
  /** hints may have been missed: whatever is remembered may be old */
  connected(): void;
}

/**
 * One connection that LISTENs, opened again whenever it breaks. What is missed meanwhile is only a
 * hint: polling and the pages' own refetch after a reconnect are the truth.
 */
export class Listener {
  readonly #url: string;
  readonly #role: string | undefined;
  readonly #heard: Heard;
  readonly #log: FastifyBaseLogger;
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: {
    url: string;
    role?: string | undefined;
    heard: Heard;
    log: FastifyBaseLogger;
  }) {
    this.#url = options.url;
    this.#role = options.role;
    this.#heard = options.heard;
    this.#log = options.log;
  }

  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: 2000,
      application_name: 'wijk listener',
      keepAlive: true,
      ...(this.#role ? { options: `-c role=${this.#role}` } : {}),
    });
    this.#client = client;
    client.on('error', () => this.#reconnect(client));
    client.on('end', () => this.#reconnect(client));
    client.on('notification', ({ channel, payload }) => this.#hear(channel, payload ?? ''));
    try {
      await client.connect();
      await client.query(
        `LISTEN ${LIVE_CHANNEL}; LISTEN ${WORK_CHANNEL}; LISTEN ${SESSION_CHANNEL}; LISTEN ${CHANGED_CHANNEL}`,
      );
      this.#heard.connected();
      this.#heard.work();
    } catch {
      this.#reconnect(client);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => {});
  }

  #reconnect(client: pg.Client): void {
    if (this.#stopped || client !== this.#client) return;
    this.#client = undefined;
    client.end().catch(() => {});
    this.#timer = setTimeout(() => void this.start(), RECONNECT_MS);
  }

  #hear(channel: string, payload: string): void {
    try {
      if (channel === LIVE_CHANNEL) this.#heard.live(JSON.parse(payload) as LiveHint);
      else if (channel === WORK_CHANNEL) this.#heard.work();
      else if (channel === SESSION_CHANNEL) this.#heard.sessionEnded(payload);
      else if (channel === CHANGED_CHANNEL) this.#heard.changed(JSON.parse(payload) as ChangedHint);
    } catch (err) {
      this.#log.error({ err, channel }, 'notification failed');
    }
  }
}
