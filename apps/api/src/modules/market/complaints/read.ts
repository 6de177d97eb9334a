import type {
  ComplaintLine,
  ComplaintView,
  listComplaints as listContract,
  readProviderComplaints as providerContract,
  ReplyOf,
} from '@wijk/contracts';
import {
  complaintFigures,
  findComplaint,
  listBoardComplaints,
  listComplaintEvents,
  listOpenComplaints,
  listOwnComplaints,
  orderOfComplaint,
  type StoredComplaint,
  type StoredComplaintEvent,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import {
  COMPLAINT_SUBJECTS,
  type ComplaintActor,
  complaintStepsFor,
  shownFigures,
  TURN,
  whatToSay,
} from '@wijk/domain/market';
import { type Calendar, workingDaysLeft } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { listActing } from '../../wallet/index.ts';
import { readCalendar, type Wijk } from '../../wijk/index.ts';
import { type Names, namesOf, partyView } from '../orders/views.ts';
import { asSides } from './lodge.ts';
import { aboutOf, complainantOf, complaintNotFound, deciderOf, readsAs, rolesIn } from './roles.ts';
import { isLate } from './step.ts';

/** More than anybody has, or the market master looks at in a morning. */
const LISTED = 100;

const subjectOf = (text: string) => COMPLAINT_SUBJECTS.find((one) => one === text) ?? 'other';
const sidesOf = (one: StoredComplaint) =>
  asSides({ complainant: complainantOf(one), about: aboutOf(one) });

interface Reading {
  as: ComplaintActor;
  roles: ReadonlySet<ComplaintActor>;
  names: Names;
  calendar: Calendar;
  now: Date;
}

function lineOf(one: StoredComplaint, { as, roles, names, calendar, now }: Reading): ComplaintLine {
  const turn = TURN[one.state];
  return {
    ...{ ref: one.ref, as, subject: subjectOf(one.subject), state: one.state },
    about: partyView(aboutOf(one), names),
    complainant: partyView(complainantOf(one), names),
    ...{ outcome: one.outcome, turn, waits: turn !== null && roles.has(turn) },
    dueAt: one.dueAt?.toISOString() ?? null,
    daysLeft: one.dueAt && workingDaysLeft(now, one.dueAt, calendar),
    late: isLate(one, now),
    lodgedAt: one.lodgedAt.toISOString(),
  };
}

async function linesOf(
  { db, clock }: Services,
  actor: Member,
  rows: readonly StoredComplaint[],
): Promise<ComplaintLine[]> {
  const now = clock.now();
  const calendar = await readCalendar(db, actor.wijkId, now);
  const names = await namesOf(db, actor.wijkId, rows.map(sidesOf));
  const lines = await Promise.all(
    rows.map(async (one) => {
      const roles = await rolesIn(db, one, actor).catch(() => new Set<ComplaintActor>());
      const as = readsAs(roles);
      return as && lineOf(one, { as, roles, names, calendar, now });
    }),
  );
  return lines.filter((line) => line !== undefined);
}

/** Those of a member: what waits for them first. */
export async function ownComplaints(
  services: Services,
  actor: Member,
): Promise<ReplyOf<typeof listContract>> {
  const { db } = services;
  const { wijkId, membershipId, roles } = actor;
  const acting = await listActing(db, wijkId, membershipId);
  const of = { membershipId, organisations: acting.map(({ id }) => id) };
  const [own, board] = await Promise.all([
    listOwnComplaints(db, wijkId, of, LISTED),
    listBoardComplaints(db, wijkId, { membershipId, isAdmin: roles.has('admin') }, LISTED),
  ]);
  const rows = new Map([...own, ...board].map((row) => [row.id, row]));
  const items = (await linesOf(services, actor, [...rows.values()])).filter(
    // whoever is a market master reads those of others in a list of its own
    ({ as }) => as !== 'master',
  );
  return { items: items.toSorted((a, b) => Number(b.waits) - Number(a.waits)) };
}

/** All that are not over, less those that the market master has a part in. */
export async function masterComplaints(
  services: Services,
  actor: Member,
): Promise<ReplyOf<typeof listContract>> {
  const rows = await listOpenComplaints(services.db, actor.wijkId, LISTED);
  const lines = await linesOf(services, actor, rows);
  return { items: lines.filter(({ as }) => as === 'master' || as === 'board') };
}

/** @throws `market.complaint-not-found`, `market.both-sides` */
export async function oneComplaint(
  { db, clock }: Services,
  actor: Member,
  ref: string,
): Promise<ComplaintView> {
  const { wijkId } = actor;
  const complaint = await findComplaint(db, wijkId, { ref });
  if (!complaint) throw complaintNotFound();
  const events = await listComplaintEvents(db, wijkId, complaint.id);
  const roles = await rolesIn(db, complaint, actor, events);
  const as = readsAs(roles);
  if (!as) throw complaintNotFound();
  const now = clock.now();
  const decider = await deciderOf(db, complaint, events);
  const pressers = [...events.map(({ by }) => by), decider];
  const [names, calendar] = await Promise.all([
    namesOf(db, wijkId, [sidesOf(complaint)], pressers),
    readCalendar(db, wijkId, now),
  ]);
  const { orderId, version, body, wish, verdict, extended } = complaint;
  const steps = complaintStepsFor({ ...complaint, late: isLate(complaint, now) }, roles);
  return {
    ...lineOf(complaint, { as, roles, names, calendar, now }),
    ...{ version, body, wish, verdict, extended },
    order: orderId === null ? null : ((await orderOfComplaint(db, wijkId, orderId)) ?? null),
    decider: {
      name: decider === null ? null : names.members.get(decider) || null,
      foundation: decider === null,
    },
    steps: steps.map((step) => ({ step, ...whatToSay(step) })),
    timeline: events.map((event) => eventView(event, names)),
  };
}

function eventView(event: StoredComplaintEvent, names: Names): ComplaintView['timeline'][number] {
  const { nr, actor, verdict, note, at, dueAt, by } = event;
  return {
    ...{ nr, actor, verdict, note },
    step: event.step as ComplaintView['timeline'][number]['step'],
    name: by === null ? null : names.members.get(by) || null,
    ...{ at: at.toISOString(), dueAt: dueAt?.toISOString() ?? null },
  };
}

/** Figures of who helps. Who complained, and of what, stays with those whom it concerns. */
export async function providerComplaints(
  { db }: Services,
  wijk: Wijk,
  key: string,
): Promise<ReplyOf<typeof providerContract>> {
  const id = key.slice(2);
  const of = key.startsWith('o-') ? { organisationId: id } : { membershipId: id };
  return { figures: shownFigures(await complaintFigures(db, wijk.id, of)) };
}
