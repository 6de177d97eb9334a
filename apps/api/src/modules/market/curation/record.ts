import type {
  BodyOf,
  draftApp as draftContract,
  ReplyOf,
  saveAppRecord as saveContract,
} from '@wijk/contracts';
import { inTransaction, once } from '@wijk/db/kernel';
import {
  addAppVersion,
  countUnpublished,
  ensureWholeWijk,
  findApp,
  findAppVersion,
  findListing,
  insertApp,
  insertListing,
  listAppReviews,
  listCurationDecisions,
  listRounds,
  lockApp,
  lockListing,
  readPlaces,
  saveApp,
  saveListing,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError, randomUuid } from '@wijk/domain/kernel';
import { type AppFields, afterListingStep, readAppRecord } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertActsFor, assertAuthor, listingNotFound } from '../listings/access.ts';
import { tellListing } from '../listings/tell.ts';
import { amountOf, listingOfFields } from './listing-of.ts';
import { openRound } from './round.ts';
import { criteriaOfRound, decisionView, savedApp } from './views.ts';

type Saved = ReplyOf<typeof saveContract>;

/** Drafts and what waits, of one person: more than anybody works on at once. */
const UNPUBLISHED_MAX = 30;

const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))
      : part,
  );

/**
 * Begins the record of an app as far as it was typed.
 * @throws `market.not-operator`, `market.too-many-drafts` {max}
 */
export async function draftApp(
  { db, clock, secret }: Services,
  actor: Member,
  wijk: Wijk,
  body: BodyOf<typeof draftContract>,
  key: string,
): Promise<Saved> {
  const { fields, organisation } = body;
  const press = { wijkId: wijk.id, person: actor.personId, route: 'draftApp', key, body, secret };
  return inTransaction(db, async (tx) => {
    const now = clock.now();
    const { reply } = await once(tx, press, now, async () => {
      await assertActsFor(tx, actor, organisation);
      if ((await countUnpublished(tx, wijk.id, actor.membershipId)) >= UNPUBLISHED_MAX)
        throw new DomainError('too-many', 'market.too-many-drafts', {
          params: { max: UNPUBLISHED_MAX },
        });
      await ensureWholeWijk(tx, wijk.id);
      const id = randomUuid();
      const { themes } = await readPlaces(tx, wijk.id);
      const ref = await insertListing(tx, {
        ...{ wijkId: wijk.id, id, kind: 'ehealth', state: 'draft', shell: 3, periods: [] },
        ...{ membershipId: actor.membershipId, organisationId: organisation, madeAt: now },
        ...listingOfFields(fields, themes),
      });
      const by = { changedAt: now, changedBy: actor.membershipId };
      await insertApp(tx, { wijkId: wijk.id, listingId: id, fields, ...by });
      return { ref, state: 'draft' as const, draft: 0, isOpen: false };
    });
    return reply;
  });
}

/**
 * Keeps what was typed in a record, whatever it says. What stands on the market stays as it was judged until
 * the record is handed in and recommended.
 * @throws `market.listing-not-found`, `market.listing-changed` {version}, `market.listing-over` {state}
 */
export async function saveAppRecord(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { draft, fields }: BodyOf<typeof saveContract>,
): Promise<Saved> {
  return inTransaction(db, async (tx) => {
    const listing = await lockListing(tx, wijk.id, { ref });
    await assertAuthor(tx, actor, listing);
    const app = listing && (await lockApp(tx, wijk.id, listing.id));
    if (!app) throw listingNotFound();
    if (listing.state === 'fulfilled' || listing.state === 'ended')
      throw new DomainError('conflict', 'market.listing-over', {
        params: { state: listing.state },
      });
    if (plain(app.fields) === plain(fields)) return savedApp(listing, app);
    if (app.draft !== draft)
      throw new DomainError('conflict', 'market.listing-changed', {
        params: { version: app.draft },
      });
    const now = clock.now();
    const saved = await saveApp(tx, app, {
      ...{ fields, draft: app.draft + 1, changedAt: now, changedBy: actor.membershipId },
    });
    // what nobody sees yet bears the name that it has now
    const shown =
      listing.state === 'draft'
        ? await saveListing(
            tx,
            wijk.id,
            listing.id,
            listingOfFields(fields, (await readPlaces(tx, wijk.id)).themes),
          )
        : listing;
    return savedApp(shown, saved);
  });
}

/**
 * Hands a record in. Curators judge it; what stands on the market stays until they decided. A press that comes
 * again changes nothing.
 * @throws `market.listing-not-found`, `market.listing-over` {state}, `market.app-unchanged` where it was judged
 *   already as it is, `kernel.invalid` with every field that is missing or at fault
 */
export async function submitApp(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
): Promise<Saved> {
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const listing = await lockListing(tx, wijk.id, { ref });
    await assertAuthor(tx, actor, listing);
    const app = listing && (await lockApp(tx, wijk.id, listing.id));
    if (!app) throw listingNotFound();
    const { state } = listing;
    if (state === 'fulfilled' || state === 'ended')
      throw new DomainError('conflict', 'market.listing-over', { params: { state } });
    const { themes } = await readPlaces(tx, wijk.id);
    const record = recordOf(app.fields, themes);
    const last = await findAppVersion(tx, wijk.id, listing.id, app.version);
    const same = last !== undefined && plain(last.record) === plain(record);
    if (same && app.isOpen && state !== 'draft') return savedApp(listing, app);
    if (same && !app.isOpen) throw new DomainError('conflict', 'market.app-unchanged');
    let open = app;
    if (!same) {
      const version = app.version + 1;
      await addAppVersion(tx, {
        ...{ wijkId: wijk.id, listingId: listing.id, version, record },
        ...{ submittedBy: actor.membershipId, submittedAt: now },
      });
      // what went wrong is told to who judges the next version too
      const [before] = app.isOpen ? await listRounds(tx, wijk.id, listing.id) : [];
      const { membershipId } = actor;
      const next = { ...app, version };
      open = await openRound(tx, next, 'submitted', membershipId, now, before?.note ?? '');
    }
    const waits =
      state === 'draft'
        ? await saveListing(tx, wijk.id, listing.id, {
            ...{ state: afterListingStep(state, 'submit'), submittedAt: now },
          })
        : listing;
    await tellListing(services, tx, 'app.waiting.v1', waits);
    return savedApp(waits, open);
  });
}

/** @throws `kernel.invalid` with every field that is missing or at fault */
function recordOf(fields: AppFields, themes: readonly { slug: string }[]) {
  const record = readAppRecord(fields, amountOf(fields.price));
  if (!themes.some(({ slug }) => slug === record.purpose.theme))
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'theme', code: 'invalid-choice' }],
    });
  return record;
}

/** @throws `market.listing-not-found`, also for what is somebody else's */
export async function readOwnApp({ db, wallet }: Services, actor: Member, wijk: Wijk, ref: string) {
  const listing = await findListing(db, wijk.id, { ref });
  await assertAuthor(db, actor, listing);
  const app = listing && (await findApp(db, wijk.id, listing.id));
  if (!app) throw listingNotFound();
  const [last, decisions, { name, plural, symbol }, { themes }] = await Promise.all([
    findAppVersion(db, wijk.id, listing.id, app.version),
    listCurationDecisions(db, wijk.id, listing.id),
    wallet.policies.current(wijk.id),
    readPlaces(db, wijk.id),
  ]);
  const decided = decisions[0];
  const reviews = decided ? await listAppReviews(db, wijk.id, listing.id, decided.round) : [];
  const criteria = decided ? await criteriaOfRound(db, wijk.id, listing.id, decided.round) : null;
  let isChanged = true;
  try {
    isChanged = !last || plain(recordOf(app.fields, themes)) !== plain(last.record);
  } catch {
    // what cannot be handed in differs from what was
  }
  return {
    ...savedApp(listing, app),
    slug: listing.slug,
    fields: { ...app.fields, platforms: [...app.fields.platforms] } as never,
    unit: { name, plural, symbol },
    isChanged,
    validUntil: app.validUntil?.toISOString() ?? null,
    decisions: decisions.map((one) => decisionView(one)),
    scores: reviews.flatMap(({ scores }) =>
      scores.map((one) => ({
        ...one,
        name: criteria?.criteria.find(({ key }) => key === one.criterion)?.name ?? one.criterion,
      })),
    ),
  };
}
