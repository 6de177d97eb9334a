import type { HoursOverview, OrganisationHours } from '@wijk/contracts';
import { type CountedHours, countHours, listPledges, type StoredPledge } from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import {
  daysOfMonth,
  monthsOfQuarter,
  pledgedIn,
  quartersUpTo,
  standingOf,
  sumOfMonths,
} from '@wijk/domain/market';
import { localDateOf } from '@wijk/domain/wijk';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import { actsFor, organisationNames, organisationsOf } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { pledgeView } from './pledges.ts';

/** Two years back: what is older was accounted for. */
const QUARTERS = 8;

function quarterIn(today: string, asked: string | undefined) {
  const quarters = quartersUpTo(today, QUARTERS);
  const quarter = asked ?? quarters[0] ?? '';
  const months = monthsOfQuarter(quarter);
  const span = { from: `${months[0]}-01`, until: daysOfMonth(months[2] ?? '').last };
  return { quarter, quarters, months, span };
}

type For = { organisationId: string | null };
const isFor =
  ({ organisationId }: For) =>
  (one: CountedHours) =>
    one.counts && one.organisationId === organisationId;
const withThem =
  ({ organisationId }: For) =>
  (one: StoredPledge) =>
    one.state === 'agreed' && one.organisationId === organisationId;
const minutesOf = (rows: readonly CountedHours[]) =>
  rows.reduce((sum, { minutes }) => sum + minutes, 0);

/** Each member of an organisation or the foundation by month: a quarter is the sum of those. */
function membersOf(
  months: readonly string[],
  hours: readonly CountedHours[],
  pledges: readonly StoredPledge[],
) {
  const ids = new Set([...hours, ...pledges].map(({ memberId }) => memberId));
  return [...ids].map((id) => {
    const ofMonths = months.map((month) => {
      const pledged = pledges
        .filter(({ memberId }) => memberId === id)
        .reduce((sum, one) => sum + pledgedIn(one, month), 0);
      const done = hours.filter((one) => one.memberId === id && one.month === month);
      return { month, ...standingOf(pledged, minutesOf(done)) };
    });
    return { id, months: ofMonths, sum: sumOfMonths(ofMonths) };
  });
}

/**
 * Hours of those who volunteer for an organisation: sums by member and month, and never what was done or for whom.
 * @throws `wallet.organisation-not-found` for whoever does not act for it
 */
export async function organisationHours(
  { db, clock }: Services,
  { membershipId }: Member,
  wijk: Wijk,
  organisationId: string,
  asked: string | undefined,
): Promise<OrganisationHours> {
  const [names, acts] = await Promise.all([
    organisationNames(db, wijk.id, [organisationId]),
    actsFor(db, wijk.id, organisationId, membershipId),
  ]);
  const organisation = names.get(organisationId);
  if (organisation === undefined || !acts)
    throw new DomainError('not-found', 'wallet.organisation-not-found');
  const today = localDateOf(clock.now(), wijk.timeZone);
  const { quarter, quarters, months, span } = quarterIn(today, asked);
  const of = { organisationId };
  const [counted, pledges] = await Promise.all([
    countHours(db, wijk.id, span),
    listPledges(db, wijk.id, of),
  ]);
  const rows = membersOf(months, counted.filter(isFor(of)), pledges.filter(withThem(of)));
  const members = await memberNames(db, wijk.id, [
    ...new Set([...rows.map(({ id }) => id), ...pledges.map(({ memberId }) => memberId)]),
  ]);
  const shown = rows
    .filter(({ sum }) => sum.pledged > 0 || sum.performed !== 0)
    .map(({ id, ...rest }) => ({ name: members.get(id) || null, ...rest }))
    .toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'nl'));
  const reader = { membershipId, today, actsFor: true };
  return {
    ...{ organisation, quarter, quarters, members: shown },
    total: sumOfMonths(shown.map(({ sum }) => sum)),
    pledges: pledges.map((one) => pledgeView(one, reader, { members, organisations: names })),
  };
}

/** The whole wijk by organisation, without names; each hour once. */
export async function hoursOverview(
  { db, clock }: Services,
  { membershipId }: Member,
  wijk: Wijk,
  asked: string | undefined,
): Promise<HoursOverview> {
  const today = localDateOf(clock.now(), wijk.timeZone);
  const { quarter, quarters, months, span } = quarterIn(today, asked);
  const [counted, pledges, organisations] = await Promise.all([
    countHours(db, wijk.id, span),
    listPledges(db, wijk.id, {}),
    organisationsOf(db, wijk.id),
  ]);
  const row = (
    kind: HoursOverview['rows'][number]['kind'],
    organisation: string | null,
    hours: readonly CountedHours[],
    agreed: readonly StoredPledge[],
  ) => {
    const members = membersOf(months, hours, agreed).filter(
      ({ sum }) => sum.pledged > 0 || sum.performed !== 0,
    );
    return {
      ...{ organisation, kind, members: members.length },
      ...sumOfMonths(members.map(({ sum }) => sum)),
      paid: hours.reduce((sum, { paidMinutes }) => sum + paidMinutes, 0),
    };
  };
  const foundation = { organisationId: null };
  const rows = [
    ...organisations.map(({ id: organisationId, name }) =>
      row(
        ...(['organisation', name] as const),
        counted.filter(isFor({ organisationId })),
        pledges.filter(withThem({ organisationId })),
      ),
    ),
    row(
      'foundation',
      null,
      counted.filter(isFor(foundation)),
      pledges.filter(withThem(foundation)),
    ),
    row(
      'neighbours',
      null,
      counted.filter(({ counts }) => !counts),
      [],
    ),
  ];
  const own = pledges.filter(({ organisationId }) => organisationId === null);
  const members = await memberNames(db, wijk.id, [...new Set(own.map(({ memberId }) => memberId))]);
  const reader = { membershipId, today, actsFor: true };
  return {
    ...{ quarter, quarters, rows: rows.filter((one) => one.members > 0) },
    pledges: own.map((one) => pledgeView(one, reader, { members, organisations: new Map() })),
  };
}
