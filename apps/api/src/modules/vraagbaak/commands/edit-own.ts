import type { BodyOf, editOwnQuestion as contract } from '@wijk/contracts';
import { inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  changeQuestion,
  countChangeAtDesk,
  endHealthConsent,
  insertRevision,
  isAsker,
  isRedacted,
  type LockedQuestion,
  lockQuestion,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { assertCanAnswer, slugify } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion } from '../access.ts';
import { emit, hintAsker, hintQuestion } from '../standing.ts';
import { assertTheme } from './ask-question.ts';
import { recordDecision } from './decision.ts';
import { keepHealthConsent } from './health-consent.ts';
import { screenDistress, screenEdit } from './submission.ts';

type Change = BodyOf<typeof contract>;

/** Where a change is made: the asker's own question, locked. */
interface Editing {
  services: Services;
  tx: Transaction;
  actor: Member;
  wijk: Wijk;
  question: LockedQuestion;
  change: Change;
  now: Date;
}

/**
 * The asker changes title, text, theme, and whether it is about health (V1). What stood there is kept; no
 * follower and nobody who answered is mailed. The words are judged as those of a new question, and where
 * the redactie took words out it reads a change of them first. A claim of an editor keeps nobody from
 * their own question.
 * @throws `vraagbaak.not-your-question`, `vraagbaak.question-closed`,
 *   `vraagbaak.edited-meanwhile` where it was changed by anyone since `editedAt`
 */
export async function editOwnQuestion(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  change: Change,
): Promise<{ ref: string; slug: string; held: boolean }> {
  await accessQuestion(services, wijk.id, ref, actor);
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    if (!(await isAsker(tx, wijk.id, question.id, actor.membershipId)))
      throw new DomainError('forbidden', 'vraagbaak.not-your-question');
    assertCanAnswer(question.status);
    // a theme that was retired since stays with the questions that have it
    if (change.theme !== question.theme) assertTheme(wijk, change.theme);
    // nothing to do, or the same press once more after a reply that was lost
    if (isAsItStands(question, change)) return standing(question);
    const seen = change.editedAt === null ? null : Date.parse(change.editedAt);
    if (seen !== (question.editedAt?.getTime() ?? null))
      throw new DomainError('conflict', 'vraagbaak.edited-meanwhile');
    const now = services.clock.now();
    const editing = { services, tx, actor, wijk, question, change, now };
    await changeHealth(editing);
    const held = await changeText(editing);
    await countChangeAtDesk(tx, wijk.id, question.id);
    await hintQuestion(tx, wijk.id, question, 'edited');
    await hintAsker(tx, wijk.id, question.id);
    return { ref: question.ref, slug: slugify(change.title), held };
  });
}

const isAsItStands = (question: LockedQuestion, { title, body, theme, health }: Change) =>
  question.title === title &&
  question.body === body &&
  question.theme === theme &&
  question.health === health;

const standing = ({ ref, slug, moderation }: LockedQuestion) => ({
  ref,
  slug,
  held: moderation === 'held',
});

/** The mark comes with consent, and takes it along when it goes. */
async function changeHealth({ tx, wijk, question, change, now }: Editing): Promise<void> {
  const { health, consent } = change;
  if (health === question.health) return;
  if (health) await keepHealthConsent(tx, wijk, question.id, consent, now);
  else await endHealthConsent(tx, wijk.id, question.id, now);
  await changeQuestion(tx, wijk.id, question.id, { health });
}

/** @returns whether it waits for the redactie now */
async function changeText(editing: Editing): Promise<boolean> {
  const { services, tx, wijk, question, change, now } = editing;
  const { id: questionId, moderation } = question;
  const { title, body, theme } = change;
  const words = title !== question.title || body !== question.body;
  if (!words && theme === question.theme) return moderation === 'held';
  const revisionId = uuidv7(now);
  await insertRevision(tx, {
    wijkId: wijk.id,
    id: revisionId,
    questionId,
    kind: 'by-asker',
    editorId: null,
    title: question.title,
    body: question.body,
    theme: question.theme,
    at: now,
  });
  const reason = words && moderation === 'shown' ? await reasonToHold(editing) : undefined;
  // new words of distress, not the ones that an editor saw to before
  const alarms =
    words &&
    screenDistress(wijk, `${title}\n${body}`).length > 0 &&
    screenDistress(wijk, `${question.title}\n${question.body}`).length === 0;
  await changeQuestion(tx, wijk.id, questionId, {
    title,
    body,
    theme,
    slug: slugify(title),
    editedAt: now,
    ...(reason ? { moderation: 'held' as const } : {}),
    ...(alarms ? { urgentAt: now, urgentSeenAt: null } : {}),
  });
  await emit(services, tx, wijk.id, 'question.edited.v1', { questionId, revisionId });
  if (alarms) await emit(services, tx, wijk.id, 'question.urgent.v1', { questionId });
  if (reason) {
    const decided = { kind: 'held', reason, message: '', by: null } as const;
    const at = { wijkId: wijk.id, questionId, answerId: null };
    await recordDecision(services, tx, { ...at, ...decided }, now);
  }
  return reason !== undefined || moderation === 'held';
}

/** Words that were taken out do not come back unseen; everything else as with a new question. */
async function reasonToHold(editing: Editing): Promise<string | undefined> {
  const { services, tx, actor, wijk, question, change } = editing;
  if (await isRedacted(tx, wijk.id, question.id)) return 'after-redaction';
  const text = `${change.title}\n${change.body}`;
  const [reason] = await screenEdit(services, tx, wijk, actor.membershipId, text);
  return reason;
}
