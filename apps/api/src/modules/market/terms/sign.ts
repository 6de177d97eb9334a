import type { BodyOf, ReplyOf, signTerms as signContract } from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import {
  addSignature,
  ensureProvider,
  ensureTerms,
  findSignature,
  findTerms,
  lockTerms,
  memberName,
  saveProvider,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { validateSignature } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertIsProvider, nameOf, providerNotFound } from '../vetting/access.ts';
import { releaseOffers } from '../vetting/offers.ts';
import { termsPdf } from './pdf.ts';

/**
 * Signs what was read, for a provider that the actor acts for. What stood still for want of it goes on. A version is
 * signed once: a press that comes again gets the first signature.
 * @throws `market.vetting-not-found`, `market.terms-changed` {version} where there is a newer text, `kernel.invalid`
 */
export async function signTerms(
  services: Services,
  actor: Member,
  wijk: Wijk,
  key: string,
  { version, name, agreed }: BodyOf<typeof signContract>,
): Promise<ReplyOf<typeof signContract>> {
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    await assertIsProvider(tx, actor, key);
    await lockTerms(tx, wijk.id);
    const terms = await ensureTerms(tx, wijk.id, now);
    const there = await findSignature(tx, wijk.id, key, version);
    if (there) return { version, hash: there.hash, at: there.signedAt.toISOString() };
    if (version !== terms.version)
      throw new DomainError('conflict', 'market.terms-changed', {
        params: { version: terms.version },
      });
    const known = await memberName(tx, wijk.id, actor.membershipId);
    validateSignature({ name, agreed }, known || null);
    const provider = await ensureProvider(tx, wijk.id, key);
    await addSignature(tx, {
      ...{ wijkId: wijk.id, provider: key, version, hash: terms.hash, name },
      ...{ signedBy: actor.membershipId, signedAt: now },
    });
    const signed = { signedVersion: version, termsDueAt: null, termsLapsed: false };
    await releaseOffers(services, tx, await saveProvider(tx, provider, signed));
    return { version, hash: terms.hash, at: now.toISOString() };
  });
}

/** What was signed last, on paper. @throws `market.vetting-not-found`, also where nothing was */
export async function signedTermsPdf(
  services: Services,
  actor: Member,
  wijk: Wijk,
  key: string,
): Promise<Uint8Array> {
  const { db, clock } = services;
  await assertIsProvider(db, actor, key);
  const signature = await findSignature(db, wijk.id, key);
  const terms = signature && (await findTerms(db, wijk.id, signature.version));
  if (!terms) throw providerNotFound();
  return termsPdf({
    ...{ text: terms.text, version: terms.version, hash: terms.hash, wijk: wijk.name },
    provider: await nameOf(db, wijk.id, key),
    ...{ name: signature.name, signedAt: signature.signedAt, timeZone: wijk.timeZone },
    now: clock.now(),
  });
}
