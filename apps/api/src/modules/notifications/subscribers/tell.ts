import type { NOTICE_KINDS } from '@wijk/contracts';
import type { Transaction } from '@wijk/db/kernel';
import { addNotice, listHolders } from '@wijk/db/notifications';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Services } from '../../../services.ts';
import { type QuestionForNotice, readForNotification } from '../../vraagbaak/index.ts';
import type { QuestionTemplate } from '../templates.ts';

/** What a subscriber is told of; it reads everything else anew. */
export interface Told {
  wijkId: string;
  eventId: string;
  payload: Record<string, string>;
}

export interface Message {
  questionId: string;
  notice?: (typeof NOTICE_KINDS)[number];
  mail?: QuestionTemplate;
  params?: Record<string, string>;
}

type Reader = { audience: 'asker' } | { audience: 'member'; membershipId: string };

/** One notice and one mail for each reader, however often the event is handled (N1). */
export async function tell(
  tx: Transaction,
  { clock }: Services,
  { wijkId, eventId }: Told,
  readers: readonly Reader[],
  { questionId, notice, mail, params = {} }: Message,
): Promise<void> {
  const now = clock.now();
  for (const reader of readers) {
    if (notice)
      await addNotice(tx, { wijkId, eventId, questionId, kind: notice, for: reader }, now);
    if (mail)
      await queueMail(
        tx,
        { wijkId, for: reader, template: mail, params, questionId, cause: eventId },
        now,
      );
  }
}

export const ASKER: Reader = { audience: 'asker' };
export const member = (membershipId: string): Reader => ({ audience: 'member', membershipId });

/** The redactie as it is now. */
export async function desk(
  tx: Transaction,
  { clock }: Services,
  wijkId: string,
  roles: readonly string[] = ['editor', 'chief-editor'],
): Promise<Reader[]> {
  return (await listHolders(tx, wijkId, roles, clock.now())).map(member);
}

/** The question of an event; nothing when it was withdrawn or removed since. */
export async function standingQuestion(
  tx: Transaction,
  { wijkId, payload }: Told,
): Promise<(QuestionForNotice & { id: string }) | undefined> {
  const id = payload.questionId ?? '';
  const question = await readForNotification(tx, wijkId, id);
  if (question?.status !== 'open' && question?.status !== 'answered') return undefined;
  return { ...question, id };
}
