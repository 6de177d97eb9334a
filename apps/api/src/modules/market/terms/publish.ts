import type {
  BodyOf,
  publishTerms as publishContract,
  ReplyOf,
  readTerms as termsContract,
  listTermsVersions as versionsContract,
} from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import {
  addSetupChange,
  addTerms,
  askToSign,
  listTerms,
  lockTerms,
  newestTerms,
} from '@wijk/db/market';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { FIRST_TERMS, signBy, validateCooperation } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { tellProvider } from '../vetting/tell.ts';

/** What is signed now; what every wijk begins with where it published nothing. */
export async function readTerms(
  { db }: Services,
  wijk: Wijk,
): Promise<ReplyOf<typeof termsContract>> {
  const terms = await newestTerms(db, wijk.id);
  if (!terms) return { version: 1, text: FIRST_TERMS, publishedAt: null };
  const { version, text, publishedAt } = terms;
  return { version, text, publishedAt: publishedAt.toISOString() };
}

export async function termsVersions(
  { db }: Services,
  wijk: Wijk,
): Promise<ReplyOf<typeof versionsContract>> {
  const versions = await listTerms(db, wijk.id);
  return {
    versions: versions.map(({ publishedAt, signBy: until, ...one }) => ({
      ...one,
      publishedAt: publishedAt.toISOString(),
      signBy: until.toISOString(),
    })),
  };
}

/**
 * Publishes another version. Whoever signed an earlier one has the term to sign this one; nothing changes for them
 * until it is over. The same text once more is no other version.
 * @throws `market.terms-changed` {version} where another was published meanwhile, `kernel.invalid`
 */
export async function publishTerms(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { basedOn, text: typed, signDays }: BodyOf<typeof publishContract>,
): Promise<ReplyOf<typeof publishContract>> {
  const text = typed.replace(/\r\n?/g, '\n').trim();
  return inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    validateCooperation({ text, signDays });
    await lockTerms(tx, wijk.id);
    const newest = await newestTerms(tx, wijk.id);
    const before = newest?.version ?? 0;
    // a press that comes again finds its own text
    if (newest?.text === text) return { version: before, asked: 0 };
    if (basedOn !== before)
      throw new DomainError('conflict', 'market.terms-changed', { params: { version: before } });
    const version = before + 1;
    const until = signBy(now, signDays);
    const by = actor.membershipId;
    await addTerms(tx, {
      ...{ wijkId: wijk.id, version, text, publishedBy: by, publishedAt: now, signBy: until },
    });
    await addSetupChange(tx, {
      ...{ wijkId: wijk.id, id: uuidv7(now), kind: 'terms', by, at: now },
      ...{ before: { version: String(before) }, after: { version: String(version) } },
    });
    const asked = await askToSign(tx, wijk.id, until);
    for (const { key } of asked)
      await tellProvider(services, tx, 'terms.asked.v1', { wijkId: wijk.id, key });
    return { version, asked: asked.length };
  });
}
