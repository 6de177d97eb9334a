import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import type { Visitor } from './visitor.ts';

/** Apps of every kind that the pages of curation show, in the demonstration. */
export interface CurationShown {
  /** recommended and in view */
  shown: string;
  slug: string;
  /** waits for the curator: nothing said of an interest yet, and one they may judge at once */
  waiting: string;
  judging: string;
  /** decided: not to be shown */
  decided: string;
  /** a record of the member, half written, and one that waits */
  draft: string;
  sent: string;
}

async function done<T>(
  asked: Promise<{ ok: true; data: T } | { ok: false; problem: { code: string } }>,
): Promise<T> {
  const reply = await asked;
  if (!reply.ok) throw new Error(`not made for the pages of curation: ${reply.problem.code}`);
  return reply.data;
}

const LONG = 'Bloeddrukmeetschemaoverzichtenvergelijker';

const WHOLE = {
  ...{ name: LONG, release: '2.1', supplierName: 'Buurtlab', supplierCountry: 'Nederland' },
  ...{ supplierContact: 'Bel de balie', summary: 'Zet metingen naast elkaar.' },
  ...{ goal: 'lichaamsfuncties', theme: 'hart-en-vaten', level: 'beginner' },
  ...{ platforms: ['pwa' as const], languages: ['nl' as const], price: '4', priceAfter: 'Niets' },
  ...{ accountNeeded: 'nee' as const, medicalClaim: 'ja' as const, ce: 'nee' as const },
  ...{ dataLocation: 'Nederland', retention: '1 jaar', shared: 'nee' as const },
  ...{ nen7510: 'nee' as const, evidenceLevel: 'expert', evidenceNote: 'Gelezen', wcag: '2.2 AA' },
  ...{ lowLiteracy: 'ja' as const, crisis: 'Verwijst naar de huisarts', complaints: 'De balie' },
};

export async function liveCuration(member: Visitor, curator: Visitor): Promise<CurationShown> {
  const found = await done(
    member.call(contract.findListings, { query: { kind: 'ehealth', q: 'slaap', limit: 1 } }),
  );
  const desk = await done(curator.call(contract.listCuration, {}));
  const free = desk.waiting.filter(({ refusal }) => refusal === 'undeclared');
  const decided = desk.decided.find(({ decision }) => decision === 'not_shown');
  const [shown] = found.items;
  const [waiting] = free;
  if (!shown || !waiting || !decided) throw new Error('the demonstration lacks an app');
  const begin = async (fields: object) =>
    (await done(member.call(contract.draftApp, { body: { fields }, key: randomUUID() }))).ref;
  const draft = await begin({ name: 'Stappenmaat', summary: 'Telt mee', price: 'zes' });
  const sent = await begin(WHOLE);
  await done(member.call(contract.submitApp, { params: { listing: sent } }));
  const params = { listing: sent };
  const body = { round: 1, conflict: false };
  await done(curator.call(contract.declareInterest, { params, body }));
  return {
    ...{ shown: shown.ref, slug: shown.slug, waiting: waiting.ref, judging: sent },
    ...{ decided: decided.ref, draft, sent },
  };
}

interface Listed {
  name: string;
  who: 'visitor' | 'member' | 'curator';
  path: () => string;
  status?: number;
  shows?: string;
}

/** Those that hold most are seen in each look; the others in the walk in English. */
const IN_EACH_LOOK = new Set(['curation', 'curation-judge', 'badge', 'app-record-step', 'app']);

export const curationPages = (made: () => CurationShown): readonly Listed[] =>
  all(made).filter(({ name }) => IN_EACH_LOOK.has(name));
export const furtherCurationPages = (made: () => CurationShown): readonly Listed[] =>
  all(made).filter(({ name }) => !IN_EACH_LOOK.has(name));

function all(made: () => CurationShown): readonly Listed[] {
  return [
    { name: 'curation', who: 'curator', path: () => '/curatie' },
    { name: 'curation-refused', who: 'member', path: () => '/curatie', status: 403 },
    {
      name: 'curation-interest',
      who: 'curator',
      path: () => `/curatie/${made().waiting}`,
      shows: 'hebt u belang bij deze app?',
    },
    {
      name: 'curation-judge',
      who: 'curator',
      path: () => `/curatie/${made().judging}`,
      shows: 'Uw beoordeling',
    },
    {
      name: 'curation-decided',
      who: 'curator',
      path: () => `/curatie/${made().decided}`,
      shows: 'Wat de curatoren vonden',
    },
    {
      name: 'badge',
      who: 'visitor',
      path: () => `/markt/${made().shown}/${made().slug}/keurmerk`,
      shows: 'Waarom staat dit hier?',
    },
    {
      name: 'badge-missing',
      who: 'visitor',
      path: () => `/markt/${made().draft}/stappenmaat/keurmerk`,
      status: 404,
    },
    {
      name: 'app',
      who: 'visitor',
      path: () => `/markt/${made().shown}/${made().slug}`,
      shows: 'Aanbevolen door curatoren',
    },
    { name: 'app-record', who: 'member', path: () => `/markt/${made().sent}/dossier` },
    {
      name: 'app-record-send',
      who: 'member',
      path: () => `/markt/${made().draft}/dossier?deel=insturen`,
      shows: 'Dit ontbreekt nog',
    },
    {
      name: 'app-record-step',
      who: 'member',
      path: () => `/markt/${made().draft}/dossier?deel=price&kijk=na`,
      shows: 'Dit is geen bedrag',
    },
  ];
}
