import { randomUUID } from 'node:crypto';
import {
  type Contract,
  createClient,
  type Outcome,
  type ParamsOf,
  type QueryOf,
} from '@wijk/contracts';
import { ensureMembership, ensurePerson, grantRole, setName } from '@wijk/db/identity';
import { connect, type Database, inTransaction } from '@wijk/db/kernel';
import { createWijk } from '@wijk/db/seed';
import type { Role } from '@wijk/domain/identity';
import { type ManualClock, MINUTE_MS, manualClock } from '@wijk/domain/kernel';
import type { z } from 'zod';
import { buildApp, createFastify } from '../../apps/api/src/app.ts';
import { allJobs, composeServices } from '../../apps/api/src/compose.ts';
import { type Config, readConfig } from '../../apps/api/src/config.ts';
import type { App } from '../../apps/api/src/http/route.ts';
import type { PageHandler } from '../../apps/api/src/http/web.ts';
import { drain, type NamedJob } from '../../apps/api/src/jobs/worker.ts';
import type { Search } from '../../apps/api/src/modules/search/index.ts';
import type { Services } from '../../apps/api/src/services.ts';
import { type TestDatabase, testDatabase } from './database.ts';

export const ORIGIN = 'http://localhost:3000';

/** Someone with a session; `null` is a visitor. */
export interface Guest {
  name: string;
  email: string;
  personId: string;
  membershipId: string;
  cookie: string;
}

export interface House {
  app: App;
  services: Services;
  clock: ManualClock;
  wijk: { id: string; slug: string };
  other: { id: string; slug: string };
  /** a member of `wijk` (or of the wijk named) with these roles, signed in */
  guest(name: string, roles?: readonly Role[], wijkId?: string): Promise<Guest>;
  /** a platform admin who is a member of no wijk: acts as kind 'platform' */
  platformAdmin(name: string): Promise<Guest>;
  call<C extends Contract>(
    contract: C,
    who: Guest | null,
    input: {
      params?: Partial<ParamsOf<C>>;
      query?: Partial<QueryOf<C>>;
      /** as a client sends it: what has a default may be left out */
      body?: z.input<C['body']>;
      key?: string;
      file?: Blob;
      headers?: Record<string, string>;
    },
  ): Promise<Outcome<C>>;
  /** does all background work that is due, mail left out */
  work(): Promise<void>;
  /** as the owner of the tables, to look behind the scenes */
  owner: Database;
  /** its database, as the application signs in to it */
  appUrl: string;
  close(): Promise<void>;
}

export interface HouseOptions {
  env?: Record<string, string>;
  now?: string;
  jobs?: readonly NamedJob[];
  /** another database than a copy of the run's template */
  database?: TestDatabase;
  /** another search than the configured one, made of a connection as the owner */
  search?: (owner: Database) => Search;
  /** the built pages, mounted as in the application */
  pages?: PageHandler;
  /** gets every line of the log; name a LOG_LEVEL in `env` as well */
  log?: (line: string) => void;
}

/** The whole API in this process, on a database of its own, with two wijken and a clock by hand. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const database = options.database ?? (await testDatabase());
  const clock = manualClock(options.now ?? '2026-11-18T10:00:00Z');
  const config: Config = readConfig({
    WIJK_MODE: 'demonstration',
    LOG_LEVEL: 'silent',
    ORIGIN,
    ...options.env,
  });
  const owner = connect({ url: database.ownerUrl, max: 4 });
  const db = connect({ url: database.appUrl, max: 8 });
  const wijk = await createWijk(owner, { slug: 'elzenhof', name: 'Elzenhof', now: clock.now() });
  const other = await createWijk(owner, { slug: 'molenwal', name: 'Molenwal', now: clock.now() });
  const fastify = createFastify(config, options.log && { write: options.log });
  const services = composeServices({
    config,
    db,
    log: fastify.log,
    secret: 'a secret of the tests, long enough to be one',
    smtpUrl: 'smtp://127.0.0.1:9',
    clock,
    search: options.search?.(owner),
  });
  const app = await buildApp(fastify, services, options.pages);
  await fastify.ready();

  const guest: House['guest'] = async (name, roles = [], wijkId = wijk.id) =>
    inTransaction(db, async (tx) => {
      const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@voorbeeld.example`;
      const person = await ensurePerson(tx, email, clock.now());
      const membershipId = await ensureMembership(tx, wijkId, person.id, clock.now());
      await setName(tx, person.id, name);
      for (const role of roles)
        await grantRole(
          tx,
          {
            wijkId: role === 'platform-admin' ? null : wijkId,
            personId: person.id,
            role,
            grantedBy: null,
          },
          clock.now(),
        );
      return { name, email, personId: person.id, membershipId, cookie: '' };
    });

  const platformAdmin: House['platformAdmin'] = (name) =>
    inTransaction(db, async (tx) => {
      const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@voorbeeld.example`;
      const { id: personId } = await ensurePerson(tx, email, clock.now());
      await setName(tx, personId, name);
      const grant = { wijkId: null, personId, role: 'platform-admin', grantedBy: null } as const;
      await grantRole(tx, grant, clock.now());
      return { name, email, personId, membershipId: '', cookie: '' };
    });

  // the desk's sessions are short; whoever acts is taken to have signed in lately
  const issuedAt = new Map<Guest, number>();
  const freshen = async (who: Guest) => {
    const now = clock.now().getTime();
    if (now - (issuedAt.get(who) ?? Number.NEGATIVE_INFINITY) < 20 * MINUTE_MS) return;
    const issued = await services.sessions.issue(db, who.personId, { device: 'test' });
    who.cookie = issued.setCookie.split(';')[0] ?? '';
    issuedAt.set(who, now);
  };

  const call: House['call'] = async (contract, who, input) => {
    const { params, query, body, key, file, headers } = input;
    if (who) await freshen(who);
    const client = createClient(async (url, init) => {
      // a form with a file gets its boundary here, as in a browser
      const form = init.body instanceof FormData ? new Response(init.body) : undefined;
      const response = await fastify.inject({
        method: init.method as 'GET',
        url,
        headers: {
          ...(init.headers as Record<string, string>),
          host: new URL(ORIGIN).host,
          origin: ORIGIN,
          'sec-fetch-site': 'same-origin',
          ...(who ? { cookie: who.cookie } : {}),
          ...(form ? { 'content-type': form.headers.get('content-type') ?? '' } : {}),
        },
        ...(init.body && !form ? { payload: String(init.body) } : {}),
        ...(form ? { payload: Buffer.from(await form.arrayBuffer()) } : {}),
      });
      return new Response(response.statusCode === 204 ? null : response.body, {
        status: response.statusCode,
        headers: { 'content-type': String(response.headers['content-type'] ?? '') },
      });
    });
    return client(contract, {
      params: { wijk: wijk.slug, ...(params as object) } as never,
      query: query as never,
      body: body as never,
      ...(contract.idempotent ? { idempotencyKey: key ?? randomUUID() } : {}),
      ...(file ? { file } : {}),
      ...(headers ? { headers } : {}),
    });
  };

  const background = options.jobs ?? allJobs.filter((job) => job.name !== 'mail');
  return {
    app,
    services,
    clock,
    wijk,
    other,
    guest,
    platformAdmin,
    call,
    owner,
    appUrl: database.appUrl,
    work: () => drain(services, background),
    close: async () => {
      services.mailer.close();
      await fastify.close();
      await services.book.close();
      await db.$client.end();
      await owner.$client.end();
      await database.drop();
    },
  };
}

/** The data of a reply that must have succeeded. */
export function ok<C extends Contract>(
  outcome: Outcome<C>,
): Extract<Outcome<C>, { ok: true }>['data'] {
  if (!outcome.ok)
    throw new Error(`expected success, got ${outcome.status} ${JSON.stringify(outcome.problem)}`);
  return outcome.data;
}

/** Status and code of a reply that must have been refused. */
export function refusal(outcome: Outcome<Contract>): string {
  if (outcome.ok) throw new Error(`expected a refusal, got ${outcome.status}`);
  return `${outcome.status} ${outcome.problem.code}`;
}
