import type { BodyOf, editQuestion as editContract } from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import { changeQuestion, insertRevision, lockQuestion, readLastRevision } from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { assertMayChange, slugify } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { emit, hintAsker, hintQuestion } from '../standing.ts';
import { assertTheme } from './ask-question.ts';
import { assertUnchanged, namingOther, recordAction } from './desk-action.ts';
import { assertMayUndo, type Undoing } from './undoing.ts';

/**
 * Changes title or theme (V6). What stood there is kept; the promise counts under its first theme.
 * @throws `vraagbaak.changed-meanwhile`, `vraagbaak.claimed-by-other`, `vraagbaak.question-closed`
 */
export async function editQuestion(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  { title, theme, version }: BodyOf<typeof editContract>,
): Promise<{ undo: string | null }> {
  assertTheme(wijk, theme);
  return inTransaction(services.db, async (tx) => {
    const question = await lockQuestion(tx, wijk.id, { ref });
    const now = services.clock.now();
    assertUnchanged(question, version);
    await namingOther(services, tx, wijk, question, () =>
      assertMayChange(question, actor.membershipId, now),
    );
    if (question.title === title && question.theme === theme) return { undo: null };
    const revisionId = uuidv7(now);
    await insertRevision(tx, {
      wijkId: wijk.id,
      id: revisionId,
      questionId: question.id,
      kind: 'edited',
      editorId: actor.membershipId,
      title: question.title,
      body: question.body,
      theme: question.theme,
      at: now,
    });
    const changes = { title, theme, slug: slugify(title), editedAt: now };
    await changeQuestion(tx, wijk.id, question.id, changes);
    const undo = await recordAction(tx, wijk, actor, 'edit', question, {}, now, revisionId);
    await emit(services, tx, wijk.id, 'question.edited.v1', {
      questionId: question.id,
      revisionId,
    });
    await hintQuestion(tx, wijk.id, question, 'edited');
    await hintAsker(tx, wijk.id, question.id);
    return { undo };
  });
}

/** Puts the former title and theme back; what was taken away is kept as well. */
export async function undoEdit(undoing: Undoing): Promise<void> {
  const { services, tx, wijk, actor, question, action, now } = undoing;
  assertMayUndo(undoing);
  const former = await readLastRevision(tx, wijk.id, question.id);
  if (former?.id !== action.subjectId)
    throw new DomainError('conflict', 'vraagbaak.undo-overtaken');
  const revisionId = uuidv7(now);
  const { id: questionId, title, body, theme } = question;
  await insertRevision(tx, {
    wijkId: wijk.id,
    id: revisionId,
    questionId,
    kind: 'edited',
    editorId: actor.membershipId,
    title,
    body,
    theme,
    at: now,
  });
  await changeQuestion(tx, wijk.id, questionId, {
    title: former.title,
    theme: former.theme,
    slug: slugify(former.title),
    editedAt: now,
  });
  await emit(services, tx, wijk.id, 'question.edited.v1', { questionId, revisionId });
}
