import { createHash, randomBytes } from 'node:crypto';
import type { Executor } from '@wijk/db/kernel';
import {
  dropFeed,
  findFeed,
  listAppointments,
  putFeed,
  readAppointmentRow,
  readOrder,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DAY_MS, DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import { listActing } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { orderNews } from '../orders/news.ts';
import { sideOf } from '../orders/sides.ts';
import { type CalendarFile, calendarFile } from './ics.ts';

/** So far back a calendar elsewhere goes on showing what was. */
const PAST_DAYS = 31;
const FEED_MAX = 500;
/** 256 bits: nobody guesses an address. */
const TOKEN_BYTES = 32;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
const bytesOf = (text: string): Uint8Array => Buffer.from(text);

/** A new address; it is told this once, and the one before it is nobody's from now on. */
export async function makeFeed(
  { db, clock }: Services,
  { wijkId, membershipId }: Member,
  titles: boolean,
): Promise<{ token: string }> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const madeAt = clock.now();
  await putFeed(db, { wijkId, membershipId, tokenHash: hashOf(token), titles, madeAt });
  return { token };
}

export const endFeed = ({ db }: Services, { wijkId, membershipId }: Member): Promise<void> =>
  dropFeed(db, wijkId, membershipId);

/** @throws `market.calendar-not-found` for an address that is nobody's, or no longer */
export async function feedFile(services: Services, wijk: Wijk, token: string): Promise<Uint8Array> {
  const { db, clock } = services;
  const feed = await findFeed(db, wijk.id, hashOf(token));
  if (!feed) throw new DomainError('not-found', 'market.calendar-not-found');
  const { membershipId, titles } = feed;
  const acting = await listActing(db, wijk.id, membershipId);
  const of = { membershipId, organisations: acting.map(({ id }) => id) };
  const from = new Date(clock.now().getTime() - PAST_DAYS * DAY_MS);
  const rows = await listAppointments(db, wijk.id, of, { from, limit: FEED_MAX });
  return bytesOf(calendarFile(services, wijk, { method: 'PUBLISH', rows, titles }));
}

/**
 * The file of one appointment, for either side: it holds the title, which both know.
 * @throws `market.order-not-found`, `market.both-sides`; `market.no-appointment` where no time is taken
 */
export async function appointmentFile(
  services: Services,
  { wijkId, membershipId }: Member,
  wijk: Wijk,
  ref: string,
): Promise<Uint8Array> {
  const { db } = services;
  const order = await readOrder(db, wijkId, { ref });
  await sideOf(db, wijkId, order, membershipId);
  const row = order && (await readAppointmentRow(db, wijkId, order.id));
  if (!row?.appointment.held) throw new DomainError('not-found', 'market.no-appointment');
  return bytesOf(calendarFile(services, wijk, { method: 'PUBLISH', rows: [row], titles: true }));
}

/** Steps that end what was agreed. */
const ENDS: readonly string[] = ['cancel', 'cancel-late', 'run-out', 'settle'];

/**
 * What goes with the letter about a step: an invitation to what was agreed, or that it is off. Nothing of what it
 * is about stands in it. Null: the step is about no time.
 */
export async function invitationOf(
  services: Pick<Services, 'config' | 'wijken'>,
  db: Executor,
  wijk: Wijk,
  { orderId, nr }: { orderId: string; nr: number },
  attendee: NonNullable<CalendarFile['attendee']>,
): Promise<{ method: 'REQUEST' | 'CANCEL'; text: string } | null> {
  const news = await orderNews(db, wijk.id, orderId, nr);
  const row = news && (await readAppointmentRow(db, wijk.id, orderId));
  if (!row) return null;
  const { held } = row.appointment;
  const invites = news.step === 'accept' && held;
  if (!invites && (held || !ENDS.includes(news.step))) return null;
  const method = invites ? 'REQUEST' : 'CANCEL';
  const file = { method, rows: [row], titles: false, attendee } as const;
  return { method, text: calendarFile(services, wijk, file) };
}
