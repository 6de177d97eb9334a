import type {
  readBadge as badgeContract,
  listCuration as deskContract,
  ReplyOf,
  readCuration as readContract,
} from '@wijk/contracts';
import {
  type DeskApp,
  findApp,
  findAppVersion,
  findInterest,
  findListing,
  listAppReviews,
  listAppSubmitters,
  listCurationDecisions,
  listDecidedApps,
  listExpiringApps,
  listRounds,
  listWaitingApps,
  readPlaces,
} from '@wijk/db/market';
import type { Actor, Member } from '@wijk/domain/identity';
import { DAY_MS } from '@wijk/domain/kernel';
import { needsReviewer, outcomeOf, REVIEWERS, reviewRefusal, TELL_DAYS } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { listActing } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertMaySee, listingNotFound } from '../listings/access.ts';
import { factsOf } from './facts.ts';
import {
  changedSections,
  criteriaOfRound,
  decisionView,
  reviewView,
  scoredCriteria,
} from './views.ts';

type Acting = Awaited<ReturnType<typeof listActing>>;
type DeskView = ReplyOf<typeof deskContract>['waiting'][number];
const moment = (at: Date | null) => at?.toISOString() ?? null;

const deskView = (app: DeskApp, actor: Member, acting: Acting): DeskView => ({
  ...{ ref: app.ref, slug: app.slug, state: app.state as DeskView['state'], cause: app.cause },
  name: app.record.name,
  supplier: app.record.supplier.name,
  summary: app.record.purpose.summary,
  waitsSince: moment(app.waitsSince),
  validUntil: moment(app.validUntil),
  reviews: app.advices.length,
  third: app.isOpen && app.advices.length === REVIEWERS && needsReviewer(app.advices),
  ready: app.isOpen && outcomeOf(app.advices) !== null,
  refusal: reviewRefusal(factsOf(actor, app, acting)),
  decision: app.isOpen ? null : app.decision,
  decidedAt: app.isOpen ? null : moment(app.decidedAt),
});

const SHOWN = 100;

/** The desk of curators: what waits, oldest first; what ends soon; what was decided last. */
export async function listCuration(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
): Promise<ReplyOf<typeof deskContract>> {
  const soon = new Date(clock.now().getTime() + 2 * TELL_DAYS * DAY_MS);
  const [waiting, expiring, decided, acting] = await Promise.all([
    listWaitingApps(db, wijk.id, SHOWN),
    listExpiringApps(db, wijk.id, soon, SHOWN),
    listDecidedApps(db, wijk.id, SHOWN),
    listActing(db, wijk.id, actor.membershipId),
  ]);
  const views = (apps: readonly DeskApp[]) => apps.map((app) => deskView(app, actor, acting));
  return { waiting: views(waiting), expiring: views(expiring), decided: views(decided) };
}

/**
 * An app for a curator. What others found in an open round is shown to those alone whose own judgement is in.
 * @throws `market.listing-not-found`, also for what was never handed in
 */
export async function readCuration(
  { db, wallet }: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof readContract>> {
  const listing = await findListing(db, wijk.id, { ref });
  const app = listing && (await findApp(db, wijk.id, listing.id));
  if (!app || app.round === 0) throw listingNotFound();
  const me = actor.membershipId;
  const of = { wijkId: wijk.id, listingId: listing.id, round: app.round };
  const [rounds, reviews, decisions, said, submitters, acting, unit] = await Promise.all([
    listRounds(db, wijk.id, listing.id),
    listAppReviews(db, wijk.id, listing.id, app.round),
    listCurationDecisions(db, wijk.id, listing.id),
    findInterest(db, { ...of, membershipId: me }),
    listAppSubmitters(db, wijk.id, listing.id),
    listActing(db, wijk.id, me),
    wallet.policies.current(wijk.id),
  ]);
  const now = rounds.find((one) => one.round === app.round);
  const version = now && (await findAppVersion(db, wijk.id, listing.id, now.version));
  if (!now || !version) throw listingNotFound();
  const [before, criteria] = await Promise.all([
    findAppVersion(db, wijk.id, listing.id, now.version - 1),
    criteriaOfRound(db, wijk.id, listing.id, app.round),
  ]);
  const advices = reviews.map(({ advice }) => advice);
  const state = listing.state;
  const isOpen = app.isOpen && ['review', 'published', 'paused'].includes(state);
  const desk: DeskApp = {
    ...{ id: listing.id, ref, slug: listing.slug, state, isOpen, advices, submitters },
    ...{ membershipId: listing.membershipId, organisationId: listing.organisationId },
    ...{ waitsSince: app.waitsSince, validUntil: app.validUntil, record: version.record },
    ...{ cause: now.cause, reviewers: reviews.map(({ membershipId }) => membershipId) },
    declared: said ? [{ by: me, conflict: said.conflict }] : [],
    ...{ decision: decisions.find(({ round }) => round === app.round)?.decision ?? null },
    decidedAt: decisions.find(({ round }) => round === app.round)?.at ?? null,
  };
  const view = deskView(desk, actor, acting);
  const facts = factsOf(actor, { ...desk, changedBy: app.changedBy }, acting);
  const seesAll = facts.hasReviewed || !app.isOpen;
  const decided = decisions.find(({ round }) => round === app.round);
  return {
    app: { ...view, refusal: reviewRefusal(facts), ready: view.ready && seesAll },
    record: version.record,
    changed: changedSections(before?.record, version.record),
    unit: { name: unit.name, plural: unit.plural, symbol: unit.symbol },
    ...{ round: app.round, version: now.version, isOpen, note: now.note },
    ...{ criteriaVersion: criteria.version, criteria: [...criteria.criteria] },
    conflict: facts.conflict,
    reviews: seesAll ? reviews.map((one) => reviewView(one, me)) : [],
    reviewCount: reviews.length,
    outcome: seesAll ? outcomeOf(advices) : null,
    mayDecide: isOpen && facts.hasReviewed && outcomeOf(advices) !== null,
    mayReport: app.standing !== null,
    decision: decided ? decisionView(decided) : null,
    earlier: decisions.filter(({ round }) => round !== app.round).map(decisionView),
  };
}

/**
 * Why an app stands on the market. Of what is not recommended there is no such page.
 * @throws `market.listing-not-found`, `market.listing-away`
 */
export async function readBadge(
  { db, wallet }: Services,
  actor: Actor,
  wijk: Wijk,
  ref: string,
): Promise<ReplyOf<typeof badgeContract>> {
  const listing = await findListing(db, wijk.id, { ref });
  const app = listing && (await findApp(db, wijk.id, listing.id));
  if (!app) throw listingNotFound();
  await assertMaySee(db, actor, listing);
  if (app.standing === null || app.validUntil === null) throw listingNotFound();
  const [rounds, reviews, decisions, places, unit, criteria] = await Promise.all([
    listRounds(db, wijk.id, listing.id),
    listAppReviews(db, wijk.id, listing.id, app.standing),
    listCurationDecisions(db, wijk.id, listing.id),
    readPlaces(db, wijk.id),
    wallet.policies.current(wijk.id),
    criteriaOfRound(db, wijk.id, listing.id, app.standing),
  ]);
  const stands = rounds.find(({ round }) => round === app.standing);
  const decision = decisions.find(({ round }) => round === app.standing);
  const version = stands && (await findAppVersion(db, wijk.id, listing.id, stands.version));
  if (!decision || !version) throw listingNotFound();
  const { record } = version;
  return {
    ...{ ref, slug: listing.slug, record },
    themeName: places.themes.find(({ slug }) => slug === record.purpose.theme)?.name ?? '',
    unit: { name: unit.name, plural: unit.plural, symbol: unit.symbol },
    criteriaVersion: criteria.version,
    criteria: scoredCriteria(criteria, reviews),
    reviewers: reviews.map(({ by, title, at }) => ({ name: by, title, at: at.toISOString() })),
    reasons: decision.reasons,
    decidedAt: decision.at.toISOString(),
    validUntil: app.validUntil.toISOString(),
    isOpen: app.isOpen,
  };
}
