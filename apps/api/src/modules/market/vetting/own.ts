import type {
  listOwnProviders as listContract,
  ReplyOf,
  readOwnProvider as readContract,
} from '@wijk/contracts';
import type { Executor } from '@wijk/db/kernel';
import {
  countHeld,
  findProvider,
  findSignature,
  listVettingDecisions,
  listVettingReviews,
  listVettingRounds,
  memberName,
  newestTerms,
  readCriteria,
  readMarketPolicy,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import {
  appealRefusal,
  holdOf,
  isVetted,
  type MarketPolicy,
  MYSELF,
  NO_STANDING,
} from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { listActing } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertIsProvider, nameOf, partsOf } from './access.ts';
import { criteriaOfVetting } from './judge.ts';
import { moment, vettingDecisionView } from './views.ts';

type Standing = ReplyOf<typeof listContract>['providers'][number];

async function standingView(
  db: Executor,
  wijkId: string,
  key: string,
  policy: MarketPolicy,
  now: Date,
): Promise<Standing> {
  const provider = await findProvider(db, wijkId, key);
  const asks = policy.vetProfessional || policy.vetPaid;
  return {
    ...{
      key: key.startsWith('m-') ? MYSELF : key,
      kind: partsOf(key).kind,
      name: await nameOf(db, wijkId, key),
    },
    isOpen: provider?.isOpen ?? false,
    waitsSince: moment(provider?.waitsSince ?? null),
    validUntil: moment(provider?.validUntil ?? null),
    signedVersion: provider?.signedVersion ?? null,
    termsDueAt: moment(provider?.termsDueAt ?? null),
    hold: asks ? holdOf(provider ?? NO_STANDING, now) : null,
    held: await countHeld(db, wijkId, partsOf(key)),
  };
}

/** As whom somebody can ask to be vetted: themselves, and each organisation that they act for. */
export async function listOwnProviders(
  { db, clock }: Services,
  { membershipId }: Member,
  wijk: Wijk,
): Promise<ReplyOf<typeof listContract>> {
  const acting = await listActing(db, wijk.id, membershipId);
  const policy = await readMarketPolicy(db, wijk.id);
  const keys = [`m-${membershipId}`, ...acting.map(({ id }) => `o-${id}`)];
  const now = clock.now();
  return {
    ...{ professional: policy.vetProfessional, paid: policy.vetPaid },
    providers: await Promise.all(keys.map((key) => standingView(db, wijk.id, key, policy, now))),
  };
}

/** @throws `market.vetting-not-found`, also for what is somebody else's */
export async function readOwnProvider(
  { db, clock }: Services,
  actor: Member,
  wijk: Wijk,
  key: string,
): Promise<ReplyOf<typeof readContract>> {
  await assertIsProvider(db, actor, key);
  const now = clock.now();
  const [policy, provider, rounds, decisions, signature, terms] = await Promise.all([
    readMarketPolicy(db, wijk.id),
    findProvider(db, wijk.id, key),
    listVettingRounds(db, wijk.id, key),
    listVettingDecisions(db, wijk.id, key),
    findSignature(db, wijk.id, key),
    newestTerms(db, wijk.id),
  ]);
  const [decided] = decisions;
  const round = provider?.round ?? 0;
  const [judged, criteria, adopted, found, by] = await Promise.all([
    provider?.isOpen ? listVettingReviews(db, wijk.id, key, round) : [],
    decided ? criteriaOfVetting(db, wijk.id, key, decided.round) : null,
    readCriteria(db, wijk.id, 'providers'),
    decided ? listVettingReviews(db, wijk.id, key, decided.round) : [],
    signature ? memberName(db, wijk.id, signature.signedBy) : '',
  ]);
  const waits = decided?.round === round && decided.appeal?.outcome === null;
  const against = decided !== undefined && decided.decision !== 'recommend';
  return {
    ...(await standingView(db, wijk.id, key, policy, now)),
    application: rounds[0]?.application ?? null,
    mayApply: judged.length === 0 && !waits,
    mayAppeal:
      decided?.round === round &&
      provider?.isOpen === false &&
      appealRefusal({ against, at: decided.at, appealed: decided.appeal !== null }, now) === null,
    ...{ criteriaVersion: adopted.version, criteria: [...adopted.criteria] },
    decisions: decisions.map(vettingDecisionView),
    scores: found.flatMap(({ scores }) =>
      scores.map((one) => ({
        ...one,
        name: criteria?.criteria.find((c) => c.key === one.criterion)?.name ?? one.criterion,
      })),
    ),
    signature: signature
      ? {
          ...{ version: signature.version, name: signature.name, by },
          at: signature.signedAt.toISOString(),
        }
      : null,
    termsVersion: terms?.version ?? 1,
    badge: provider && isVetted(provider, now) ? key : null,
  };
}
