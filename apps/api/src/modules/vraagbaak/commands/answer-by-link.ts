import type { BodyOf, declineByLink as declineContract } from '@wijk/contracts';
import { inTransaction, once } from '@wijk/db/kernel';
import {
  listPhotos,
  listReplies,
  lockQuestion,
  readAssignment,
  readQuestion,
  type StoredAssignment,
  updateAssignment,
} from '@wijk/db/vraagbaak';
import { DomainError } from '@wijk/domain/kernel';
import { inReadingOrder } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import { readMember } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { readLinkToken } from '../answer-link.ts';
import { answerView, summaryView } from '../present.ts';
import { emit, hintQuestion } from '../standing.ts';
import { capacityOf, publishAnswer } from './publish-answer.ts';

/**
 * @throws `vraagbaak.link-unknown`, `vraagbaak.link-used`, `vraagbaak.link-ended` (given to someone
 *   else or given back), `vraagbaak.link-expired`
 */
function assertUsable(assignment: StoredAssignment | undefined, now: Date): StoredAssignment {
  if (!assignment) throw new DomainError('not-found', 'vraagbaak.link-unknown');
  if (assignment.linkUsedAt) throw new DomainError('gone', 'vraagbaak.link-used');
  if (assignment.endedAt) throw new DomainError('gone', 'vraagbaak.link-ended');
  if (assignment.linkExpiresAt <= now) throw new DomainError('gone', 'vraagbaak.link-expired');
  return assignment;
}

/** What the expert was asked. Changes nothing: mail scanners open links. */
export async function readAnswerLink(services: Services, wijk: Wijk, token: string) {
  const id = readLinkToken(services.secret, wijk.id, token);
  const now = services.clock.now();
  const assignment = assertUsable(await readAssignment(services.db, wijk.id, id), now);
  const question = await readQuestion(services.db, wijk.id, { id: assignment.questionId }, true);
  if (!question || (question.status !== 'open' && question.status !== 'answered'))
    throw new DomainError('gone', 'vraagbaak.link-ended');
  const expert = await readMember(services.db, wijk.id, assignment.membershipId, now);
  const reader = {
    membershipId: assignment.membershipId,
    isAsker: false,
    useful: [],
    askedBy: question.askedBy,
  };
  const replies = await listReplies(services.db, wijk.id, question.id);
  return {
    expert: { name: expert.name ?? '', title: expert.title },
    note: assignment.note || null,
    expiresAt: assignment.linkExpiresAt.toISOString(),
    question: {
      ...summaryView(question, now),
      body: question.body,
      photos: await listPhotos(services.db, wijk.id, question.id),
      answers: inReadingOrder(question.answers).map((a) => answerView(a, reader)),
    },
    replies: replies.map(({ body, reply, at }) => ({ body, reply, at: at.toISOString() })),
  };
}

/** The question that a link is for now. @throws as `readAnswerLink` does */
export async function questionOfLink(
  services: Services,
  wijk: Wijk,
  token: string,
): Promise<string> {
  const id = readLinkToken(services.secret, wijk.id, token);
  const assignment = await readAssignment(services.db, wijk.id, id);
  return assertUsable(assignment, services.clock.now()).questionId;
}

/** Answers by the link, in the capacity that the person holds now. The same key answers once. */
export async function answerByLink(
  services: Services,
  wijk: Wijk,
  token: string,
  body: string,
  key: string,
) {
  const id = readLinkToken(services.secret, wijk.id, token);
  return inTransaction(services.db, async (tx) => {
    const press = {
      wijkId: wijk.id,
      person: id,
      route: 'answerByLink',
      key,
      body: { body },
      secret: services.secret,
    };
    const { reply } = await once(tx, press, services.clock.now(), async () => {
      const peek = await readAssignment(tx, wijk.id, id);
      if (!peek) throw new DomainError('not-found', 'vraagbaak.link-unknown');
      const question = await lockQuestion(tx, wijk.id, { id: peek.questionId });
      // read again behind the lock: it may have been given to someone else meanwhile
      const assignment = assertUsable(await readAssignment(tx, wijk.id, id), services.clock.now());
      const { roles } = await readMember(
        tx,
        wijk.id,
        assignment.membershipId,
        services.clock.now(),
      );
      await publishAnswer(services, tx, wijk.id, question, {
        membershipId: assignment.membershipId,
        capacity: capacityOf(roles),
        body,
      });
      return { ref: question.ref, slug: question.slug };
    });
    return reply;
  });
}

/** Gives the question back to the redactie, with a reason (V7). */
export async function declineByLink(
  services: Services,
  wijk: Wijk,
  token: string,
  { reason, note }: BodyOf<typeof declineContract>,
): Promise<void> {
  const id = readLinkToken(services.secret, wijk.id, token);
  await inTransaction(services.db, async (tx) => {
    const peek = await readAssignment(tx, wijk.id, id);
    if (!peek) throw new DomainError('not-found', 'vraagbaak.link-unknown');
    const question = await lockQuestion(tx, wijk.id, { id: peek.questionId });
    const now = services.clock.now();
    const assignment = assertUsable(await readAssignment(tx, wijk.id, id), now);
    await updateAssignment(tx, wijk.id, assignment.id, {
      endedAt: now,
      endReason: 'declined',
      declineReason: reason,
      declineNote: note,
    });
    await emit(services, tx, wijk.id, 'assignment.declined.v1', {
      questionId: question.id,
      assignmentId: assignment.id,
    });
    await hintQuestion(tx, wijk.id, question, 'assignment');
  });
}
