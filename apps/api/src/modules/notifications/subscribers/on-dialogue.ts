import type { Transaction } from '@wijk/db/kernel';
import {
  listNonAskers,
  listRepliesWithMentions,
  readAnswerNews,
  readCommentNews,
  readMentioned,
} from '@wijk/db/notifications';
import type { Services, Subscriber } from '../../../services.ts';
import { listFollowers } from '../../vraagbaak/index.ts';
import { ASKER, member, standingQuestion, type Told, tell } from './tell.ts';

/**
 * Who is named, is told so: once for each text, however often that changes, as the text and not the
 * event is what the notice is made once for. @returns the members among them
 */
async function tellMentioned(
  tx: Transaction,
  services: Services,
  { wijkId, payload }: Told,
  of: { questionId: string; answerId: string; commentId: string | null },
): Promise<{ members: string[]; asker: boolean }> {
  const named = await readMentioned(tx, { wijkId, ...of });
  const text = { wijkId, payload, eventId: of.commentId ?? of.answerId };
  const members = named.filter((id) => id !== null);
  const about = { questionId: of.questionId, notice: 'mention' as const };
  await tell(tx, services, text, members.map(member), { ...about, mail: 'mentioned' });
  const asker = named.includes(null);
  if (asker) await tell(tx, services, text, [ASKER], { ...about, mail: 'mentioned-asker' });
  return { members, asker };
}

/**
 * The writer of the answer, the asker and who is named are told by mail as well; followers in the app
 * alone. Everybody hears of it once, and nobody of their own words.
 */
export const onCommentPublished: Subscriber = async (tx, event, services) => {
  const { wijkId } = event;
  const commentId = event.payload.commentId ?? '';
  const question = await standingQuestion(tx, event);
  const comment = await readCommentNews(tx, wijkId, commentId);
  if (!question || !comment) return;
  const { id: questionId } = question;
  const { answerId, answeredBy } = comment;
  const told = await tellMentioned(tx, services, event, { questionId, answerId, commentId });
  // a comment that was held and then published is the same comment
  const text = { ...event, eventId: commentId };
  const about = { questionId, notice: 'comment' as const };
  if (comment.membershipId !== null && !told.asker)
    await tell(tx, services, text, [ASKER], { ...about, mail: 'comment-for-asker' });
  const hasHeard = new Set([
    ...told.members,
    ...(comment.membershipId ? [comment.membershipId] : []),
  ]);
  // whoever answered their own question is told as its asker
  const [author] = await listNonAskers(tx, wijkId, questionId, [answeredBy]);
  if (author && !hasHeard.has(author))
    await tell(tx, services, text, [member(author)], { ...about, mail: 'comment-for-author' });
  if (question.visibility === 'private' || question.moderation !== 'shown') return;
  const followers = (await listFollowers(tx, wijkId, questionId)).filter(
    (id) => !hasHeard.has(id) && id !== author,
  );
  const others = await listNonAskers(tx, wijkId, questionId, followers);
  await tell(tx, services, text, others.map(member), about);
};

export const onAnswerMentions: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  const answerId = event.payload.answerId ?? '';
  if (!question || !(await readAnswerNews(tx, event.wijkId, answerId))) return;
  const of = { questionId: question.id, answerId, commentId: null };
  await tellMentioned(tx, services, event, of);
};

/** An edit of an answer or of a comment under it: who is named in it now and was not before. */
export const onAnswerEdited: Subscriber = async (tx, event, services) => {
  const question = await standingQuestion(tx, event);
  const answerId = event.payload.answerId ?? '';
  if (!question) return;
  for (const commentId of await listRepliesWithMentions(tx, event.wijkId, answerId))
    await tellMentioned(tx, services, event, { questionId: question.id, answerId, commentId });
};
