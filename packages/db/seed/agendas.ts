import { addDays, localDateOf } from '@wijk/domain/wijk';
import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../src/kernel/database.ts';
import { agenda, agendaException } from '../src/market/appointment-tables.ts';
import { listing } from '../src/market/tables.ts';
import { chance as seededChance } from './random.ts';

const SEED = 15_2026;
const TIME_ZONE = 'Europe/Amsterdam';

/** Offers of the demonstration of which neighbours choose a time: how their titles begin. */
const CHOSEN: readonly { title: string; slotMinutes: number; noticeHours: number }[] = [
  { title: 'Kleine klussen: druppende kranen', slotMinutes: 60, noticeHours: 24 },
  { title: 'Hulp bij de papierwinkel', slotMinutes: 60, noticeHours: 48 },
  { title: 'Fietsband plakken aan huis', slotMinutes: 30, noticeHours: 4 },
  { title: 'DigiD-app, fotoback-up', slotMinutes: 60, noticeHours: 24 },
  { title: 'Broek inkorten', slotMinutes: 30, noticeHours: 24 },
  { title: 'Heg knippen', slotMinutes: 120, noticeHours: 48 },
  { title: 'Televisie, zenderlijst', slotMinutes: 60, noticeHours: 24 },
  { title: 'Pianoles voor beginners', slotMinutes: 45, noticeHours: 24 },
  { title: 'Huiswerkhulp wiskunde', slotMinutes: 60, noticeHours: 24 },
  { title: 'Stoelyoga', slotMinutes: 45, noticeHours: 12 },
  { title: 'Beweegspreekuur', slotMinutes: 15, noticeHours: 12 },
];

/** Days that differ, so many days from today. */
const DIFFERENT = [
  { by: 'Henk Brouwer', kind: 'closed', in: 9, days: 3, from: '00:00', until: '24:00' },
  { by: 'Kees Dijkgraaf', kind: 'open', in: 5, days: 1, from: '10:00', until: '12:00' },
  { by: 'Luuk Pijnenburg', kind: 'closed', in: 4, days: 1, from: '15:00', until: '17:00' },
] as const;

/**
 * Times to choose on the market of the demonstration, and days that differ. Call it when the market is filled and
 * before its orders are, which take the time that an agenda says.
 */
export async function fillAgendas(
  tx: Transaction,
  place: { wijkId: string; membershipOf: (name: string) => string; opened: Date; now: Date },
): Promise<void> {
  const { wijkId, membershipOf, opened, now } = place;
  const chance = seededChance(SEED);
  const offers = await tx
    .select()
    .from(listing)
    .where(and(eq(listing.wijkId, wijkId), eq(listing.kind, 'offer')));
  if (offers.length === 0) return;
  await tx.insert(agenda).values(
    CHOSEN.map(({ title, ...fields }) => {
      const offer = offers.find((one) => one.title.startsWith(title));
      if (!offer || offer.periods.length === 0) throw new Error(`${title} has no times`);
      return {
        ...{ wijkId, listingId: offer.id, isOn: true, ...fields, horizonDays: 28 },
        ...{ changedBy: offer.membershipId, changedAt: opened },
      };
    }),
  );
  const today = localDateOf(now, TIME_ZONE);
  const day = (after: number) => addDays(today, after) ?? today;
  await tx.insert(agendaException).values(
    DIFFERENT.map(({ by, kind, days, from, until, in: after }) => ({
      ...{ wijkId, id: chance.uuid(), membershipId: membershipOf(by), madeBy: membershipOf(by) },
      ...{
        kind,
        from,
        until,
        firstDay: day(after),
        lastDay: day(after + days - 1),
        madeAt: opened,
      },
    })),
  );
}
