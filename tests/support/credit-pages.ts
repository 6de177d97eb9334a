import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as contract from '@wijk/contracts';
import type { Visitor } from './visitor.ts';

/** Something of every kind that the pages of wijk-credits show, made in the demonstration. */
export interface Credits {
  programme: string;
  settlement: string;
  account: string;
  proposal: string;
  payment: string;
  schedule: string;
  organisation: string;
  /** an organisation with settlements, for which `member` acts as well */
  supplier: string;
  request: string;
  /** a day that has a public statement */
  day: string;
}

const DAY_MS = 86_400_000;
/** The date in the wijk: late in the evening it is a day further than in UTC. */
const dayOf = (ms: number) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(ms);

async function done<T>(
  asked: Promise<{ ok: true; data: T } | { ok: false; problem: { code: string } }>,
): Promise<T> {
  const reply = await asked;
  if (!reply.ok) throw new Error(`not made for the pages of credits: ${reply.problem.code}`);
  return reply.data;
}

/** The first of a list that the demonstration is known to have. */
function first<T>(items: readonly T[], what: string): T {
  const [one] = items;
  if (!one) throw new Error(`the demonstration has no ${what}`);
  return one;
}

/** @param email of `member`, who becomes the manager of an organisation */
export async function liveCredits(
  treasurer: Visitor,
  member: Visitor,
  email: string,
): Promise<Credits> {
  const key = randomUUID;
  const { items: programmes } = await done(treasurer.call(contract.listProgrammes, {}));
  const programme = first(programmes, 'programme').id;
  const ofProgramme = { programme };
  const { suppliers } = await done(treasurer.call(contract.readProgramme, { params: ofProgramme }));
  const settlement = await done(
    treasurer.call(contract.settleSupplier, {
      params: ofProgramme,
      body: { account: first(suppliers, 'supplier').account, lastDay: dayOf(Date.now() - DAY_MS) },
      key: key(),
    }),
  );
  const { items: accounts } = await done(
    treasurer.call(contract.listTreasuryAccounts, { query: { search: 'Fatima' } }),
  );
  const { items: lines } = await done(
    member.call(contract.readWalletStatement, { query: { direction: 'out', limit: 50 } }),
  );
  const { payment } = first(
    lines.filter((line) => line.payment !== null),
    'payment',
  );
  const proposal = await done(
    member.call(contract.proposeRefund, {
      params: { payment: payment ?? '' },
      body: { reason: 'Twee keer betaald' },
      key: key(),
    }),
  );
  const schedule = await done(
    member.call(contract.makeSchedule, {
      body: {
        to: { kind: 'fund' },
        amount: 100,
        every: 'month',
        startsOn: dayOf(Date.now() + 3 * DAY_MS),
      },
      key: key(),
    }),
  );
  const organisation = await done(
    treasurer.call(contract.createOrganisation, {
      body: { name: 'Leesclub De Bladzijde', about: '', manager: email },
      key: key(),
    }),
  );
  const { items: organisations } = await done(treasurer.call(contract.listOrganisations, {}));
  const supplier = first(
    organisations.filter(({ name }) => name === first(suppliers, 'supplier').name),
    'supplier',
  ).id;
  const { items: found } = await done(
    treasurer.call(contract.findPayees, { query: { q: 'Fatima' } }),
  );
  const { id: operator } = first(
    found.filter(({ kind }) => kind === 'member'),
    'member',
  );
  const acts = await treasurer.call(contract.addOperator, {
    params: { organisation: supplier },
    body: { member: operator, role: 'operator', dailyLimit: null },
  });
  if (!acts.ok) throw new Error(`acts for nobody: ${acts.problem.code}`);
  const request = await done(
    member.call(contract.makePayRequest, { body: { amount: 250 }, key: key() }),
  );
  return {
    programme,
    settlement: settlement.id,
    account: first(accounts, 'account of hers').id,
    proposal: proposal.id,
    payment: payment ?? '',
    schedule: schedule.id,
    organisation: organisation.id,
    supplier,
    request: request.code,
    day: dayOf(Date.now() - DAY_MS),
  };
}

type Who = 'member' | 'treasurer' | 'visitor';
interface Listed {
  name: string;
  who: Who;
  path: () => string;
  shows?: string;
}

/** The statement of yesterday is made by the worker, soon after the first start: waited for up to 15 s. */
export async function untilStated(url: string): Promise<void> {
  for (let i = 0; i < 60 && (await fetch(url)).status === 404; i += 1) await pause(250);
}

/** The pages that a treasurer or somebody who looks after their wallet sees most. */
export const CREDIT_PAGES: readonly Listed[] = [
  { name: 'wallet-keep', who: 'member', path: () => '/portemonnee/bewaren' },
  { name: 'wallet-planned', who: 'member', path: () => '/portemonnee/gepland' },
  { name: 'wallet-holds', who: 'member', path: () => '/portemonnee/gereserveerd', shows: 'Van u' },
  { name: 'wallet-year', who: 'member', path: () => '/portemonnee/jaar' },
  { name: 'treasury', who: 'treasurer', path: () => '/penningmeester' },
  { name: 'treasury-policy', who: 'treasurer', path: () => '/penningmeester/beleid' },
  { name: 'treasury-circulation', who: 'treasurer', path: () => '/penningmeester/omloop' },
  { name: 'treasury-programmes', who: 'treasurer', path: () => '/penningmeester/programmas' },
  { name: 'treasury-accounts', who: 'treasurer', path: () => '/penningmeester/rekeningen' },
  { name: 'treasury-holds', who: 'treasurer', path: () => '/penningmeester/reserveringen' },
];

/** All others, which journeys walk in Dutch. */
export function furtherCreditPages(made: () => Credits): readonly Listed[] {
  const room = (name: string, path: () => string): Listed => ({
    name: `treasury-${name}`,
    who: 'treasurer',
    path: () => `/penningmeester/${path()}`,
  });
  const own = (name: string, path: () => string): Listed => ({
    name: `wallet-${name}`,
    who: 'member',
    path: () => `/portemonnee/${path()}`,
  });
  return [
    room('check', () => 'controle'),
    room('year', () => 'jaar'),
    room('log', () => 'logboek'),
    room('proposals', () => 'voorstellen'),
    room('settlement', () => `afrekeningen/${made().settlement}`),
    room('policy-change', () => 'beleid/wijzigen'),
    room('programme', () => `programmas/${made().programme}`),
    room('programme-new', () => 'programmas/nieuw'),
    room('participants', () => `programmas/${made().programme}/deelnemers`),
    room('account', () => `rekeningen/${made().account}`),
    room('account-year', () => `rekeningen/${made().account}/jaar`),
    room('proposal', () => `voorstellen/${made().proposal}`),
    room('reverse', () => 'voorstellen/terugdraaien'),
    room('issue', () => 'voorstellen/uitgeven'),
    { name: 'organisations', who: 'treasurer', path: () => '/organisaties' },
    { name: 'organisation-new', who: 'treasurer', path: () => '/organisaties/nieuw' },
    {
      name: 'supplier-settlements',
      who: 'member',
      path: () => `/organisaties/${made().supplier}/afrekeningen`,
    },
    own('payment', () => `betaling/${made().payment}`),
    own('refund', () => `betaling/${made().payment}/terugvragen`),
    own('plan', () => 'gepland/nieuw'),
    own('plan-one', () => `gepland/${made().schedule}`),
    own('organisation', () => `organisatie/${made().organisation}`),
    own('request', () => `verzoek/${made().request}`),
    {
      name: 'daily-statement',
      who: 'visitor',
      path: () => `/wijk-credits/dagstaat/${made().day}`,
    },
  ];
}
