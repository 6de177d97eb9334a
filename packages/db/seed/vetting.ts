import { createHash } from 'node:crypto';
import { DAY_MS } from '@wijk/domain/kernel';
import {
  FIRST_PROVIDER_CRITERIA,
  FIRST_TERMS,
  tellsAt,
  type Verdict,
  type VettingApplication,
} from '@wijk/domain/market';
import { localDateOf, startOfDay } from '@wijk/domain/wijk';
import { eq } from 'drizzle-orm';
import type { Transaction } from '../src/kernel/database.ts';
import { setupChange, termsSignature, termsVersion } from '../src/market/terms-tables.ts';
import {
  provider,
  providerCriteria,
  vettingDecision,
  vettingInterest,
  vettingReview,
  vettingRound,
} from '../src/market/vetting-tables.ts';
import { organisation } from '../src/wallet/tables.ts';
import type { MarketPlace } from './market.ts';
import { chance as seededChance } from './random.ts';
import { TIME_ZONE } from './schedule.ts';

/** Chance of its own: who is vetted moves nothing of the rest of the history. */
const SEED = 41_2026;
const MASTER = 'Ineke Bloemhof';
const SECOND_TEXT = `${FIRST_TERMS}
- Bent u een dag of langer dicht, dan zet u uw aanbod zelf stil. Zo vraagt niemand tevergeefs om hulp.`;
/** The second text is five days old; whoever signed the first has until the end of these. */
const PUBLISHED_DAYS_AGO = 5;
const SIGN_DAYS = 30;

interface Vetted {
  name: string;
  speaker: string;
  application: VettingApplication;
  /** who judged, and what each found */
  found: readonly { by: string; advice: Verdict; scores: readonly number[]; summary: string }[];
  /** null: it waits for the second */
  reasons: string | null;
  daysAgo: number;
  /** versions of the terms that were signed */
  signed: readonly number[];
}

const PROVIDERS: readonly Vetted[] = [
  {
    name: 'Fysiotherapie Molenwal',
    speaker: 'Bart Hoekstra',
    application: {
      about:
        'Fysiotherapie en valpreventie, in de praktijk en bij mensen thuis. Wij stellen geen diagnose via de markt.',
      registration: 'KvK 70112233, drie mensen in het BIG-register',
      qualification: 'Drie fysiotherapeuten, van wie twee met de aantekening geriatrie.',
      conduct: 'Drie mensen komen bij bewoners thuis. Alle drie een VOG van dit jaar.',
      insurance: 'Beroepsaansprakelijkheid via de beroepsvereniging, tot 2,5 miljoen euro.',
      complaints: 'De klachtenregeling van de beroepsvereniging, met een onafhankelijke commissie.',
    },
    found: [
      {
        by: MASTER,
        advice: 'recommend',
        scores: [5, 5, 4, 4, 4],
        summary: 'Alles was in orde en de registers kloppen.',
      },
      {
        by: 'Anil Ramdin',
        advice: 'recommend',
        scores: [5, 4, 4, 5, 4],
        summary: 'Goed opgeleid, en duidelijk over wat wel en niet kan.',
      },
    ],
    reasons:
      'Wij zochten de drie namen op in het register en zagen de verzekering in. De praktijk zegt vooraf wat het kost en verwijst op tijd naar de huisarts.',
    daysAgo: 40,
    signed: [1, 2],
  },
  {
    name: 'Klusbedrijf Aydın & Dochter',
    speaker: 'Joop Renkema',
    application: {
      about:
        'Kleine aanpassingen in huis: beugels, drempelhulpen, trapleuningen. Geen gas en geen elektra.',
      registration: 'KvK 68445566',
      qualification: 'Twintig jaar ervaring; erkend leerbedrijf.',
      conduct: 'Twee mensen komen bij bewoners thuis, allebei met een VOG van vorig jaar.',
      insurance: 'Bedrijfsaansprakelijkheid tot 1 miljoen euro.',
      complaints: 'Eerst bij ons. Daarna bij de geschillencommissie voor klussenbedrijven.',
    },
    found: [
      {
        by: 'Yusuf Demirci',
        advice: 'recommend',
        scores: [4, 4, 4, 3, 5],
        summary: 'Vakwerk, en een duidelijke prijs vooraf.',
      },
      {
        by: 'Noor van der Horst',
        advice: 'recommend',
        scores: [4, 4, 3, 3, 4],
        summary: 'In orde. De klachtenregeling mag korter en duidelijker.',
      },
    ],
    reasons:
      'Het werk is goed en de prijs staat vooraf vast. Over klachten staat genoeg op papier.',
    daysAgo: 33,
    signed: [1],
  },
  {
    name: 'Fietswerkplaats De Gouden Ketting',
    speaker: 'Ahmad Haddad',
    application: {
      about: 'Wij maken fietsen, rollators en scootmobielen, in de werkplaats of aan de deur.',
      registration: 'KvK 75889900',
      qualification: 'Een rijwielhersteller met diploma en vier vrijwilligers.',
      conduct: 'Eén medewerker komt bij mensen thuis en heeft een VOG.',
      insurance: 'Verzekerd via de stichting waar wij onder vallen.',
      complaints: 'Bij de coördinator van de werkplaats, die binnen een week belt.',
    },
    found: [
      {
        by: 'Wim Scholte',
        advice: 'recommend',
        scores: [4, 4, 3, 4, 4],
        summary: 'Een fijne werkplaats die doet wat ze belooft.',
      },
    ],
    reasons: null,
    daysAgo: 2,
    signed: [],
  },
];

const NOTES = [
  'De diploma’s en registers zijn nagekeken.',
  'Wie er komt is bekend, en er is een VOG.',
  'De verzekering is gezien.',
  'Er staat waar iemand met een klacht terechtkan.',
  'Prijs en voorwaarden staan vooraf vast.',
];

/** Two vetted providers, of which one must sign again, and one in the middle. Call it when the market is filled. */
export async function fillVetting(tx: Transaction, place: MarketPlace): Promise<void> {
  const { wijkId, membershipOf, opened, now } = place;
  const chance = seededChance(SEED);
  const { version, criteria } = FIRST_PROVIDER_CRITERIA;
  const master = membershipOf(MASTER);
  await tx.insert(providerCriteria).values({
    ...{ wijkId, version, criteria: [...criteria], adoptedAt: opened, adoptedBy: master },
  });
  const published = new Date(now.getTime() - PUBLISHED_DAYS_AGO * DAY_MS);
  const due = new Date(published.getTime() + SIGN_DAYS * DAY_MS);
  const texts = [
    { version: 1, text: FIRST_TERMS, publishedBy: null, publishedAt: opened, signBy: opened },
    { version: 2, text: SECOND_TEXT, publishedBy: master, publishedAt: published, signBy: due },
  ].map((one) => ({ wijkId, ...one, hash: createHash('sha256').update(one.text).digest('hex') }));
  await tx.insert(termsVersion).values(texts);
  await tx.insert(setupChange).values({
    ...{ wijkId, id: chance.uuidAt(published), kind: 'terms', by: master, at: published },
    ...{ before: { version: '1' }, after: { version: '2' } },
  });
  const organisations = await tx
    .select({ id: organisation.id, name: organisation.name })
    .from(organisation)
    .where(eq(organisation.wijkId, wijkId));
  for (const one of PROVIDERS) {
    const id = organisations.find(({ name }) => name === one.name)?.id;
    if (!id) throw new Error(`${one.name} is no organisation`);
    await store(tx, place, one, id, { texts, due });
  }
}

async function store(
  tx: Transaction,
  { wijkId, membershipOf, now }: MarketPlace,
  one: Vetted,
  organisationId: string,
  terms: { texts: readonly { version: number; hash: string; publishedAt: Date }[]; due: Date },
): Promise<void> {
  const key = `o-${organisationId}`;
  const speaker = membershipOf(one.speaker);
  const day = (later: number) => new Date(now.getTime() - (one.daysAgo - later) * DAY_MS);
  const asked = day(0);
  const decided = one.reasons === null ? null : day(2);
  const validUntil =
    decided &&
    startOfDay(localDateOf(new Date(decided.getTime() + 365 * DAY_MS), TIME_ZONE), TIME_ZONE, 0);
  const signedVersion = one.signed.at(-1) ?? null;
  await tx.insert(provider).values({
    ...{ wijkId, key, organisationId, round: 1, isOpen: decided === null },
    waitsSince: decided ? null : asked,
    ...{ standing: decided ? 1 : null, validUntil, signedVersion },
    tellAt: decided && validUntil ? tellsAt(validUntil, decided) : null,
    termsDueAt: signedVersion === 1 ? terms.due : null,
  });
  const of = { wijkId, provider: key, round: 1 };
  await tx.insert(vettingRound).values({
    ...{ ...of, application: one.application, criteriaVersion: FIRST_PROVIDER_CRITERIA.version },
    ...{ cause: 'submitted' as const, openedBy: speaker, openedAt: asked },
  });
  for (const [i, { by, advice, scores, summary }] of one.found.entries()) {
    const who = {
      ...of,
      membershipId: membershipOf(by),
      at: new Date(day(1).getTime() + i * 3_600_000),
    };
    await tx.insert(vettingInterest).values({ ...who, conflict: false });
    await tx.insert(vettingReview).values({
      ...{ ...who, advice, summary },
      scores: FIRST_PROVIDER_CRITERIA.criteria.map(({ key: criterion }, n) => ({
        ...{ criterion, score: scores[n] ?? 4, note: NOTES[n] ?? '', evidence: '' },
      })),
    });
  }
  const last = one.found.at(-1);
  if (decided && validUntil && last)
    await tx.insert(vettingDecision).values({
      ...{ ...of, decision: 'recommend' as const, reasons: one.reasons ?? '', validUntil },
      ...{ by: membershipOf(last.by), at: decided },
    });
  for (const version of one.signed) {
    const text = terms.texts.find((each) => each.version === version);
    if (!text) throw new Error('signed what is not there');
    const at = version === 1 ? day(3) : new Date(text.publishedAt.getTime() + DAY_MS);
    await tx.insert(termsSignature).values({
      ...{ wijkId, provider: key, version, hash: text.hash, name: one.speaker },
      ...{ signedBy: speaker, signedAt: at },
    });
  }
}
