import { DAY_MS, HOUR_MS } from '@wijk/domain/kernel';
import {
  DEFAULT_MARKET_POLICY,
  MARKET_THEMES,
  type MarketArea,
  type PriceMode,
} from '@wijk/domain/market';
import { slugify } from '@wijk/domain/vraagbaak';
import type { Transaction } from '../src/kernel/database.ts';
import { area, listing, listingDecision, marketPolicy, marketTheme } from '../src/market/tables.ts';
import { operator, organisation } from '../src/wallet/tables.ts';
import { type ContentOffer, readOffers, readOrganisations } from './content.ts';
import { periodsIn } from './market-periods.ts';
import { type Chance, chance as seededChance } from './random.ts';
import { agoWhileAwake } from './schedule.ts';

/** Chance of its own: what stands on the market moves nothing of the rest of the history. */
const SEED = 12_2026;
/** Eight weeks: some of what stands there ends this week. */
const LISTING_DAYS = 56;

/** Invented middles, some hundreds of metres apart. */
const AREAS: readonly MarketArea[] = [
  { slug: 'elzenhof', name: 'Elzenhof', latitude: 52.12, longitude: 5.3 },
  { slug: 'spoorzoom', name: 'Spoorzoom', latitude: 52.1245, longitude: 5.296 },
  { slug: 'oude-veiling', name: 'Oude Veiling', latitude: 52.118, longitude: 5.3085 },
  { slug: 'tuinmeent', name: 'Tuinmeent', latitude: 52.115, longitude: 5.2945 },
  { slug: 'zwaluwkwartier', name: 'Zwaluwkwartier', latitude: 52.1255, longitude: 5.307 },
  { slug: 'molenwal', name: 'Molenwal', latitude: 52.1105, longitude: 5.3035 },
];

/** Who looks after what an organisation has on the market. */
const MANAGERS: Readonly<Record<string, string>> = {
  'Wijkhuis De Kruik': 'Els Wagenaar',
  'Welzijnsstichting Onder de Elzen': 'Petra Lankhaar',
  'Fysiotherapie Molenwal': 'Bart Hoekstra',
  'Fietswerkplaats De Gouden Ketting': 'Ahmad Haddad',
  'Bibliotheekpunt Oude Veiling': 'Wim Scholte',
  'Kookcollectief De Volle Pan': 'Loes Klaassen',
  'Tuinvereniging De Lange Schoffel': 'Gijs Ottens',
  'Klusbedrijf Aydın & Dochter': 'Joop Renkema',
};

/** What is not simply published; what a curator must refuse waits for the market master. */
const STANDING: Readonly<
  Record<string, 'review' | 'paused' | 'fulfilled' | 'expiring' | 'expired'>
> = {
  m044: 'review',
  m046: 'paused',
  m057: 'paused',
  m022: 'paused',
  m038: 'fulfilled',
  m067: 'fulfilled',
  m009: 'expiring',
  m023: 'expiring',
  m058: 'expiring',
  m003: 'expiring',
  m062: 'expired',
};

/** How many can come at once. */
const PLACES: Readonly<Record<string, number>> = { m039: 8 };

const MODES: Readonly<Record<string, PriceMode>> = {
  free: 'free',
  fixed: 'fixed',
  per_hour: 'hourly',
  naar_vermogen: 'ability',
};

export interface MarketPlace {
  wijkId: string;
  membershipOf: (name: string) => string;
  opened: Date;
  now: Date;
}

type ListingRow = typeof listing.$inferInsert;

/** The market of the demonstration: seventy offers and requests in every state, and who made them. */
export async function fillMarket(tx: Transaction, place: MarketPlace): Promise<void> {
  const { wijkId, membershipOf, opened } = place;
  const chance = seededChance(SEED);
  await tx
    .insert(marketTheme)
    .values(MARKET_THEMES.map((theme, i) => ({ wijkId, ...theme, position: i + 1 })));
  await tx.insert(area).values(AREAS.map((one, i) => ({ wijkId, ...one, position: i + 1 })));
  await tx.insert(marketPolicy).values({
    ...{ wijkId, version: 1, ...DEFAULT_MARKET_POLICY, listingDays: LISTING_DAYS },
    vetProfessional: true,
    madeAt: opened,
  });
  const organisations = await storeOrganisations(tx, place, chance);
  const rows = readOffers().map((offer) => rowOf(offer, place, organisations, chance));
  await tx.insert(listing).values([...rows, draftOf(place, chance)]);
  const masters = ['Ineke Bloemhof', 'Yusuf Demirci'].map(membershipOf);
  await tx.insert(listingDecision).values(
    rows.flatMap(({ id, publishedAt, membershipId }) =>
      publishedAt
        ? [
            {
              ...{
                wijkId,
                id: chance.uuidAt(publishedAt),
                listingId: id,
                decision: 'publish' as const,
              },
              by:
                masters.find((one) => one !== membershipId && chance.percent(60)) ??
                masters[1] ??
                '',
              at: publishedAt,
            },
          ]
        : [],
    ),
  );
}

async function storeOrganisations(
  tx: Transaction,
  { wijkId, membershipOf, opened }: MarketPlace,
  chance: Chance,
): Promise<Map<string, string>> {
  const rows = readOrganisations().map(({ name, about }) => ({
    ...{ wijkId, id: chance.uuid(), name, about, createdAt: opened },
  }));
  await tx.insert(organisation).values(rows);
  await tx.insert(operator).values(
    rows.map(({ id, name }) => ({
      ...{ wijkId, organisationId: id, membershipId: membershipOf(MANAGERS[name] ?? '') },
      ...{ role: 'manager' as const, since: opened },
    })),
  );
  return new Map(rows.map(({ name, id }) => [name, id]));
}

function rowOf(
  offer: ContentOffer,
  { wijkId, membershipOf, now }: MarketPlace,
  organisations: ReadonlyMap<string, string>,
  chance: Chance,
): ListingRow {
  const standing = offer.curate ? 'review' : (STANDING[offer.id] ?? 'published');
  const ago = (days: number) => agoWhileAwake(now, days * 24 * 60, days * 24 * 60 + 600, chance);
  const made =
    standing === 'review'
      ? ago(chance.between(0.2, 1.8))
      : standing === 'expiring'
        ? ago(chance.between(50, 52))
        : ago(chance.between(1, 46));
  const place = AREAS.find(({ name }) => name === offer.area);
  const mode = MODES[offer.price.mode];
  if (!place || !mode) throw new Error(`${offer.id} is nowhere, or has a price that nobody knows`);
  const organisationId = organisations.get(offer.by.name) ?? null;
  const maker = organisationId ? (MANAGERS[offer.by.name] ?? '') : offer.by.name;
  return {
    ...{
      wijkId,
      id: chance.uuid(),
      ref: chance.ref(),
      slug: slugify(offer.title),
      kind: offer.kind,
    },
    ...{ membershipId: membershipOf(maker), organisationId, title: offer.title, body: offer.body },
    ...{
      theme: offer.theme,
      area: place.slug,
      audience: offer.audience,
      languages: offer.languages,
    },
    ...{ accessibility: offer.accessibility, availability: offer.availability, shell: offer.shell },
    ...{ mode, rate: (offer.price.credits ?? 0) * 100, periods: periodsIn(offer.availability) },
    places: PLACES[offer.id] ?? null,
    madeAt: new Date(made.getTime() - HOUR_MS),
    ...standingOf(standing, made, now),
  };
}

/** How it stands since it was handed in. */
function standingOf(
  standing: 'published' | (typeof STANDING)[string],
  made: Date,
  now: Date,
): Pick<
  ListingRow,
  | 'state'
  | 'submittedAt'
  | 'publishedAt'
  | 'expiresAt'
  | 'remindAt'
  | 'remindedAt'
  | 'endedAt'
  | 'ending'
> {
  if (standing === 'review') return { state: 'review', submittedAt: made };
  const expiresAt = new Date(made.getTime() + LISTING_DAYS * DAY_MS);
  const remindAt = new Date(expiresAt.getTime() - DEFAULT_MARKET_POLICY.remindDays * DAY_MS);
  const term = { publishedAt: made, expiresAt };
  switch (standing) {
    case 'paused':
      return { state: 'paused', ...term, remindAt };
    case 'fulfilled':
      return { state: 'fulfilled', ...term };
    case 'expired':
      return {
        state: 'ended',
        ...term,
        endedAt: new Date(now.getTime() - DAY_MS),
        ending: 'expired',
      };
    case 'expiring':
      return { state: 'published', ...term, remindedAt: remindAt };
    default:
      return { state: 'published', ...term, remindAt };
  }
}

/** Something that somebody is still writing. */
function draftOf({ wijkId, membershipOf, now }: MarketPlace, chance: Chance): ListingRow {
  return {
    ...{
      wijkId,
      id: chance.uuid(),
      ref: chance.ref(),
      slug: 'samen-koken-voor-de-iftar',
      kind: 'offer',
    },
    ...{ state: 'draft', membershipId: membershipOf('Fatima Amrani') },
    ...{ title: 'Samen koken voor de iftar', body: 'Ik kook graag voor meer mensen. Wie wil' },
    ...{
      theme: 'maaltijden',
      area: null,
      languages: ['nl', 'ar'],
      shell: 1,
      mode: 'ability',
      periods: [],
    },
    madeAt: new Date(now.getTime() - 26 * HOUR_MS),
  };
}
