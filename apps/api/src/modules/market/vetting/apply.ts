import type {
  appealVetting as appealContract,
  applyForVetting as applyContract,
  BodyOf,
  ReplyOf,
} from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import {
  addVettingAppeal,
  ensureProvider,
  findVettingAppeal,
  listVettingDecisions,
  listVettingReviews,
  listVettingRounds,
  lockProvider,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import {
  APPLICATION_FIELDS,
  appealRefusal,
  type VettingApplication,
  validateApplication,
} from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertIsProvider, providerNotFound } from './access.ts';
import { openVettingRound } from './round.ts';
import { tellProvider } from './tell.ts';

const same = (a: VettingApplication, b: VettingApplication | undefined) =>
  b !== undefined && APPLICATION_FIELDS.every((field) => a[field] === b[field]);

/**
 * Hands in what a provider is to be judged by. What was handed in before and nobody has judged yet is replaced; a
 * press that comes again changes nothing.
 * @throws `market.vetting-not-found`, `market.vetting-running` where somebody judged already,
 *   `market.appeal-waits`, `kernel.invalid` with every field at fault
 */
export async function applyForVetting(
  services: Services,
  actor: Member,
  wijk: Wijk,
  key: string,
  application: BodyOf<typeof applyContract>,
): Promise<ReplyOf<typeof applyContract>> {
  return inTransaction(services.db, async (tx) => {
    await assertIsProvider(tx, actor, key);
    validateApplication(application);
    const provider = await ensureProvider(tx, wijk.id, key);
    const [last] = await listVettingRounds(tx, wijk.id, key);
    if (provider.isOpen) {
      if (same(application, last?.application)) return { round: provider.round };
      if ((await listVettingReviews(tx, wijk.id, key, provider.round)).length > 0)
        throw new DomainError('conflict', 'market.vetting-running');
    }
    const appeal = await findVettingAppeal(tx, wijk.id, key, provider.round);
    if (appeal && appeal.decidedAt === null)
      throw new DomainError('conflict', 'market.appeal-waits');
    const open = await openVettingRound(
      tx,
      provider,
      { cause: 'submitted', application, openedBy: actor.membershipId },
      services.clock.now(),
    );
    await tellProvider(services, tx, 'provider.waiting.v1', open);
    return { round: open.round };
  });
}

/**
 * Says that a provider does not agree with the newest decision, once. Said again in the same words it changes
 * nothing.
 * @throws `market.vetting-not-found`, `market.no-appeal`, `market.vetting-moved` where another round runs by now,
 *   `kernel.invalid` without words
 */
export async function appealVetting(
  services: Services,
  actor: Member,
  wijk: Wijk,
  key: string,
  { round, body }: BodyOf<typeof appealContract>,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    await assertIsProvider(tx, actor, key);
    const provider = await lockProvider(tx, wijk.id, key);
    if (!provider) throw providerNotFound();
    if (provider.round !== round || provider.isOpen)
      throw new DomainError('conflict', 'market.vetting-moved');
    const decisions = await listVettingDecisions(tx, wijk.id, key);
    const decision = decisions.find((one) => one.round === round);
    if (!decision) throw new DomainError('conflict', 'market.no-appeal');
    if (decision.appeal?.body === body) return;
    const against = decision.decision !== 'recommend';
    const appealed = decision.appeal !== null;
    if (appealRefusal({ against, at: decision.at, appealed }, now))
      throw new DomainError('conflict', 'market.no-appeal');
    if (body === '')
      throw new DomainError('invalid', 'kernel.invalid', {
        errors: [{ pointer: 'body', code: 'required' }],
      });
    const by = actor.membershipId;
    await addVettingAppeal(tx, { wijkId: wijk.id, provider: key, round, body, by, at: now });
    await tellProvider(services, tx, 'provider.appealed.v1', provider);
  });
}
