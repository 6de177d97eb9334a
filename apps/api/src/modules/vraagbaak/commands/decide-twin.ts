import { createHash } from 'node:crypto';
import type { BodyOf, decideTwin as contract, ReplyOf } from '@wijk/contracts';
import { inTransaction, newRef, type Transaction } from '@wijk/db/kernel';
import {
  changeQuestion,
  countChangeAtDesk,
  decideTwin as decide,
  endTwin,
  insertAnswer,
  insertPromise,
  insertPublicTwin,
  insertTwinConsent,
  isAsker,
  type LockedQuestion,
  listTwins,
  lockQuestion,
  lockWithDuplicates,
  readAnswer,
  readTwinOfPublic,
  type StoredTwin,
  savePromise,
  twinFamily,
} from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, randomUuid, uuidv7 } from '@wijk/domain/kernel';
import {
  assertMayPublishTwin,
  cancelPromise,
  isoWeekOf,
  mayGoAlong,
  promiseRow,
  slugify,
  startPromise,
  TWIN_CONSENT,
} from '@wijk/domain/vraagbaak';
import { type Locale, t } from '@wijk/i18n';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion } from '../access.ts';
import { emit, hintAsker, hintQuestion, settleAnswers } from '../standing.ts';
import { endAssignment } from './desk.ts';
import { releaseDuplicates } from './mark-duplicate.ts';
import { tellOf } from './twin.ts';

type Decided = ReplyOf<typeof contract>;

/**
 * Who asked privately agrees to a public version, or does not (V3). Agreeing publishes it in the same
 * transaction. The same decision again changes nothing.
 * @throws `vraagbaak.question-not-found`, `vraagbaak.not-your-question`, `vraagbaak.twin-not-found`,
 *   `vraagbaak.twin-decided`, `vraagbaak.consent-outdated`, `vraagbaak.question-closed`
 */
export async function decideTwin(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: { ref: string; twinId: string },
  decision: BodyOf<typeof contract>,
): Promise<Decided> {
  await accessQuestion(services, wijk.id, of.ref, actor);
  return inTransaction(services.db, async (tx) => {
    const { question, twin } = await lockOwn(tx, wijk, actor, of);
    const now = services.clock.now();
    const wanted = decision.agree ? 'agreed' : 'declined';
    if (twin.decision !== null) {
      if (twin.decision !== wanted || twin.endedAt)
        throw new DomainError('conflict', 'vraagbaak.twin-decided');
      return publicOf(tx, wijk.id, twin.publicId);
    }
    if (!decision.agree) {
      await decide(tx, wijk.id, twin.id, { decision: 'declined', decidedAt: now });
      await tellOf(services, tx, wijk.id, 'twin.decided.v1', question, twin.id);
      return { public: null };
    }
    assertMayPublishTwin(question);
    if (decision.version !== TWIN_CONSENT.version)
      throw new DomainError('conflict', 'vraagbaak.consent-outdated');
    const published = await publish(services, tx, wijk, question.id, twin, now);
    await decide(tx, wijk.id, twin.id, {
      decision: 'agreed',
      decidedAt: now,
      publicId: published.id,
    });
    await insertTwinConsent(tx, {
      wijkId: wijk.id,
      id: uuidv7(now),
      questionId: question.id,
      textVersion: decision.version,
      textHash: consentHash(decision.locale, twin),
      subjectId: twin.id,
      givenAt: now,
    });
    await tellOf(services, tx, wijk.id, 'twin.decided.v1', question, twin.id);
    const { ref, slug, title } = published;
    return { public: { ref, slug, title } };
  });
}

/** SHA-256 of what the asker had before them: the words of the consent, and what becomes public. */
export function consentHash(
  locale: Locale,
  twin: Pick<StoredTwin, 'title' | 'body' | 'theme' | 'answerBody'>,
): string {
  const words = t(locale, 'page.ownSide.consent');
  const shown = [words, twin.title, twin.body, twin.theme, twin.answerBody];
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex');
}

/** The private question, locked, and its proposal, for who asked it. */
async function lockOwn(
  tx: Transaction,
  wijk: Wijk,
  actor: Member,
  { ref, twinId }: { ref: string; twinId: string },
): Promise<{ question: LockedQuestion; twin: StoredTwin }> {
  const question = await lockQuestion(tx, wijk.id, { ref });
  if (!(await isAsker(tx, wijk.id, question.id, actor.membershipId)))
    throw new DomainError('forbidden', 'vraagbaak.not-your-question');
  const twins = await listTwins(tx, wijk.id, question.id);
  const twin = twins.find((one) => one.id === twinId);
  if (!twin) throw new DomainError('not-found', 'vraagbaak.twin-not-found');
  return { question, twin };
}

async function publicOf(tx: Transaction, wijkId: string, id: string | null): Promise<Decided> {
  if (!id) return { public: null };
  const { ref, slug, title } = await lockQuestion(tx, wijkId, { id });
  return { public: { ref, slug, title } };
}

/**
 * The public version, as a question that was asked at this moment: with an id, a reference and an
 * address of its own, and a promise that is cancelled from its start, so that it counts nowhere.
 */
async function publish(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  privateId: string,
  twin: StoredTwin,
  now: Date,
) {
  const { title, body, theme } = twin;
  const at = { wijkId: wijk.id, id: randomUuid(), ref: newRef(), slug: slugify(title) };
  await insertPublicTwin(tx, privateId, { ...at, title, body, theme, submittedAt: now });
  const terms = startPromise(wijk.policy, wijk.calendar, now);
  const of = { wijkId: wijk.id, questionId: at.id, theme };
  await insertPromise(tx, { ...of, week: isoWeekOf(now, wijk.timeZone) }, terms);
  await savePromise(tx, wijk.id, at.id, cancelPromise(promiseRow(terms), now), now);
  const answer = twin.answerId && (await readAnswer(tx, wijk.id, privateId, twin.answerId));
  // taken from view since it was proposed: what was agreed to is published without it
  if (answer && mayGoAlong(answer)) {
    await insertAnswer(tx, {
      wijkId: wijk.id,
      id: uuidv7(now),
      questionId: at.id,
      membershipId: answer.membershipId,
      authorName: answer.authorName,
      authorTitle: answer.authorTitle,
      capacity: answer.capacity,
      format: answer.format,
      body: twin.answerBody,
      publishedAt: now,
    });
    await settleAnswers(tx, wijk.id, await lockQuestion(tx, wijk.id, { id: at.id }), now);
  }
  await emit(services, tx, wijk.id, 'question.submitted.v1', { questionId: at.id });
  await hintQuestion(tx, wijk.id, at, 'submitted');
  return { ...at, title };
}

/**
 * The asker takes the consent back: the public version is gone, in this transaction, whatever became
 * of it. Again changes nothing.
 * @throws `vraagbaak.question-not-found`, `vraagbaak.not-your-question`, `vraagbaak.twin-not-found`
 */
export async function withdrawTwinConsent(
  services: Services,
  actor: Member,
  wijk: Wijk,
  of: { ref: string; twinId: string },
): Promise<void> {
  await accessQuestion(services, wijk.id, of.ref, actor);
  await inTransaction(services.db, async (tx) => {
    await lockWithDuplicates(tx, wijk.id, await twinFamily(tx, wijk.id, of.ref));
    const { question, twin } = await lockOwn(tx, wijk, actor, of);
    await end(services, tx, wijk, question, twin);
  });
}

/**
 * With a question that is withdrawn its public version goes too, and a proposal that waits; a public
 * version that is withdrawn itself takes the consent with it. Lock with `lockTwins` first.
 */
export async function endTwinsOf(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: LockedQuestion,
): Promise<void> {
  const now = services.clock.now();
  const own = await readTwinOfPublic(tx, wijk.id, question.id);
  if (own && (await endTwin(tx, wijk.id, own.id, now)))
    await emit(services, tx, wijk.id, 'twin.decided.v1', {
      questionId: own.questionId,
      twinId: own.id,
    });
  for (const twin of await listTwins(tx, wijk.id, question.id)) {
    await decide(tx, wijk.id, twin.id, { decision: 'taken-back', decidedAt: now });
    await end(services, tx, wijk, question, twin);
  }
}

/** Locks a question with the public versions of it and their duplicates, in the one order that all follow. */
export async function lockTwins(tx: Transaction, wijkId: string, ref: string): Promise<void> {
  await lockWithDuplicates(tx, wijkId, await twinFamily(tx, wijkId, ref));
}

async function end(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  question: Pick<LockedQuestion, 'id' | 'ref'>,
  twin: StoredTwin,
): Promise<void> {
  const now = services.clock.now();
  if (!twin.publicId || !(await endTwin(tx, wijk.id, twin.id, now))) return;
  const shown = await lockQuestion(tx, wijk.id, { id: twin.publicId });
  await endAssignment(services, tx, wijk.id, shown, 'withdrawn', now);
  // removed or a duplicate before: withdrawn all the same, so that no undo and no appeal brings it back
  await changeQuestion(tx, wijk.id, shown.id, { status: 'withdrawn', duplicateOf: null });
  await countChangeAtDesk(tx, wijk.id, shown.id);
  await releaseDuplicates(tx, wijk.id, shown.id, now);
  await emit(services, tx, wijk.id, 'question.withdrawn.v1', { questionId: shown.id });
  await hintQuestion(tx, wijk.id, shown, 'withdrawn');
  await hintAsker(tx, wijk.id, shown.id);
  await tellOf(services, tx, wijk.id, 'twin.decided.v1', question, twin.id);
}
