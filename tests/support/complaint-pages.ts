import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import type { Visitor } from './visitor.ts';

/** What the pages of complaints and hours show, found in the demonstration. */
export interface ComplaintsShown {
  /** of the member, answered: they say whether it is right */
  answered: string;
  /** an order that can be complained of */
  order: string;
  /** somebody to write hours down for */
  neighbour: string;
  /** hours of the member that can be corrected */
  hours: string;
}

async function done<T>(
  asked: Promise<{ ok: true; data: T } | { ok: false; problem: { code: string } }>,
): Promise<T> {
  const reply = await asked;
  if (!reply.ok) throw new Error(`not made for the pages of complaints: ${reply.problem.code}`);
  return reply.data;
}

/** @param member Fatima Amrani, who complained and has hours in the demonstration */
export async function liveComplaints(member: Visitor): Promise<ComplaintsShown> {
  const { items } = await done(member.call(contract.listComplaints, {}));
  const answered = items.find(({ state, as }) => state === 'answered' && as === 'complainant');
  const { items: orders } = await done(
    member.call(contract.listOrders, { query: { show: 'over' } }),
  );
  const order = orders.find(({ state }) => state === 'completed');
  const { entries } = await done(member.call(contract.readHours, {}));
  const hours = entries.find(({ standing }) => standing !== null);
  const { items: found } = await done(member.call(contract.findPayees, { query: { q: 'Henk' } }));
  const neighbour = found.find(({ kind }) => kind === 'member');
  if (!answered || !order || !hours || !neighbour)
    throw new Error('the demonstration has no complaints or hours');
  // one that waits for the other, beside what the demonstration has
  const today = new Date().toISOString().slice(0, 10);
  await done(
    member.call(contract.logHours, {
      body: { member: neighbour.id, day: today, minutes: 45, what: 'Plantjes water gegeven' },
      key: randomUUID(),
    }),
  );
  return {
    ...{ answered: answered.ref, order: order.ref, hours: hours.id },
    neighbour: `m-${neighbour.id}`,
  };
}

interface Listed {
  name: string;
  who: 'member' | 'master' | 'treasurer';
  path: () => string;
  shows?: string;
}

/** Those that people see most. */
export const complaintPages = (made: () => ComplaintsShown): readonly Listed[] => [
  { name: 'complaints', who: 'member', path: () => '/klachten' },
  { name: 'complaint', who: 'member', path: () => `/klachten/${made().answered}` },
  { name: 'hours', who: 'member', path: () => '/uren' },
];

/** All others, which journeys walk in Dutch. */
export const furtherComplaintPages = (
  made: () => ComplaintsShown,
  organisation: () => string,
): readonly Listed[] => [
  {
    ...{ name: 'complaint-new', who: 'member' },
    path: () => `/klachten/nieuw?afspraak=${made().order}`,
  },
  {
    ...{ name: 'complaint-act', who: 'member' },
    path: () => `/klachten/${made().answered}/niet-goed`,
  },
  { name: 'master-complaints', who: 'master', path: () => '/marktmeester/klachten' },
  { name: 'hours-log', who: 'member', path: () => '/uren/opschrijven' },
  {
    ...{ name: 'hours-log-whom', who: 'member' },
    path: () => `/uren/opschrijven?aan=${made().neighbour}`,
  },
  { name: 'hours-fix', who: 'member', path: () => `/uren/${made().hours}` },
  { name: 'hours-overview', who: 'master', path: () => '/uren/overzicht' },
  {
    ...{ name: 'pledge-new', who: 'master' },
    path: () => `/uren/toezegging?aan=${made().neighbour}`,
  },
  {
    ...{ name: 'organisation-hours', who: 'member' },
    path: () => `/organisaties/${organisation()}/uren`,
  },
  {
    ...{ name: 'organisation-board', who: 'member' },
    path: () => `/organisaties/${organisation()}/klachten`,
  },
];
