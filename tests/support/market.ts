import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import { newRef } from '@wijk/db/kernel';
import { DAY_MS } from '@wijk/domain/kernel';
import type { ListingKind, PriceMode } from '@wijk/domain/market';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type Guest, type House, ok } from './house.ts';

/** As a client sends them: what has a default may be left out. */
type StepBody = z.input<(typeof contract.stepOrder)['body']>;
type MasterBody = z.input<(typeof contract.stepOrderAsMaster)['body']>;
type Without<T> = T extends unknown
  ? Omit<T, 'version' | 'note'> & { note?: string; version?: number }
  : never;
/** A step as a test presses it: what was looked at last is filled in. */
export type Press = Without<StepBody>;
export type MasterPress = Without<MasterBody>;

export interface ListingToMake {
  kind?: ListingKind;
  mode?: PriceMode;
  rate?: number;
  places?: number | null;
  organisation?: string | null;
  title?: string;
  state?: 'published' | 'paused' | 'ended' | 'draft';
  theme?: string;
}

/** Listings and orders of a house, made through the API. Amounts in minor units. */
export interface Market {
  /** a listing that stands; its reference */
  listing(by: Guest, more?: ListingToMake): Promise<string>;
  /** asks for it, or offers what it asks for; the order's reference */
  request(by: Guest, listing: string, more?: RequestMore): Promise<string>;
  read(who: Guest, order: string): Promise<contract.OrderView>;
  press(who: Guest, order: string, step: Press, key?: string): ReturnType<typeof pressOf>;
  asMaster(who: Guest, order: string, step: MasterPress, key?: string): ReturnType<typeof pressOf>;
  /** an order of an hour for six credits that both agreed to */
  agreed(
    receiver: Guest,
    helper: Guest,
    more?: ListingToMake,
    asked?: RequestMore,
  ): Promise<string>;
}

export type RequestMore = Partial<Omit<z.input<(typeof contract.requestOrder)['body']>, 'listing'>>;

/** Only for its type. */
declare function pressOf(): Promise<contract.Outcome<typeof contract.stepOrder>>;

export async function openMarket(house: House): Promise<Market> {
  const { owner, clock } = house;
  const wijkId = house.wijk.id;
  await owner.execute(sql`insert into market.theme (wijk_id, slug, name, position)
    values (${wijkId}, 'klussen', 'Klussen', 1) on conflict do nothing`);
  await owner.execute(sql`insert into market.area (wijk_id, slug, name, position, latitude, longitude)
    values (${wijkId}, 'noord', 'Noord', 1, 52.1, 5.1) on conflict do nothing`);
  const versionOf = async (order: string): Promise<number> => {
    const { rows } = await owner.execute<{ version: number }>(
      sql`select version from market."order" where ref = ${order}`,
    );
    return rows[0]?.version ?? 0;
  };
  const market: Market = {
    listing: async (by, more = {}) => {
      const { kind = 'offer', mode = 'hourly', rate = mode === 'hourly' ? 600 : 0 } = more;
      const { title = 'Lekkende kraan', state = 'published', places = null } = more;
      const ref = newRef();
      const now = clock.now();
      const ended = state === 'ended' ? now : null;
      await owner.execute(sql`insert into market.listing (wijk_id, id, ref, slug, kind, state, membership_id,
          organisation_id, title, body, theme, area, languages, shell, mode, rate, places, periods, version, made_at,
          published_at, expires_at, ended_at, ending)
        values (${wijkId}, ${randomUUID()}, ${ref}, 'een-klus', ${kind}, ${state}, ${by.membershipId},
          ${more.organisation ?? null}, ${title}, 'Tekst', ${more.theme ?? 'klussen'}, 'noord', '["nl"]', 1, ${mode},
          ${rate}, ${places}, '[]', 1, ${now}, ${now}, ${new Date(now.getTime() + 90 * DAY_MS)}, ${ended},
          ${ended && 'author'})`);
      return ref;
    },
    request: async (by, listing, more = {}) =>
      ok(
        await house.call(contract.requestOrder, by, {
          body: { listing, minutes: 60, ...more },
        }),
      ).ref,
    read: async (who, order) =>
      ok(await house.call(contract.readOrder, who, { params: { order } })),
    press: async (who, order, step, key) =>
      house.call(contract.stepOrder, who, {
        params: { order },
        body: { note: '', version: await versionOf(order), ...step } as StepBody,
        ...(key ? { key } : {}),
      }),
    asMaster: async (who, order, step, key) =>
      house.call(contract.stepOrderAsMaster, who, {
        params: { order },
        body: {
          note: 'Aan de telefoon gevraagd',
          version: await versionOf(order),
          ...step,
        } as MasterBody,
        ...(key ? { key } : {}),
      }) as ReturnType<typeof pressOf>,
    agreed: async (receiver, helper, more = {}, asked = {}) => {
      const listing = await market.listing(helper, more);
      const order = await market.request(receiver, listing, asked);
      ok(await market.press(helper, order, { step: 'accept' }));
      return order;
    },
  };
  return market;
}
