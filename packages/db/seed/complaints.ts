import { HOUR_MS } from '@wijk/domain/kernel';
import {
  afterComplaintStep,
  type ComplaintActor,
  type ComplaintStep,
  type ComplaintSubject,
  type ComplaintVerdict,
  complaintOutcomeOf,
  countsAsLate,
  type TermCounter,
  timingIn,
} from '@wijk/domain/market';
import { DEFAULT_CALENDAR, termEnd, workingDaysBefore } from '@wijk/domain/wijk';
import { and, eq, like } from 'drizzle-orm';
import type { Transaction } from '../src/kernel/database.ts';
import { complaint, complaintBoard, complaintEvent } from '../src/market/complaint-tables.ts';
import { order } from '../src/market/order-tables.ts';
import { listing } from '../src/market/tables.ts';
import { organisation } from '../src/wallet/tables.ts';
import { type Chance, chance as seededChance } from './random.ts';

const SEED = 39_2026;
const MASTER = 'Ineke Bloemhof';

interface Place {
  wijkId: string;
  membershipOf: (name: string) => string;
  now: Date;
}

interface Step {
  step: ComplaintStep;
  actor: Exclude<ComplaintActor, 'board'>;
  /** days ago */
  ago: number;
  note?: string;
  verdict?: ComplaintVerdict;
}

interface Planned {
  /** how the title of the listing begins; the order is that of `by` */
  about: string;
  by: string;
  provider: string;
  subject: ComplaintSubject;
  ago: number;
  body: string;
  wish: string;
  steps: readonly Step[];
}

const BIKES = { about: 'Fietsband plakken', provider: 'Ahmad Haddad' };

/** One that waits for each who signs in, one that is late, and enough that are over for figures. */
const COMPLAINTS: readonly Planned[] = [
  {
    ...{ ...BIKES, by: 'Fatima Amrani', subject: 'quality', ago: 4 },
    body: 'De band was de volgende ochtend weer leeg. Ik heb twee keer gebeld en niets gehoord.',
    wish: 'Dat de band alsnog goed geplakt wordt.',
    steps: [
      { step: 'acknowledge', actor: 'provider', ago: 3.5, note: 'Ik kijk ernaar.' },
      {
        ...{ step: 'answer', actor: 'provider', ago: 2, verdict: 'partly' },
        note: 'Het spijt me dat ik niet terugbelde. Ik kom donderdag langs met een nieuwe band.',
      },
    ],
  },
  {
    ...{ about: 'Kleine klussen', by: 'Els Wagenaar', provider: 'Henk Brouwer' },
    ...{ subject: 'appointment', ago: 1 },
    body: 'We hadden om tien uur afgesproken. Het werd half twaalf.',
    wish: 'Een belletje als het later wordt.',
    steps: [],
  },
  {
    ...{ about: 'Hulp bij de papierwinkel', by: 'Els Wagenaar', provider: 'Kees Dijkgraaf' },
    ...{ subject: 'price', ago: 58 },
    body: 'Er is twee uur gerekend, maar we stopten na een uur.',
    wish: 'Dat ik één uur betaal.',
    steps: [
      {
        ...{ step: 'answer', actor: 'provider', ago: 52, verdict: 'not-upheld' },
        note: 'Ik was ook thuis nog een uur bezig met de papieren.',
      },
      {
        ...{ step: 'unsatisfied', actor: 'complainant', ago: 48 },
        note: 'Dat was niet afgesproken.',
      },
      { step: 'overdue', actor: 'clock', ago: 20 },
    ],
  },
  {
    ...{ ...BIKES, by: 'Henk Brouwer', subject: 'appointment', ago: 50 },
    ...{ body: 'De fiets was een dag later klaar dan beloofd.', wish: '' },
    steps: [
      { step: 'answer', actor: 'provider', ago: 47, verdict: 'upheld', note: 'Klopt, excuses.' },
      { step: 'satisfied', actor: 'complainant', ago: 46 },
    ],
  },
  {
    ...{ ...BIKES, by: 'Els Wagenaar', subject: 'price', ago: 40 },
    ...{ body: 'Ik moest betalen terwijl ik had afgezegd.', wish: 'Mijn credits terug.' },
    steps: [
      {
        ...{ step: 'answer', actor: 'provider', ago: 38, verdict: 'not-upheld' },
        note: 'U zegde een uur van tevoren af. Dat stond bij de afspraak.',
      },
      { step: 'lapse', actor: 'clock', ago: 23 },
    ],
  },
  {
    ...{ ...BIKES, by: 'Fatima Amrani', subject: 'conduct', ago: 30 },
    ...{ body: 'Er werd kortaf gedaan aan de deur.', wish: '' },
    steps: [{ step: 'withdraw', actor: 'complainant', ago: 29, note: 'We hebben het uitgepraat.' }],
  },
];

const count: TermCounter = {
  end: (from, term) => termEnd(from, term, DEFAULT_CALENDAR),
  daysBefore: (end, days) => workingDaysBefore(end, days, DEFAULT_CALENDAR),
};

/** Writes the complaints of the demonstration, about orders that are there: without any there is nothing to write. */
export async function fillComplaints(tx: Transaction, place: Place): Promise<void> {
  const chance = seededChance(SEED);
  for (const plan of COMPLAINTS) {
    const orderId = await orderOf(tx, place, plan);
    if (orderId) await write(tx, place, plan, orderId, chance);
  }
  const [board] = await tx
    .select({ id: organisation.id })
    .from(organisation)
    .where(and(eq(organisation.wijkId, place.wijkId), like(organisation.name, 'Welzijn%')));
  if (!board) return;
  await tx.insert(complaintBoard).values({
    ...{ wijkId: place.wijkId, organisationId: board.id, nr: 1, at: place.now },
    ...{
      membershipId: place.membershipOf('Gijs Ottens'),
      by: place.membershipOf('Petra Lankhaar'),
    },
  });
}

async function orderOf(
  tx: Transaction,
  { wijkId, membershipOf }: Place,
  { about, by, provider }: Planned,
): Promise<string | undefined> {
  const [row] = await tx
    .select({ id: order.id })
    .from(order)
    .innerJoin(listing, and(eq(listing.wijkId, order.wijkId), eq(listing.id, order.listingId)))
    .where(
      and(
        ...[eq(order.wijkId, wijkId), like(listing.title, `${about}%`)],
        ...[eq(order.receiverId, membershipOf(by)), eq(order.helperId, membershipOf(provider))],
      ),
    )
    .orderBy(order.madeAt)
    .limit(1);
  return row?.id;
}

/** Plays what was planned by the rules of the domain: a step that they do not allow throws. */
async function write(
  tx: Transaction,
  { wijkId, membershipOf, now }: Place,
  plan: Planned,
  orderId: string,
  chance: Chance,
): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * HOUR_MS);
  const lodgedAt = daysAgo(plan.ago);
  const id = chance.uuid();
  const by = {
    complainant: membershipOf(plan.by),
    provider: membershipOf(plan.provider),
    master: membershipOf(MASTER),
    clock: null,
  };
  const row: typeof complaint.$inferInsert = {
    ...{ wijkId, id, ref: chance.ref(), orderId, side: 'receiver', version: 1, lodgedAt },
    ...{ complainantId: by.complainant, aboutId: by.provider, subject: plan.subject },
    ...{ body: plan.body, wish: plan.wish, state: 'lodged', verdict: null, outcome: null },
    ...{ overdue: false, providerLate: false },
    ...timingIn('lodged', 'member', { lodgedAt, now: lodgedAt }, count),
  };
  const events: (typeof complaintEvent.$inferInsert)[] = [
    {
      ...{ wijkId, complaintId: id, nr: 1, pressId: chance.uuid(), step: 'lodge', at: lodgedAt },
      ...{ actor: 'complainant', by: by.complainant, state: 'lodged', dueAt: row.dueAt ?? null },
    },
  ];
  for (const { step, actor, ago, note = '', verdict = null } of plan.steps) {
    const at = daysAgo(ago);
    const late = row.dueAt !== null && row.dueAt !== undefined && at >= row.dueAt;
    const standing = { state: row.state, late, extended: false };
    const { state } = afterComplaintStep(standing, step, new Set([actor]));
    if (late && countsAsLate(row.state, 'member')) row.providerLate = true;
    row.verdict = verdict ?? row.verdict ?? null;
    row.outcome = complaintOutcomeOf(step, row.verdict);
    if (step === 'overdue') Object.assign(row, { overdue: true, clockAt: null });
    else Object.assign(row, timingIn(state, 'member', { lodgedAt, now: at }, count));
    if (row.outcome) row.closedAt = at;
    Object.assign(row, { state, version: events.length + 1 });
    events.push({
      ...{ wijkId, complaintId: id, nr: events.length + 1, pressId: chance.uuid(), step, actor },
      ...{ by: by[actor], state, verdict, note, dueAt: row.dueAt ?? null, at },
    });
  }
  await tx.insert(complaint).values(row);
  await tx.insert(complaintEvent).values(events);
}
