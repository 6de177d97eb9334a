import { hashCode, newCode, sealCode } from '@wijk/auth';
import { addChallenge, lockAddress, unusedRequestsSince } from '@wijk/db/identity';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import { normaliseEmail, startCode } from '@wijk/domain/identity';
import { DAY_MS, DomainError, randomUuid } from '@wijk/domain/kernel';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { waitBeforeNextCode } from '../code-limit.ts';

type Needed = Pick<Services, 'clock' | 'secret'>;

export interface SignInChallenge {
  /** known to the device that asked, and to nobody else */
  challenge: string;
  expiresAt: string;
}

/**
 * Mails a code to an address. Whether anyone has that address is not looked up, so reply and work
 * are the same for everyone (no enumeration).
 * @throws `kernel.invalid` at 'email', `identity.code-too-soon` with `seconds`
 */
export function requestCode(
  services: Needed & Pick<Services, 'db'>,
  wijk: Pick<Wijk, 'id'>,
  email: string,
): Promise<SignInChallenge> {
  return inTransaction(services.db, (tx) =>
    startSignIn(services, tx, wijk, { email, draftId: null }),
  );
}

/** As `requestCode`, in a transaction that runs; `draftId` is the guest's question that waits for it. */
export async function startSignIn(
  { clock, secret }: Needed,
  tx: Transaction,
  wijk: Pick<Wijk, 'id'>,
  request: { email: string; draftId: string | null },
): Promise<SignInChallenge> {
  const { draftId } = request;
  const email = normaliseEmail(request.email);
  await lockAddress(tx, email);
  const now = clock.now();
  const earlier = await unusedRequestsSince(tx, email, new Date(now.getTime() - DAY_MS));
  const waitMs = waitBeforeNextCode(earlier, now);
  if (waitMs > 0)
    throw new DomainError('too-many', 'identity.code-too-soon', {
      params: { seconds: Math.ceil(waitMs / 1000) },
    });

  const id = randomUuid();
  const code = newCode();
  const { expiresAt } = startCode(now);
  await addChallenge(tx, {
    id,
    wijkId: wijk.id,
    email,
    codeHash: hashCode(secret, id, code),
    draftId,
    createdAt: now,
    expiresAt,
  });
  await queueMail(
    tx,
    {
      wijkId: wijk.id,
      for: { audience: 'address', address: email },
      template: draftId ? 'code-for-question' : 'code',
      params: {
        challenge: id,
        code: sealCode(secret, id, code),
        expiresAt: expiresAt.toISOString(),
      },
      cause: id,
    },
    now,
  );
  return { challenge: id, expiresAt: expiresAt.toISOString() };
}
