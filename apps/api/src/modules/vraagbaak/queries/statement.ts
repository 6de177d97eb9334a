import type { DecisionView, listMyDecisions, ReplyOf, readStatement } from '@wijk/contracts';
import {
  listOwnDecisions,
  readAnswer,
  readAppeal,
  readComment,
  readQuestion,
  readRedacted,
  readRedactedReply,
  type StoredDecision,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { mayAppeal } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { ownDecision } from '../commands/appeal.ts';

type Decided = Pick<
  StoredDecision,
  'id' | 'kind' | 'reason' | 'message' | 'automated' | 'at' | 'answerId' | 'commentId'
> & { reversed: boolean };

export function decisionView(row: Decided): DecisionView {
  const { at, ...rest } = row;
  const { id, kind, reason, message, automated, reversed, answerId, commentId } = rest;
  const which = { reversed, answerId, commentId };
  return { id, kind, reason, message, automated, at: at.toISOString(), ...which };
}

/**
 * What was decided about something that the actor wrote, with their own text and their appeal (V11).
 * Nobody else reads it, not even whether it exists.
 * @throws `vraagbaak.decision-not-found`
 */
export async function statement(
  services: Services,
  actor: Member,
  wijk: Wijk,
  decisionId: string,
): Promise<ReplyOf<typeof readStatement>> {
  const { db } = services;
  const decision = await ownDecision(db, wijk.id, decisionId, actor.membershipId);
  const question = await readQuestion(db, wijk.id, { id: decision.questionId });
  if (!question) throw new DomainError('not-found', 'vraagbaak.decision-not-found');
  const appeal = await readAppeal(db, wijk.id, { decisionId });
  const reversed = decision.reversedAt !== null;
  return {
    decision: decisionView({ ...decision, reversed }),
    question: { ref: question.ref, title: question.title },
    text: await textOf(services, wijk.id, decision, question),
    appeal: appeal
      ? {
          id: appeal.id,
          decisionId,
          body: appeal.body,
          at: appeal.at.toISOString(),
          outcome: appeal.outcome,
          reply: appeal.reply,
        }
      : null,
    mayAppeal: mayAppeal({ ...decision, reversed }, appeal !== undefined, services.clock.now()),
  };
}

/** What the actor wrote: of redacted words those that were there before. */
async function textOf(
  services: Services,
  wijkId: string,
  decision: StoredDecision,
  question: { id: string; title: string; body: string },
): Promise<{ title: string | null; body: string }> {
  const { answerId, commentId } = decision;
  if (answerId) {
    const { db } = services;
    const redacted =
      decision.kind === 'redacted'
        ? await readRedactedReply(db, { wijkId, answerId, commentId }, decision.at)
        : undefined;
    const reply = commentId
      ? await readComment(db, wijkId, question.id, commentId)
      : await readAnswer(db, wijkId, question.id, answerId);
    return { title: null, body: redacted ?? reply?.body ?? '' };
  }
  const before =
    decision.kind === 'redacted'
      ? await readRedacted(services.db, wijkId, question.id, decision.at)
      : undefined;
  const { title, body } = before ?? question;
  return { title, body };
}

/** For the actor's own page. */
export async function myDecisions(
  services: Services,
  actor: Member,
  wijk: Wijk,
): Promise<ReplyOf<typeof listMyDecisions>> {
  const rows = await listOwnDecisions(services.db, wijk.id, actor.membershipId, null);
  return {
    items: rows.map((row) => ({
      ...decisionView(row),
      question: { ref: row.ref, title: row.title },
    })),
  };
}
