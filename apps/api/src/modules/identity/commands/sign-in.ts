import { codeMatches, type IssuedSession } from '@wijk/auth';
import {
  ensureMembership,
  ensurePerson,
  lockActiveChallenges,
  lockChallenge,
  rolesOf,
  type StoredChallenge,
  saveGuess,
  setMissingName,
} from '@wijk/db/identity';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  type CodeDecision,
  codeRefusal,
  judgeCode,
  type Member,
  normaliseEmail,
  type Role,
} from '@wijk/domain/identity';
import { DomainError, randomUuid } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import { postDraft } from '../../vraagbaak/index.ts';
import { describeDevice } from '../device.ts';
import { acceptInvitation } from './accept-invitation.ts';

export interface SignInRequest {
  wijkId: string;
  code: string;
  /** on the device that asked */
  challenge?: string | undefined;
  /** on any other device */
  email?: string | undefined;
  userAgent: string | undefined;
  cookie: string | undefined;
}

export interface SignedIn {
  actor: Member;
  name: string | null;
  email: string;
  session: IssuedSession;
  /** the guest's question, posted along */
  question: { ref: string; slug: string } | null;
}

type Guess = { accepted: StoredChallenge } | { refusal: DomainError };

/**
 * Signs in with a mailed code. A refusal is thrown after the transaction, because the guess that it
 * counts must stay counted.
 * @throws `identity.code-wrong`, `identity.code-expired`, `identity.code-exhausted`,
 *   `identity.code-refused` (by address, whatever the reason), `kernel.invalid` at 'email'
 */
export async function signIn(services: Services, request: SignInRequest): Promise<SignedIn> {
  const { wijkId, challenge, email } = request;
  const address = challenge ? undefined : normaliseEmail(email ?? '');
  const outcome = await inTransaction(services.db, async (tx) => {
    const guess = challenge
      ? await guessHere(tx, services, wijkId, challenge, request.code)
      : await guessElsewhere(tx, services, wijkId, address ?? '', request.code);
    return 'refusal' in guess ? guess : welcome(tx, services, request, guess.accepted);
  });
  if ('refusal' in outcome) throw outcome.refusal;
  return outcome;
}

/** A guess on the device that asked; it knows the challenge, which nobody else does. */
async function guessHere(
  tx: Transaction,
  { clock, secret }: Services,
  wijkId: string,
  id: string,
  code: string,
): Promise<Guess> {
  const challenge = await lockChallenge(tx, wijkId, id);
  if (!challenge) return { refusal: new DomainError('gone', 'identity.code-expired') };
  const matches = codeMatches(secret, challenge.id, code, challenge.codeHash);
  const decision = judgeCode(challenge, matches, clock.now());
  await saveGuess(tx, { ...challenge, ...decision.challenge });
  const refusal = codeRefusal(decision);
  return refusal ? { refusal } : { accepted: challenge };
}

/**
 * A guess by address, on another device. It has tries of its own, so that a stranger who guesses
 * here cannot use up those of the device that asked; and its refusal never says whether a code was
 * asked for that address at all.
 */
async function guessElsewhere(
  tx: Transaction,
  { clock, secret }: Services,
  wijkId: string,
  email: string,
  code: string,
): Promise<Guess> {
  const now = clock.now();
  const active = await lockActiveChallenges(tx, wijkId, email, now);
  if (active.length === 0) codeMatches(secret, randomUuid(), code, '0'.repeat(64));
  const judged = active.map((challenge) => {
    const matches = codeMatches(secret, challenge.id, code, challenge.codeHash);
    const { expiresAt, usedAt, attemptsElsewhere: attempts } = challenge;
    return { challenge, decision: judgeCode({ expiresAt, usedAt, attempts }, matches, now) };
  });
  const hit = judged.find(({ decision }) => decision.verdict === 'accepted');
  for (const { challenge, decision } of hit ? [hit] : judged)
    await saveGuess(tx, elsewhere(challenge, decision));
  if (hit) return { accepted: hit.challenge };
  return {
    refusal: new DomainError('invalid', 'identity.code-refused', {
      errors: [{ pointer: 'code', code: 'code-wrong' }],
    }),
  };
}

const elsewhere = (
  challenge: StoredChallenge,
  { challenge: { attempts, usedAt } }: CodeDecision,
) => ({
  ...challenge,
  attemptsElsewhere: attempts,
  usedAt,
});

/** The code was right: whoever comes in gets what they need, in the same transaction. */
async function welcome(
  tx: Transaction,
  services: Services,
  request: SignInRequest,
  { email, draftId }: StoredChallenge,
): Promise<SignedIn> {
  const { clock, sessions } = services;
  const { wijkId } = request;
  const now = clock.now();
  const person = await ensurePerson(tx, email, now);
  const membershipId = await ensureMembership(tx, wijkId, person.id, now);
  const invited = await acceptInvitation(services, tx, {
    wijkId,
    personId: person.id,
    membershipId,
    email,
  });
  await assertMayEnter(services, tx, wijkId, person.id, now);

  const posted = draftId ? await postDraft(services, tx, { wijkId, draftId, membershipId }) : null;
  if (posted && !person.name && !invited?.name) await setMissingName(tx, person.id, posted.name);
  const name = person.name ?? invited?.name ?? posted?.name ?? null;

  const previous = sessions.idOf(request.cookie);
  if (previous) await sessions.end(previous, tx);
  const session = await sessions.issue(tx, person.id, {
    device: describeDevice(request.userAgent),
  });
  const roles = new Set(await rolesOf(tx, wijkId, person.id, now));
  return {
    actor: {
      kind: 'member',
      personId: person.id,
      membershipId,
      wijkId,
      roles,
      sessionId: session.id,
    },
    name,
    email,
    session,
    question: posted ? { ref: posted.ref, slug: posted.slug } : null,
  };
}

const MAY_SET_UP: readonly Role[] = ['admin', 'platform-admin'];

/**
 * Before a wijk opens only those come in who set it up; whoever else was invited comes in later, and
 * their invitation stays as it was.
 */
async function assertMayEnter(
  { wijken }: Services,
  tx: Transaction,
  wijkId: string,
  personId: string,
  now: Date,
): Promise<void> {
  const wijk = await wijken.byId(wijkId);
  if (wijk?.openedAt !== null) return;
  const roles = await rolesOf(tx, wijkId, personId, now);
  if (!roles.some((role) => MAY_SET_UP.includes(role)))
    throw new DomainError('forbidden', 'identity.wijk-not-open');
}
