import { DAY_MS } from '@wijk/domain/kernel';
import { addDays, DEFAULT_CALENDAR, localDateOf } from '@wijk/domain/wijk';
import { and, eq, like } from 'drizzle-orm';
import type { Transaction } from '../src/kernel/database.ts';
import { hours, pledge } from '../src/market/hours-tables.ts';
import { order } from '../src/market/order-tables.ts';
import { organisation } from '../src/wallet/tables.ts';
import { type Chance, chance as seededChance } from './random.ts';

const SEED = 40_2026;
/** Far enough back for two quarters, whatever today is. */
const DAYS = 150;
const { timeZone } = DEFAULT_CALENDAR;

interface Place {
  wijkId: string;
  membershipOf: (name: string) => string;
  now: Date;
}

/** Who volunteers for the welfare organisation: whom they help, how often and how long. */
const VOLUNTEERS = [
  {
    name: 'Henk Brouwer',
    helps: 'Els Wagenaar',
    every: 12,
    minutes: 90,
    what: 'Met de wandelclub mee',
  },
  { name: 'Wim Scholte', helps: 'Fatima Amrani', every: 7, minutes: 60, what: 'Voorgelezen' },
  {
    name: 'Loes Klaassen',
    helps: 'Kees Dijkgraaf',
    every: 21,
    minutes: 180,
    what: 'Gekookt voor de straat',
  },
] as const;

/** The pledge of Fatima: ten hours a month, more or less kept. */
const PLEDGED = { name: 'Fatima Amrani', helps: 'Els Wagenaar', minutesPerMonth: 600 } as const;
const KEPT = [120, 90, 150, 120, 60, 180, 90] as const;

/** Writes pledges and hours of the demonstration, with those that its orders brought. */
export async function fillHours(tx: Transaction, place: Place): Promise<void> {
  const { wijkId, membershipOf, now } = place;
  const chance = seededChance(SEED);
  await hoursOfOrders(tx, wijkId);
  const [welfare] = await tx
    .select({ id: organisation.id })
    .from(organisation)
    .where(and(eq(organisation.wijkId, wijkId), like(organisation.name, 'Welzijn%')));
  if (!welfare) return;
  const dayAgo = (days: number) => localDateOf(new Date(now.getTime() - days * DAY_MS), timeZone);
  const volunteered = VOLUNTEERS.flatMap(({ name, helps, every, minutes, what }) =>
    Array.from({ length: Math.floor(DAYS / every) }, (_, i) =>
      rowOf(place, chance, {
        ...{ name, helps, minutes, what, day: dayAgo((i + 1) * every - 2) },
        organisationId: welfare.id,
      }),
    ),
  );
  // from the middle of a month on, so that its first one counts by days
  const from = `${dayAgo(112).slice(0, 7)}-16`;
  const since = Math.floor((now.getTime() - Date.parse(`${from}T12:00:00Z`)) / DAY_MS);
  const kept = Array.from({ length: Math.floor(since / 6) }, (_, i) =>
    rowOf(place, chance, {
      ...{ name: PLEDGED.name, helps: PLEDGED.helps, organisationId: null },
      ...{ minutes: KEPT[i % KEPT.length] ?? 60, what: 'Boodschappen gedaan' },
      day: addDays(from, i * 6) ?? from,
    }),
  );
  await tx.insert(hours).values([...volunteered, ...kept]);
  const proposedAt = new Date(Date.parse(`${from}T09:00:00Z`) - 5 * DAY_MS);
  await tx.insert(pledge).values([
    {
      ...{ wijkId, id: chance.uuid(), memberId: membershipOf(PLEDGED.name), from, until: null },
      ...{ organisationId: welfare.id, minutesPerMonth: PLEDGED.minutesPerMonth },
      ...{ purpose: 'Een huis met een lage huur', state: 'agreed', proposedAt },
      ...{
        proposedBy: membershipOf('Petra Lankhaar'),
        decidedAt: new Date(proposedAt.getTime() + DAY_MS),
      },
    },
    {
      ...{ wijkId, id: chance.uuid(), memberId: membershipOf('Els Wagenaar'), until: null },
      ...{ organisationId: null, minutesPerMonth: 240, from: `${dayAgo(0).slice(0, 7)}-01` },
      ...{ purpose: 'Een werkplek in het wijkhuis', state: 'proposed', proposedAt: now },
      proposedBy: membershipOf('Ineke Bloemhof'),
    },
  ]);
  // one that waits for Fatima, and one that waits for the other
  await tx.insert(hours).values([
    {
      ...rowOf(place, chance, {
        name: 'Henk Brouwer',
        helps: PLEDGED.name,
        minutes: 60,
        day: dayAgo(1),
        what: 'Lamp opgehangen',
        organisationId: null,
      }),
      ...{ state: 'logged' as const, decidedAt: null },
    },
    {
      ...rowOf(place, chance, {
        name: PLEDGED.name,
        helps: 'Kees Dijkgraaf',
        minutes: 45,
        day: dayAgo(1),
        what: 'Hond uitgelaten',
        organisationId: null,
      }),
      ...{ state: 'logged' as const, decidedAt: null },
    },
  ]);
}

function rowOf(
  { wijkId, membershipOf }: Place,
  chance: Chance,
  did: {
    name: string;
    helps: string;
    minutes: number;
    day: string;
    what: string;
    organisationId: string | null;
  },
) {
  const at = new Date(`${did.day}T17:00:00Z`);
  return {
    ...{
      wijkId,
      id: chance.uuid(),
      memberId: membershipOf(did.name),
      receiverId: membershipOf(did.helps),
    },
    ...{ organisationId: did.organisationId, day: did.day, minutes: did.minutes, what: did.what },
    ...{ state: 'confirmed' as const, madeAt: at, decidedAt: at },
  };
}

/** What orders that were confirmed brought, as the application would have counted it. */
async function hoursOfOrders(tx: Transaction, wijkId: string): Promise<void> {
  const done = await tx
    .select()
    .from(order)
    .where(and(eq(order.wijkId, wijkId), eq(order.state, 'completed')));
  const rows = done.flatMap((one) => {
    const minutes = one.workedMinutes ?? one.minutes ?? 0;
    const at = one.completedAt;
    if (minutes <= 0 || !at) return [];
    const when = one.startsAt && one.startsAt < at ? one.startsAt : at;
    return [
      {
        ...{ wijkId, id: one.id, memberId: one.helperId, receiverId: one.receiverId, minutes },
        ...{ orderId: one.id, organisationId: one.helperOrganisation, paid: one.paid > 0 },
        ...{
          day: localDateOf(when, timeZone),
          state: 'confirmed' as const,
          madeAt: at,
          decidedAt: at,
        },
      },
    ];
  });
  if (rows.length > 0) await tx.insert(hours).values(rows);
}
