import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import type { Visitor } from './visitor.ts';

/** What the pages of vetting and of setting up the market show, in the demonstration. */
export interface VettingShown {
  /** vetted, one in the middle, and the member themselves, who asked for it */
  vetted: string;
  middle: string;
  own: string;
  /** of the member: sent back, with an appeal that waits, and one about which nothing was decided */
  appealed: string;
  draft: string;
}

async function done<T>(
  asked: Promise<{ ok: true; data: T } | { ok: false; problem: { code: string } }>,
): Promise<T> {
  const reply = await asked;
  if (!reply.ok) throw new Error(`not made for the pages of vetting: ${reply.problem.code}`);
  return reply.data;
}

const LONG = 'Arbeidsongeschiktheidsverzekeringspapierenuitzoekochtend';

export async function liveVetting(member: Visitor, master: Visitor): Promise<VettingShown> {
  const desk = await done(master.call(contract.listVetting, {}));
  const [vetted] = desk.decided;
  const [middle] = desk.waiting;
  if (!vetted || !middle) throw new Error('the demonstration lacks a provider');
  const { providers } = await done(member.call(contract.listOwnProviders, {}));
  const own = providers[0]?.key ?? '';
  const text = `${LONG} en wat daarbij hoort.`;
  const application = {
    ...{ about: text, registration: 'KvK 11223344', qualification: text, conduct: text },
    ...{ insurance: text, complaints: text },
  };
  const params = { provider: own };
  await done(member.call(contract.applyForVetting, { params, body: application }));
  const begin = async (title: string) => {
    const body = {
      ...{ kind: 'offer' as const, title, body: 'Met geduld.', theme: 'administratie' },
      ...{ area: 'elzenhof', languages: ['nl' as const] },
    };
    return (await done(member.call(contract.draftListing, { body, key: randomUUID() }))).ref;
  };
  const draft = await begin('Nog in de maak');
  const appealed = await begin(LONG);
  const of = { params: { listing: appealed } };
  await done(member.call(contract.stepListing, { ...of, body: { step: 'submit' } }));
  const { version } = await done(master.call(contract.reviewListing, of));
  const decision = { decision: 'refuse' as const, reason: 'unclear' as const, note: 'Wat doet u?' };
  await done(master.call(contract.decideListing, { ...of, body: { ...decision, version } }));
  const decided = await done(member.call(contract.readListingAppeal, of));
  const body = { decision: decided.decision?.id ?? '', body: 'Dat staat er toch?' };
  await done(member.call(contract.appealListing, { ...of, body }));
  return { vetted: vetted.key, middle: middle.key, own, appealed, draft };
}

interface Listed {
  name: string;
  who: 'visitor' | 'member' | 'master' | 'admin';
  path: () => string;
  status?: number;
  shows?: string;
}

/** Those that hold most are seen in each look; the others in the walk in English. */
const IN_EACH_LOOK = new Set([
  'vetting',
  'vetting-judge',
  'vetting-own',
  'provider-badge',
  'market-rules',
  'market-areas',
]);

export const vettingPages = (made: () => VettingShown): readonly Listed[] =>
  all(made).filter(({ name }) => IN_EACH_LOOK.has(name));
export const furtherVettingPages = (made: () => VettingShown): readonly Listed[] =>
  all(made).filter(({ name }) => !IN_EACH_LOOK.has(name));

function all(made: () => VettingShown): readonly Listed[] {
  const at = '/marktbeheer';
  return [
    { name: 'vetting', who: 'master', path: () => '/toetsing', shows: 'Aanbieders toetsen' },
    { name: 'vetting-refused', who: 'member', path: () => '/toetsing', status: 403 },
    {
      name: 'vetting-judge',
      who: 'master',
      path: () => `/toetsing/${made().middle}`,
      shows: 'hebt u belang bij deze aanbieder?',
    },
    {
      name: 'vetting-decided',
      who: 'master',
      path: () => `/toetsing/${made().vetted}`,
      shows: 'Wat de toetsers vonden',
    },
    { name: 'vetting-of-mine', who: 'member', path: () => '/markt/toetsing' },
    {
      name: 'vetting-own',
      who: 'member',
      path: () => `/markt/toetsing/${made().own}`,
      shows: 'Wordt getoetst',
    },
    {
      name: 'vetting-theirs',
      who: 'member',
      path: () => `/markt/toetsing/${made().vetted}`,
      status: 404,
    },
    {
      name: 'terms-sign',
      who: 'member',
      path: () => `/markt/toetsing/${made().own}/voorwaarden`,
      shows: 'Ik heb de tekst gelezen',
    },
    { name: 'terms', who: 'visitor', path: () => '/markt/voorwaarden', shows: 'Wat u belooft' },
    {
      name: 'provider-badge',
      who: 'visitor',
      path: () => `/markt/aanbieder/${made().vetted}/keurmerk`,
      shows: 'Wie toetsten?',
    },
    {
      name: 'provider-badge-missing',
      who: 'visitor',
      path: () => `/markt/aanbieder/${made().middle}/keurmerk`,
      status: 404,
    },
    {
      name: 'listing-appeal',
      who: 'member',
      path: () => `/markt/${made().appealed}/bezwaar`,
      shows: 'wacht op antwoord',
    },
    {
      name: 'listing-appeal-not',
      who: 'member',
      path: () => `/markt/${made().draft}/bezwaar`,
      shows: 'geen bezwaar maken',
    },
    { name: 'market-setup', who: 'master', path: () => at, shows: 'Wat er veranderde' },
    { name: 'market-setup-refused', who: 'member', path: () => at, status: 403 },
    { name: 'market-rules', who: 'admin', path: () => `${at}/regels` },
    { name: 'market-themes', who: 'master', path: () => `${at}/themas` },
    { name: 'market-areas', who: 'master', path: () => `${at}/gebieden` },
    { name: 'market-criteria-apps', who: 'master', path: () => `${at}/criteria/apps` },
    { name: 'market-criteria', who: 'master', path: () => `${at}/criteria/aanbieders` },
    {
      name: 'market-criteria-unknown',
      who: 'master',
      path: () => `${at}/criteria/buren`,
      status: 404,
    },
    { name: 'market-terms', who: 'master', path: () => `${at}/voorwaarden` },
    { name: 'market-appeals', who: 'admin', path: () => `${at}/bezwaren`, shows: 'Geef gelijk' },
  ];
}
