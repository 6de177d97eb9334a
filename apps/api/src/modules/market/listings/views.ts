import type {
  ListingCard,
  ListingView,
  Provider,
  ReplyOf,
  readListingHistory,
} from '@wijk/contracts';
import type { Executor } from '@wijk/db/kernel';
import {
  listListingPhotos,
  type NamedDecision,
  type NamedListing,
  type readNamedListing,
  type ShownListingPhoto,
} from '@wijk/db/market';
import { LISTING_REASONS } from '@wijk/domain/market';
import { linksInView, type QuestionLink } from '../../vraagbaak/index.ts';

const EXCERPT = 180;

/** The first words of a text, whole ones. */
export function excerptOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= EXCERPT) return line;
  const cut = line.lastIndexOf(' ', EXCERPT);
  return `${line.slice(0, cut > EXCERPT / 2 ? cut : EXCERPT).replace(/[\s.,;:]+$/, '')}…`;
}

export const providerOf = (
  one: Pick<NamedListing, 'organisationId' | 'membershipId' | 'byName' | 'byTitle'>,
): Provider => ({
  key: one.organisationId ? `o-${one.organisationId}` : `m-${one.membershipId}`,
  kind: one.organisationId ? 'organisation' : 'member',
  name: one.byName,
  title: one.byTitle,
});

const base = (one: NamedListing) => {
  const { ref, slug, kind, state, title, theme, area, mode, rate, places } = one;
  const { periods, availability, languages } = one;
  return {
    ...{ ref, slug, kind, state, title, theme, area, mode, rate, places, periods, availability },
    languages,
    by: providerOf(one),
    publishedAt: one.publishedAt?.toISOString() ?? null,
  };
};

const photoView = ({ id, alt, width, height }: ShownListingPhoto) => ({ id, alt, width, height });

export const cardOf = (one: NamedListing): ListingCard => ({
  ...base(one),
  excerpt: excerptOf(one.body),
  photo: one.photo && photoView(one.photo),
});

type Whole = NonNullable<Awaited<ReturnType<typeof readNamedListing>>>;

export const viewOf = (
  one: Whole,
  viewer: ListingView['viewer'],
  { links, photos }: Around,
): ListingView => ({
  ...base(one),
  photos: photos.map(photoView),
  body: one.stored.wholeBody,
  audience: one.stored.audience,
  accessibility: one.stored.accessibility,
  shell: one.shell,
  foreignAccount: one.stored.foreignAccount,
  version: one.version,
  expiresAt: one.expiresAt?.toISOString() ?? null,
  question: links.get(one.stored.questionId ?? '') ?? null,
  became: links.get(one.stored.becameQuestionId ?? '') ?? null,
  viewer,
});

/** What stands with a listing on its page. */
interface Around {
  /** questions that it has to do with, as far as anybody may read them with who asked */
  links: ReadonlyMap<string, QuestionLink>;
  photos: readonly ShownListingPhoto[];
}

export async function aroundListing(
  db: Executor,
  wijkId: string,
  { id, stored }: Whole,
): Promise<Around> {
  const [links, photos] = await Promise.all([
    linksInView(db, wijkId, [stored.questionId, stored.becameQuestionId]),
    listListingPhotos(db, wijkId, id),
  ]);
  return { links, photos };
}

type Decision = Omit<ReplyOf<typeof readListingHistory>['decisions'][number], 'by'>;

export const decisionView = ({ id, decision, reason, note, at }: NamedDecision): Decision => ({
  ...{ id, decision, note, at: at.toISOString() },
  reason: LISTING_REASONS.find((one) => one === reason) ?? null,
});
