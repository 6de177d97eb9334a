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
  newMemberMatters,
  nextAllowed,
  QUESTION_WINDOW_MS,
} from '@wijk/domain/vraagbaak';
import { perAccount } from '../../../limits.ts';
import type { Services } from '../../../services.ts';
import { readMember } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';

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
export function screenDistress(wijk: Wijk, text: string): DistressKind[] {
  return findDistress(text, wijk.moderation.distress);
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
  const { policy } = wijk.moderation;
  const distress = screenDistress(wijk, given.text);
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
  const rules = rulesOf(wijk);
  const { reasons } = judgeSubmission(
    {
      text: given.text,
      ...given.form,
      // for most texts it makes no difference, and then nobody's record is read
      newMember:
        newMemberMatters(given.text, rules) && (await isNew(tx, wijk.id, membershipId, now)),
      // who plays with a demonstration sends the same text many times
      recent: services.config.strictLimits
        ? [...recent.map(({ text }) => text), ...(await readHeldTexts(tx, wijk.id))]
        : [],
    },
    rules,
  );
  return { distress, reasons: next ? [...reasons, 'limit'] : reasons };
}

/** Whether nothing that the member wrote stands here yet, by the rule of V11. */
export async function isNew(tx: Transaction, wijkId: string, membershipId: string, now: Date) {
  const { roles } = await readMember(tx, wijkId, membershipId, now);
  const knownOtherwise = [...roles].some((role) => role !== 'resident');
  if (knownOtherwise) return false;
  return isNewMember(
    { ...(await readMemberRecord(tx, wijkId, membershipId)), knownOtherwise },
    now,
  );
}

const rulesOf = ({ moderation: { policy, hold } }: Wijk) => ({
  firstQuestion: policy.firstQuestion,
  holdLinksFrom: policy.holdLinksFrom,
  holdWords: hold,
});

/**
 * What holds a question of this member that is changed. It is theirs already: no number a day, and not
 * the same text sent again.
 */
export async function screenEdit(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  membershipId: string,
  text: string,
): Promise<HoldReason[]> {
  const rules = rulesOf(wijk);
  const newMember =
    newMemberMatters(text, rules) && (await isNew(tx, wijk.id, membershipId, services.clock.now()));
  return judgeSubmission({ text, trap: '', seconds: null, newMember, recent: [] }, rules).reasons;
}

/**
 * The answers that one neighbour may give in an hour. Experts and editors do it for the wijk.
 * @throws `vraagbaak.too-many-answers` with the minutes to wait
 */
export async function assertMayAnswerNow(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  member: { membershipId: string; capacity: Capacity },
): Promise<void> {
  if (member.capacity !== 'resident') return;
  const now = services.clock.now();
  const { answersPerHour } = wijk.moderation.policy;
  const recent = await readRecentAnswers(
    tx,
    wijk.id,
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
