import { DAY_MS } from '@wijk/domain/kernel';
import {
  type AppFields,
  type AppGoal,
  type AppLevel,
  type AppPlatform,
  type AppRecord,
  type EvidenceLevel,
  FIRST_CRITERIA,
  type MdrClass,
  type Score,
  tellsAt,
  WHOLE_WIJK,
} from '@wijk/domain/market';
import { slugify } from '@wijk/domain/vraagbaak';
import { localDateOf, startOfDay } from '@wijk/domain/wijk';
import type { Transaction } from '../src/kernel/database.ts';
import {
  app,
  appReview,
  appVersion,
  criteria,
  curationDecision,
  curationRound,
  interest,
} from '../src/market/curation-tables.ts';
import { area, listing } from '../src/market/tables.ts';
import { operator, organisation } from '../src/wallet/tables.ts';
import { type ContentApp, readApps } from './content.ts';
import { CONTACTS, FOR_OTHERS, SPEAKERS } from './ehealth-people.ts';
import type { MarketPlace } from './market.ts';
import { type Chance, chance as seededChance } from './random.ts';
import { agoWhileAwake, TIME_ZONE } from './schedule.ts';

/** Chance of its own: what is curated moves nothing of the rest of the history. */
const SEED = 40_2026;
/** The day that the dates of the content are told from. */
const TOLD_ON = Date.parse('2026-12-01T00:00:00Z');

/** So many recommendations that end first are looked at again already. */
const REOPENED = 2;

/** The forty apps of the demonstration: recommended, not shown, and waiting for their supplier. */
export async function fillApps(tx: Transaction, place: MarketPlace): Promise<void> {
  const { wijkId, membershipOf, opened, now } = place;
  const chance = seededChance(SEED);
  await tx.insert(area).values({ wijkId, ...WHOLE_WIJK, position: 99 });
  const { version, criteria: judgedBy } = FIRST_CRITERIA;
  await tx.insert(criteria).values({ wijkId, version, criteria: [...judgedBy], adoptedAt: opened });
  const content = readApps();
  const suppliers = await storeSuppliers(tx, place, content, chance);
  const again = new Set(
    content
      .filter(({ review }) => review.decision === 'recommend')
      .sort((a, b) => (a.review.valid_until < b.review.valid_until ? -1 : 1))
      .slice(0, REOPENED)
      .map(({ id }) => id),
  );
  const curated = content.map((one) => ({
    one,
    record: recordOf(one),
    ids: { wijkId, listingId: chance.uuid() },
    ref: chance.ref(),
    author: membershipOf(SPEAKERS[one.supplier] ?? FOR_OTHERS),
    reviewers: one.review.reviewers.map(membershipOf),
    decidedAt: decidedBefore(now, chance),
    validUntil: validFrom(now, one.review.valid_until),
    isAgain: again.has(one.id),
  }));
  const before = (at: Date, days: number) => new Date(at.getTime() - days * DAY_MS);
  await tx.insert(listing).values(
    curated.map(({ one, record, ids, ref, author, decidedAt, validUntil }) => ({
      ...{ wijkId, id: ids.listingId, ref, slug: slugify(one.name), kind: 'ehealth' as const },
      ...{ membershipId: author, organisationId: suppliers.get(one.supplier) ?? null },
      ...{ title: one.name, body: one.summary, theme: one.theme, area: WHOLE_WIJK.slug },
      ...{ languages: one.languages, shell: 3, periods: [], rate: record.price.amount },
      mode: record.price.amount > 0 ? ('fixed' as const) : ('free' as const),
      foreignAccount: record.accountNeeded,
      madeAt: before(decidedAt, 30),
      ...(one.review.decision === 'recommend'
        ? { state: 'published' as const, publishedAt: decidedAt, expiresAt: validUntil }
        : { state: 'draft' as const }),
    })),
  );
  await tx.insert(app).values(
    curated.map(({ one, record, ids, author, decidedAt, validUntil, isAgain }) => ({
      ...ids,
      ...{ fields: fieldsOf(record), changedAt: before(decidedAt, 22), changedBy: author },
      ...{ version: 1, round: isAgain ? 2 : 1, isOpen: isAgain },
      waitsSince: isAgain ? before(now, 2) : null,
      ...(one.review.decision === 'recommend'
        ? { standing: 1, validUntil, tellAt: isAgain ? null : tellsAt(validUntil, now) }
        : {}),
    })),
  );
  await tx.insert(appVersion).values(
    curated.map(({ record, ids, author, decidedAt }) => ({
      ...{ ...ids, version: 1, record, submittedBy: author, submittedAt: before(decidedAt, 21) },
    })),
  );
  const first = { round: 1, version: 1, criteriaVersion: version };
  await tx.insert(curationRound).values(
    curated.flatMap(({ ids, author, decidedAt, isAgain }) => [
      {
        ...{ ...ids, ...first, cause: 'submitted' as const, openedBy: author },
        openedAt: before(decidedAt, 21),
      },
      ...(isAgain
        ? [{ ...ids, ...first, round: 2, cause: 'expiring' as const, openedAt: before(now, 2) }]
        : []),
    ]),
  );
  // in the second round of the first one only one of the two was quick
  const judged = curated.flatMap(({ one, record, ids, reviewers, decidedAt, isAgain }, i) => {
    const rows = reviewers.map((membershipId, nr) => ({
      ...{ ...ids, round: 1, membershipId, at: before(decidedAt, 9 - 4 * nr) },
      review: { scores: scoresOf(one, record), advice: one.review.decision },
      summary: one.review.reasons,
    }));
    const early = curated.findIndex((each) => each.isAgain) === i && isAgain;
    const [who] = rows;
    return early && who ? [...rows, { ...who, round: 2, at: before(now, 1) }] : rows;
  });
  await tx
    .insert(interest)
    .values(judged.map(({ review: _, summary: __, ...row }) => ({ ...row, conflict: false })));
  await tx.insert(appReview).values(judged.map(({ review, ...row }) => ({ ...row, ...review })));
  await tx.insert(curationDecision).values(
    curated.map(({ one, ids, reviewers, decidedAt, validUntil }) => ({
      ...{ ...ids, round: 1, decision: one.review.decision, reasons: one.review.reasons },
      ...{ validUntil, by: reviewers[1] ?? '', at: decidedAt },
    })),
  );
}

function decidedBefore(now: Date, chance: Chance): Date {
  const minutes = Math.floor(chance.between(12, 160)) * 24 * 60;
  return agoWhileAwake(now, minutes, minutes + 600, chance);
}

/** The end of a day of the content, as far from now as it is from when it was told. */
function validFrom(now: Date, day: string): Date {
  const days = Math.round((Date.parse(day) - TOLD_ON) / DAY_MS);
  return startOfDay(localDateOf(now, TIME_ZONE), TIME_ZONE, days + 1);
}

async function storeSuppliers(
  tx: Transaction,
  { wijkId, membershipOf, opened }: MarketPlace,
  content: readonly ContentApp[],
  chance: Chance,
): Promise<Map<string, string>> {
  const rows = [...new Set(content.map(({ supplier }) => supplier))].map((name) => ({
    ...{ wijkId, id: chance.uuid(), name, about: '', createdAt: opened },
  }));
  await tx.insert(organisation).values(rows);
  await tx.insert(operator).values(
    rows.map(({ id, name }, i) => ({
      ...{ wijkId, organisationId: id, role: 'manager' as const, since: opened },
      membershipId: membershipOf(SPEAKERS[name] ?? CONTACTS[i % CONTACTS.length] ?? FOR_OTHERS),
    })),
  );
  return new Map(rows.map(({ name, id }) => [name, id]));
}

/** What was not told of these is left empty, and their pages say so. */
function recordOf(one: ContentApp): AppRecord {
  const { regulatory, privacy, evidence, usability, launch } = one;
  return {
    ...{ name: one.name, release: '' },
    supplier: { name: one.supplier, country: '', contact: '' },
    purpose: {
      ...{ summary: one.summary, theme: one.theme, audience: '', notFor: '' },
      ...{ goal: one.goal as AppGoal, level: one.level as AppLevel },
    },
    platforms: one.platforms as AppPlatform[],
    languages: one.languages,
    price: { amount: one.price_credits * 100, after: one.price_after },
    accountNeeded: launch.account_needed,
    regulatory: {
      medicalClaim: regulatory.medical_claim,
      ...{ mdrClass: regulatory.mdr_class as MdrClass | null, ce: regulatory.ce },
    },
    privacy: {
      ...{ location: privacy.data_location, retention: privacy.retention, sharedWith: '' },
      ...{ shared: privacy.shared, dpiaDate: privacy.dpia_date, nen7510: privacy.nen7510 },
    },
    evidence: { level: evidence.level as EvidenceLevel, note: evidence.note },
    usability: {
      ...{ sus: usability.sus, wcag: usability.wcag },
      lowLiteracy: usability.low_literacy_tested,
    },
    safety: { crisis: '', complaints: '' },
  };
}

const yesNo = (value: boolean) => (value ? ('ja' as const) : ('nee' as const));

function fieldsOf(record: AppRecord): AppFields {
  const { supplier, purpose, price, regulatory, privacy, evidence, usability } = record;
  return {
    ...{ name: record.name, release: '', supplierName: supplier.name, supplierCountry: '' },
    ...{ supplierContact: '', ...purpose, platforms: record.platforms },
    ...{ languages: record.languages, price: String(price.amount / 100), priceAfter: price.after },
    accountNeeded: yesNo(record.accountNeeded),
    medicalClaim: yesNo(regulatory.medicalClaim),
    ...{ mdrClass: regulatory.mdrClass ?? '', ce: yesNo(regulatory.ce) },
    ...{ dataLocation: privacy.location, retention: privacy.retention },
    ...{ shared: yesNo(privacy.shared), sharedWith: '', dpiaDate: privacy.dpiaDate ?? '' },
    ...{ nen7510: yesNo(privacy.nen7510), evidenceLevel: evidence.level },
    ...{ evidenceNote: evidence.note, sus: usability.sus === null ? '' : String(usability.sus) },
    ...{ wcag: usability.wcag, lowLiteracy: yesNo(usability.lowLiteracy) },
    ...{ crisis: '', complaints: '' },
  };
}

/** Both curators gave the score of the content; the word with it is what the record says of it. */
function scoresOf({ review }: ContentApp, { privacy, evidence, usability }: AppRecord): Score[] {
  const notes: Record<string, string> = {
    privacy: `Gegevens staan in: ${privacy.location}. Bewaard: ${privacy.retention}.`,
    onderbouwing: evidence.note,
    gebruiksgemak:
      usability.sus === null ? 'Niet gemeten.' : `De leverancier mat een SUS van ${usability.sus}.`,
    toegankelijkheid: `WCAG: ${usability.wcag}.`,
    veiligheid: review.reasons,
  };
  return FIRST_CRITERIA.criteria.map(({ key }) => ({
    ...{ criterion: key, score: review.scores[key] ?? 0, note: notes[key] ?? '', evidence: '' },
  }));
}
