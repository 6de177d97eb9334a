import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import type { Visitor } from './visitor.ts';

/** Something of every kind that the pages of the market show, made in the demonstration. */
export interface MarketShown {
  /** published, by somebody else than the member */
  listing: string;
  slug: string;
  provider: string;
  /** drafts of the member: one as it was typed, one that was sent back */
  draft: string;
  refused: string;
  /** waits for the market master, with something that stands out */
  waiting: string;
  /** of the member, changed since it was published */
  changed: string;
  /** a question that the member asked, and one with an answer of theirs */
  asked: string;
  answered: { question: string; answer: string };
  /** a request of the member that others saw */
  request: string;
}

async function done<T>(
  asked: Promise<{ ok: true; data: T } | { ok: false; problem: { code: string } }>,
): Promise<T> {
  const reply = await asked;
  if (!reply.ok) throw new Error(`not made for the pages of the market: ${reply.problem.code}`);
  return reply.data;
}

function first<T>(items: readonly T[], what: string): T {
  const [one] = items;
  if (!one) throw new Error(`the demonstration has no ${what}`);
  return one;
}

const LONG = 'Arbeidsongeschiktheidsverzekeringspapierenuitzoekochtend';

export async function liveMarket(member: Visitor, master: Visitor): Promise<MarketShown> {
  const { items } = await done(member.call(contract.findListings, { query: { q: 'kraan' } }));
  const listing = first(items, 'listing about taps');
  const { items: queue } = await done(master.call(contract.listListingsToReview, {}));
  const waiting = first(
    queue.filter(({ marks }) => marks.includes('bodily-care')),
    'listing that draws a warning',
  );
  const { items: own } = await done(member.call(contract.listOwnListings, {}));
  const draft = first(
    own.filter(({ state }) => state === 'draft'),
    'draft of hers',
  );
  const begin = async (title: string, body: string) => {
    const fields = {
      title,
      body,
      theme: 'administratie',
      area: 'elzenhof',
      languages: ['nl' as const],
    };
    const made = await done(
      member.call(contract.draftListing, {
        body: { kind: 'offer', ...fields },
        key: randomUUID(),
      }),
    );
    const params = { listing: made.ref };
    await done(member.call(contract.stepListing, { params, body: { step: 'submit' } }));
    return { ...made, fields };
  };
  const decide = async (ref: string, decision: 'publish' | 'refuse') => {
    const params = { listing: ref };
    const { version } = await done(master.call(contract.reviewListing, { params }));
    const reason = decision === 'refuse' ? ('unclear' as const) : null;
    const note = decision === 'refuse' ? 'Schrijf er ook bij wat u niet doet.' : '';
    await done(
      master.call(contract.decideListing, { params, body: { decision, reason, note, version } }),
    );
  };
  const refused = await begin('Meelezen', 'Ik help u.');
  await decide(refused.ref, 'refuse');
  const changed = await begin(LONG, 'Op dinsdag zoeken we samen uit wat bewaard moet worden.');
  await decide(changed.ref, 'publish');
  const params = { listing: changed.ref };
  const { version } = await done(member.call(contract.readOwnListing, { params }));
  const body = { ...changed.fields, body: `${changed.fields.body} Koffie staat klaar.`, version };
  await done(member.call(contract.saveListing, { params, body }));
  const { items: mine } = await done(
    member.call(contract.listQuestions, { query: { show: 'mine', limit: 50 } }),
  );
  const asked = first(
    mine.filter(({ status }) => status === 'open' || status === 'answered'),
    'question of hers',
  );
  const { items: all } = await done(
    member.call(contract.listQuestions, { query: { show: 'answered', limit: 50 } }),
  );
  const question = first(
    all.filter(({ ref }) => !mine.some((one) => one.ref === ref)),
    'question of somebody else',
  ).ref;
  const { id: answer } = await done(
    member.call(contract.answerQuestion, {
      params: { question },
      body: { body: 'Dat kan iemand van de markt.' },
      key: randomUUID(),
    }),
  );
  await done(
    member.call(contract.attachListing, { params: { question, answer, listing: listing.ref } }),
  );
  const request = first(
    own.filter(({ kind, state }) => kind === 'request' && state === 'published'),
    'request of hers',
  );
  return {
    ...{ asked: asked.ref, answered: { question, answer }, request: request.ref },
    ...{ listing: listing.ref, slug: listing.slug, provider: listing.by.key },
    ...{ draft: draft.ref, refused: refused.ref, waiting: waiting.ref, changed: changed.ref },
  };
}

interface Listed {
  name: string;
  who: 'visitor' | 'member' | 'master';
  path: () => string;
  status?: number;
  shows?: string;
}

/** The pages that are seen most or hold most, in each look. */
const IN_EACH_LOOK = new Set([
  'market',
  'market-filtered',
  'market-empty',
  'listing',
  'listing-edit',
  'listings-own',
  'market-master',
  'market-review',
]);

export const marketPages = (made: () => MarketShown): readonly Listed[] =>
  all(made).filter(({ name }) => IN_EACH_LOOK.has(name));

/** All others, for the walk in English. */
export const furtherMarketPages = (made: () => MarketShown): readonly Listed[] =>
  all(made).filter(({ name }) => !IN_EACH_LOOK.has(name));

function all(made: () => MarketShown): readonly Listed[] {
  return [
    { name: 'market', who: 'visitor', path: () => '/markt' },
    {
      name: 'market-filtered',
      who: 'member',
      path: () => '/markt?q=wandelen&vanaf=spoorzoom&afstand=lopen&prijs=hooguit&bedrag=6',
      shows: 'op loopafstand',
    },
    {
      name: 'market-empty',
      who: 'visitor',
      path: () => '/markt?q=xyzzyq&thema=tuin',
      shows: 'Niets gevonden',
    },
    {
      name: 'market-wrong',
      who: 'visitor',
      path: () => '/markt?prijs=hooguit&bedrag=zes',
      shows: 'Vul een bedrag in',
    },
    { name: 'listing', who: 'visitor', path: () => `/markt/${made().listing}/${made().slug}` },
    {
      name: 'listing-member',
      who: 'member',
      path: () => `/markt/${made().listing}/${made().slug}`,
    },
    { name: 'listing-own', who: 'member', path: () => `/markt/${made().changed}` },
    { name: 'listing-missing', who: 'visitor', path: () => '/markt/zzzzzzzz', status: 404 },
    { name: 'listing-photos', who: 'member', path: () => `/markt/${made().draft}/fotos` },
    {
      name: 'listing-photos-master',
      who: 'master',
      path: () => `/markt/${made().waiting}/fotos`,
    },
    {
      name: 'listing-from-question',
      who: 'member',
      path: () => `/mijn/vraag/${made().asked}/hulpvraag`,
    },
    {
      name: 'attach',
      who: 'member',
      path: () => `/aanbod/${made().answered.question}?antwoord=${made().answered.answer}`,
      shows: 'Staat er nu bij',
    },
    {
      name: 'attach-nothing',
      who: 'member',
      path: () => `/aanbod/${made().answered.question}?antwoord=${made().answered.answer}&q=xyzzyq`,
      shows: 'Er is niets gevonden',
    },
    {
      name: 'question-from-request',
      who: 'member',
      path: () => `/vragen/nieuw?hulpvraag=${made().request}`,
    },
    { name: 'listing-new', who: 'member', path: () => '/markt/nieuw' },
    { name: 'listing-edit', who: 'member', path: () => `/markt/${made().draft}/bewerken` },
    {
      name: 'listing-refused',
      who: 'member',
      path: () => `/markt/${made().refused}/bewerken`,
      shows: 'Schrijf er ook bij wat u niet doet.',
    },
    {
      name: 'listing-history',
      who: 'member',
      path: () => `/markt/${made().changed}/eerder`,
      shows: 'Zo was het daarvoor',
    },
    { name: 'listing-times', who: 'member', path: () => `/markt/${made().changed}/tijden` },
    { name: 'listings-own', who: 'member', path: () => '/markt/mijn', shows: 'Klopt het nog?' },
    { name: 'provider', who: 'visitor', path: () => `/markt/aanbieder/${made().provider}` },
    { name: 'market-master', who: 'master', path: () => '/marktmeester' },
    { name: 'market-unmatched', who: 'master', path: () => '/marktmeester/zonder' },
    {
      name: 'market-offers-unmatched',
      who: 'master',
      path: () => '/marktmeester/zonder?soort=aanbod',
    },
    { name: 'market-reviews', who: 'master', path: () => '/marktmeester/beoordelingen' },
    { name: 'market-reports', who: 'master', path: () => '/marktmeester/gesprekken' },
    { name: 'messages', who: 'member', path: () => '/berichten' },
    {
      name: 'message-new',
      who: 'member',
      path: () => `/berichten/nieuw?advertentie=${made().listing}`,
    },
    { name: 'message-missing', who: 'member', path: () => '/berichten/zzzzzzzz', status: 404 },
    { name: 'market-review', who: 'master', path: () => `/marktmeester/${made().waiting}` },
    { name: 'market-master-refused', who: 'member', path: () => '/marktmeester', status: 403 },
  ];
}
