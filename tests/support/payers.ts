import { randomUUID } from 'node:crypto';
import { type Agent, type IncomingMessage, request } from 'node:http';
import { createSessions } from '@wijk/auth';
import type { Database } from '@wijk/db/kernel';
import { systemClock } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { Book } from '../../apps/api/src/modules/ledger/index.ts';
import { composeWallet, openHolder } from '../../apps/api/src/modules/wallet/index.ts';
import { Wijken } from '../../apps/api/src/modules/wijk/index.ts';

/** A member with a session and credits, of an application that runs as a process of its own. */
export interface Payer {
  membershipId: string;
  cookie: string;
}

/** So many residents of the wijk, with a hundred credits each. */
export async function fundPayers(db: Database, slug: string, count: number): Promise<Payer[]> {
  const clock = systemClock;
  const book = new Book({ db, clock, wijken: new Wijken(db, clock) });
  const wallet = composeWallet({ db, clock, book, subscriptions: new Map() });
  const parts = { db, clock, book, wallet };
  const sessions = createSessions({ db, clock, secure: false, log: { warn: () => {} } });
  const { rows } = await db.execute<{ person: string; membership: string; wijk: string }>(sql`
    select g.person_id as person, m.id as membership, g.wijk_id as wijk from identity.role_grant g
    join identity.membership m on m.wijk_id = g.wijk_id and m.person_id = g.person_id
    join wijk.wijk w on w.id = g.wijk_id
    where w.slug = ${slug} and g.role = 'resident' order by g.person_id limit ${count}`);
  const payers: Payer[] = [];
  for (const { person, membership: membershipId, wijk } of rows) {
    const issuance = await openHolder(parts, wijk, { kind: 'issuance' });
    const holder = await openHolder(parts, wijk, { kind: 'member', membershipId });
    const legs = [
      { account: issuance.accountId, side: 'debit', amount: 10_000 },
      { account: holder.accountId, side: 'credit', amount: 10_000 },
    ] as const;
    const issue = { id: randomUUID(), kind: 'single', code: 'issue', legs } as const;
    const [outcome] = await book.post(db, wijk, [issue]);
    if (!outcome?.ok) throw new Error(`not issued: ${JSON.stringify(outcome)}`);
    const { setCookie } = await sessions.issue(db, person, { device: 'test' });
    payers.push({ membershipId, cookie: setCookie.split(';')[0] ?? '' });
  }
  if (payers.length < count) throw new Error(`there are ${payers.length} residents in ${slug}`);
  return payers;
}

interface Place {
  url: string;
  agent: Agent;
  slug: string;
}

/** Pays a tenth of a credit as the page would, and tells the status of the reply. */
export async function payOverHttp(
  place: Place,
  payer: Payer,
  payee: Payer,
  key: string = randomUUID(),
): Promise<number> {
  const asked = { to: { kind: 'member', id: payee.membershipId }, amount: 10 };
  return (await postOverHttp(place, payer, 'wallet/payments', asked, key)).status;
}

/** Posts as the page would, to what stands below the wijk. */
export async function postOverHttp(
  { url, agent, slug }: Place,
  who: Payer,
  path: string,
  asked: object,
  key: string = randomUUID(),
): Promise<{ status: number; text: string }> {
  const body = JSON.stringify(asked);
  const sent = request(`${url}/api/v1/wijken/${slug}/${path}`, {
    method: 'POST',
    agent,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'idempotency-key': key,
      'sec-fetch-site': 'same-origin',
      origin: new URL(url).origin,
      cookie: who.cookie,
    },
  });
  const answered = Promise.withResolvers<IncomingMessage>();
  sent.on('response', answered.resolve).on('error', answered.reject);
  sent.end(body);
  const reply = await answered.promise;
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk as Buffer);
  return { status: reply.statusCode ?? 0, text: Buffer.concat(chunks).toString() };
}
