import { type SQL, sql } from 'drizzle-orm';
import { type Executor, run } from '../kernel/index.ts';
import type { StoredListing } from './listing-store.ts';
import type { ShownListingPhoto } from './photo-store.ts';

/** A listing with the names that pages show. */
export interface NamedListing
  extends Pick<
    StoredListing,
    | 'hold'
    | 'id'
    | 'ref'
    | 'slug'
    | 'kind'
    | 'state'
    | 'membershipId'
    | 'organisationId'
    | 'title'
    | 'languages'
    | 'shell'
    | 'mode'
    | 'rate'
    | 'places'
    | 'periods'
    | 'availability'
    | 'version'
    | 'ending'
  > {
  /** all of it, or the first lines where only these were asked for */
  body: string;
  theme: { slug: string; name: string; health: boolean } | null;
  area: { slug: string; name: string } | null;
  /** of the organisation, or of the member; null: somebody who was erased */
  byName: string | null;
  /** function of the member, where no organisation speaks */
  byTitle: string | null;
  madeAt: Date;
  publishedAt: Date | null;
  expiresAt: Date | null;
  submittedAt: Date | null;
  /** the one on cards */
  photo: ShownListingPhoto | null;
}

interface Row extends Record<string, unknown> {
  theme_slug: string | null;
  theme_name: string | null;
  health: boolean | null;
  area_slug: string | null;
  area_name: string | null;
  made_at: string;
  published_at: string | null;
  expires_at: string | null;
  submitted_at: string | null;
}

/** Of a text for a list: what is shown of it is cut from this. */
const READ = 300;

/** The columns of a listing for a list, with who made it; `l` is the listing. */
const columns = (body: string) =>
  sql.raw(`l.id, l.ref, l.slug, l.kind, l.state, l.membership_id as "membershipId",
  l.organisation_id as "organisationId", l.title, ${body} as body, l.languages, l.shell,
  l.mode, l.rate, l.places, l.periods, l.availability, l.version, l.ending, l.hold,
  t.slug as theme_slug, t.name as theme_name, t.health, a.slug as area_slug, a.name as area_name,
  case when l.organisation_id is null then p.name else o.name end as "byName",
  case when l.organisation_id is null then m.title end as "byTitle",
  l.made_at, l.published_at, l.expires_at, l.submitted_at,
  (select json_build_object('id', f.id, 'alt', f.alt, 'width', f.width, 'height', f.height)
    from market.photo f where f.wijk_id = l.wijk_id and f.listing_id = l.id and f.removed_at is null
    order by f.position, f.id limit 1) as photo`);
const CARD = columns(`left(l.body, ${READ})`);
const WHOLE = columns('l.body');

const FROM = sql.raw(`market.listing l
  join identity.membership m on m.wijk_id = l.wijk_id and m.id = l.membership_id
  join identity.person p on p.id = m.person_id
  left join wallet.organisation o on o.wijk_id = l.wijk_id and o.id = l.organisation_id
  left join market.theme t on t.wijk_id = l.wijk_id and t.slug = l.theme
  left join market.area a on a.wijk_id = l.wijk_id and a.slug = l.area`);

const when = (text: string | null) => (text === null ? null : new Date(text));

function named(row: Row): NamedListing {
  const { theme_slug, theme_name, health, area_slug, area_name, made_at, ...rest } = row;
  const { published_at, expires_at, submitted_at, ...listing } = rest;
  return {
    ...(listing as unknown as NamedListing),
    theme:
      theme_slug === null
        ? null
        : { slug: theme_slug, name: theme_name ?? '', health: health ?? false },
    area: area_slug === null ? null : { slug: area_slug, name: area_name ?? '' },
    madeAt: new Date(made_at),
    publishedAt: when(published_at),
    expiresAt: when(expires_at),
    submittedAt: when(submitted_at),
  };
}

async function read(db: Executor, query: SQL): Promise<NamedListing[]> {
  const { rows } = await run<Row>(db, query);
  return rows.map(named);
}

const uuids = (ids: readonly string[]) => `{${ids.join(',')}}`;

/** Of these the ones that stand on the market, in the order given. */
export async function readPublished(
  db: Executor,
  wijkId: string,
  ids: readonly string[],
): Promise<NamedListing[]> {
  if (ids.length === 0) return [];
  const found = await read(
    db,
    sql`select ${CARD} from ${FROM}
      where l.wijk_id = ${wijkId} and l.id = any(${uuids(ids)}::uuid[]) and l.state = 'published'`,
  );
  const byId = new Map(found.map((one) => [one.id, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What is published of a member, or of an organisation; newest first. */
export async function listPublishedBy(
  db: Executor,
  wijkId: string,
  of: { membershipId: string } | { organisationId: string },
  limit: number,
): Promise<NamedListing[]> {
  return 'membershipId' in of
    ? read(
        db,
        sql`select ${CARD} from ${FROM} where l.wijk_id = ${wijkId} and l.state = 'published'
          and l.membership_id = ${of.membershipId} and l.organisation_id is null
          order by l.made_at desc, l.id limit ${limit}`,
      )
    : read(
        db,
        sql`select ${CARD} from ${FROM} where l.wijk_id = ${wijkId} and l.state = 'published'
          and l.organisation_id = ${of.organisationId} order by l.made_at desc, l.id limit ${limit}`,
      );
}

/**
 * Listings of a member, and of organisations that they act for; newest first. Drafts that were thrown
 * away are left out.
 */
export async function listOwnListings(
  db: Executor,
  wijkId: string,
  own: { membershipId: string; organisations: readonly string[] },
  page: { after: { at: Date; id: string } | null; limit: number },
): Promise<NamedListing[]> {
  const { at = null, id = null } = page.after ?? {};
  return read(
    db,
    sql`select ${CARD} from ${FROM} where l.wijk_id = ${wijkId}
      and ((l.membership_id = ${own.membershipId} and l.organisation_id is null)
        or l.organisation_id = any(${uuids(own.organisations)}::uuid[]))
      and (l.state <> 'ended' or l.published_at is not null)
      and (${at}::timestamptz is null or (l.made_at, l.id) < (${at}::timestamptz, ${id}::uuid))
      order by l.made_at desc, l.id desc limit ${page.limit}`,
  );
}

export type WaitingListing = NamedListing & Pick<StoredListing, 'audience' | 'accessibility'>;

/** What waits for the market master, oldest first, with all of its text. */
export async function listWaiting(
  db: Executor,
  wijkId: string,
  page: { after: { at: Date; id: string } | null; limit: number },
): Promise<WaitingListing[]> {
  const { at = null, id = null } = page.after ?? {};
  return (await read(
    db,
    sql`select ${WHOLE}, l.audience, l.accessibility from ${FROM}
      where l.wijk_id = ${wijkId} and l.state = 'review' and l.kind <> 'ehealth'
      and (${at}::timestamptz is null or (l.submitted_at, l.id) > (${at}::timestamptz, ${id}::uuid))
      order by l.submitted_at, l.id limit ${page.limit}`,
  )) as WaitingListing[];
}

/** How many wait. */
export async function countWaiting(db: Executor, wijkId: string): Promise<number> {
  const { rows } = await run<{ n: number }>(
    db,
    sql`select count(*)::int as n from market.listing l
      where l.wijk_id = ${wijkId} and l.state = 'review' and l.kind <> 'ehealth'`,
  );
  return rows[0]?.n ?? 0;
}

/** One listing whatever its state, with all of its text. */
export async function readNamedListing(
  db: Executor,
  wijkId: string,
  ref: string,
): Promise<(NamedListing & { stored: StoredText }) | undefined> {
  const { rows } = await run<Row & StoredText>(
    db,
    sql`select ${CARD}, l.body as "wholeBody", l.audience, l.accessibility,
      l.foreign_account as "foreignAccount", l.typed, l.ended_at as "endedAt",
      l.question_id as "questionId", l.became_question_id as "becameQuestionId"
      from ${FROM} where l.wijk_id = ${wijkId} and l.ref = ${ref}`,
  );
  const [row] = rows;
  if (!row) return undefined;
  const { wholeBody, audience, accessibility, foreignAccount, typed, endedAt, ...rest } = row;
  const { questionId, becameQuestionId, ...card } = rest;
  return {
    ...named(card),
    body: wholeBody,
    stored: {
      wholeBody,
      audience,
      accessibility,
      foreignAccount,
      typed,
      questionId,
      becameQuestionId,
      endedAt: endedAt === null ? null : new Date(endedAt),
    },
  };
}

/** What a list leaves out. */
export interface StoredText {
  wholeBody: string;
  audience: string;
  accessibility: string;
  foreignAccount: boolean;
  typed: { rate?: string; places?: string };
  /** the question that it came from, and the one that it became */
  questionId: string | null;
  becameQuestionId: string | null;
  endedAt: Date | null;
}
