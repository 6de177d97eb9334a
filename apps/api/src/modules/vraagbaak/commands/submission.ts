import type { Transaction } from '@wijk/db/kernel';
import {
  readHeldTexts,
  readMemberRecord,
  readRecentAnswers,
  readRecentQuestions,
} from '@wijk/db/vraagbaak';
import { DomainError } from '@wijk/domain/kernel';
import {
  ANSWER_WINDOW_MS,
  type Capacity,
  type DistressKind,
  findDistress,
  type HoldReason,
  isNewMember,
  judgeSubmission,
  nextAllowed,
  QUESTION_WINDOW_MS,
} from '@wijk/domain/vraagbaak';
import { perAccount } from '../../../limits.ts';
import type { Services } from '../../../services.ts';
import { readMember } from '../../identity/index.ts';
import { readModerationPolicy, readPhrases, type Wijk } from '../../wijk/index.ts';

/** What the form saw, beside the words. */
export interface FormSeen {
  trap: string;
  seconds: number | null;
}

export interface Screened {
  /** why it waits for the redactie; empty: it shows at once */
  reasons: HoldReason[];
  distress: DistressKind[];
}

/** Whether the words tell of acute distress, by the list of this wijk. */
export async function screenDistress(
  db: Transaction | Services['db'],
  wijkId: string,
  text: string,
): Promise<DistressKind[]> {
  return findDistress(text, (await readPhrases(db, wijkId, 'distress')).phrases);
}

/**
 * Judges a question before it is stored (V11): what holds it, and whether someone is in distress.
 * Distress never waits for anything: a text that tells of it goes on to the redactie whatever else.
 * @param over what happens above the number of questions a day: 'refuse' for a member, whose form
 *   keeps the words; 'hold' for a guest, whose words have left the form
 * @throws `vraagbaak.too-many-questions` with the hours to wait
 */
export async function screenQuestion(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  membershipId: string,
  given: { text: string; form: FormSeen; over: 'refuse' | 'hold' },
): Promise<Screened> {
  const now = services.clock.now();
  const policy = await readModerationPolicy(tx, wijk.id, now);
  const distress = await screenDistress(tx, wijk.id, given.text);
  const since = new Date(now.getTime() - QUESTION_WINDOW_MS);
  const recent = await readRecentQuestions(tx, wijk.id, membershipId, since);
  const next = nextAllowed(
    recent.map(({ at }) => at),
    perAccount(services.config, policy.questionsPerDay),
    QUESTION_WINDOW_MS,
  );
  if (next && given.over === 'refuse' && distress.length === 0)
    throw new DomainError('too-many', 'vraagbaak.too-many-questions', {
      params: {
        limit: policy.questionsPerDay,
        hours: Math.max(1, Math.ceil((next.getTime() - now.getTime()) / 3_600_000)),
      },
    });
  const { roles } = await readMember(tx, wijk.id, membershipId, now);
  const record = await readMemberRecord(tx, wijk.id, membershipId);
  const knownOtherwise = [...roles].some((role) => role !== 'resident');
  const { reasons } = judgeSubmission(
    {
      text: given.text,
      ...given.form,
      newMember: isNewMember({ ...record, knownOtherwise }, now),
      // who plays with a demonstration sends the same text many times
      recent: services.config.strictLimits
        ? [...recent.map(({ text }) => text), ...(await readHeldTexts(tx, wijk.id))]
        : [],
    },
    {
      firstQuestion: policy.firstQuestion,
      holdLinksFrom: policy.holdLinksFrom,
      holdWords: (await readPhrases(tx, wijk.id, 'hold')).phrases,
    },
  );
  return { distress, reasons: next ? [...reasons, 'limit'] : reasons };
}

/**
 * The answers that one neighbour may give in an hour. Experts and editors do it for the wijk.
 * @throws `vraagbaak.too-many-answers` with the minutes to wait
 */
export async function assertMayAnswerNow(
  services: Services,
  tx: Transaction,
  wijkId: string,
  member: { membershipId: string; capacity: Capacity },
): Promise<void> {
  if (member.capacity !== 'resident') return;
  const now = services.clock.now();
  const { answersPerHour } = await readModerationPolicy(tx, wijkId, now);
  const recent = await readRecentAnswers(
    tx,
    wijkId,
    member.membershipId,
    new Date(now.getTime() - ANSWER_WINDOW_MS),
  );
  const next = nextAllowed(recent, perAccount(services.config, answersPerHour), ANSWER_WINDOW_MS);
  if (next)
    throw new DomainError('too-many', 'vraagbaak.too-many-answers', {
      params: {
        limit: answersPerHour,
        minutes: Math.max(1, Math.ceil((next.getTime() - now.getTime()) / 60_000)),
      },
    });
}
