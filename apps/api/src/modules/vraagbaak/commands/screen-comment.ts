import type { Transaction } from '@wijk/db/kernel';
import { readRecentComments } from '@wijk/db/vraagbaak';
import { DomainError } from '@wijk/domain/kernel';
import {
  ANSWER_WINDOW_MS,
  COMMENTS_PER_ANSWER,
  judgeSubmission,
  newMemberMatters,
  nextAllowed,
  type Voice,
} from '@wijk/domain/vraagbaak';
import { perAccount } from '../../../limits.ts';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { isNew, type Screened, screenDistress } from './submission.ts';

/** Thanks look alike: only longer texts than this are taken for a repetition. */
const REPEATED_FROM = 60;

/**
 * Judges a comment (V11): links of a new member, words of the wijk's list and repeated texts hold it,
 * as they hold a question; distress never waits. Neighbours and askers have a number an hour, read
 * behind the seal and kept nowhere; experts and editors speak for the wijk.
 * @param given.fresh false for an edit, which is no new one
 * @throws `vraagbaak.too-many-comments` with the minutes to wait
 */
export async function screenComment(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  membershipId: string,
  given: { text: string; capacity: Voice; fresh: boolean },
): Promise<Screened> {
  const { text, capacity, fresh } = given;
  const distress = screenDistress(wijk, text);
  if (capacity === 'expert' || capacity === 'editor') return { reasons: [], distress };
  const now = services.clock.now();
  const { policy, hold } = wijk.moderation;
  const since = new Date(now.getTime() - ANSWER_WINDOW_MS);
  const recent = fresh ? await readRecentComments(tx, wijk.id, membershipId, since) : [];
  const limit = policy.answersPerHour * COMMENTS_PER_ANSWER;
  const moments = recent.map(({ at }) => at);
  const next = nextAllowed(moments, perAccount(services.config, limit), ANSWER_WINDOW_MS);
  if (next && distress.length === 0)
    throw new DomainError('too-many', 'vraagbaak.too-many-comments', {
      params: {
        limit,
        minutes: Math.max(1, Math.ceil((next.getTime() - now.getTime()) / 60_000)),
      },
    });
  const rules = {
    // only questions are read before they show
    firstQuestion: 'publish' as const,
    holdLinksFrom: policy.holdLinksFrom,
    holdWords: hold,
  };
  const { reasons } = judgeSubmission(
    {
      text,
      trap: '',
      seconds: null,
      newMember: newMemberMatters(text, rules) && (await isNew(tx, wijk.id, membershipId, now)),
      recent:
        services.config.strictLimits && text.length >= REPEATED_FROM
          ? recent.map((one) => one.text)
          : [],
    },
    rules,
  );
  return { reasons, distress };
}
