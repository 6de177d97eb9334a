import type { NoticeKind } from '@wijk/contracts';
import type { Transaction } from '@wijk/db/kernel';
import { addNotice, listHolders, listOnDuty } from '@wijk/db/notifications';
import { localDateOf } from '@wijk/domain/wijk';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Services } from '../../../services.ts';
import { type QuestionForNotice, readForNotification } from '../../vraagbaak/index.ts';
import type { QuestionTemplate } from '../kinds.ts';

/** What a subscriber is told of; it reads everything else anew. */
export interface Told {
  wijkId: string;
  eventId: string;
  payload: Record<string, string>;
}

export interface Message {
  questionId: string;
  notice?: NoticeKind;
  mail?: QuestionTemplate;
  params?: Record<string, string>;
}

export type Reader = { audience: 'asker' } | { audience: 'member'; membershipId: string };

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

const DESK = ['editor', 'chief-editor'] as const;

/** The redactie as it is now. */
export async function desk(
  tx: Transaction,
  { clock }: Services,
  wijkId: string,
  roles: readonly string[] = DESK,
): Promise<Reader[]> {
  return (await listHolders(tx, wijkId, roles, clock.now())).map(member);
}

/**
 * Whoever began the duty of today, in the wijk's own day; else who is planned; else the whole redactie
 * (V6). Only those who are of the redactie now.
 */
export async function onDuty(
  tx: Transaction,
  services: Services,
  wijkId: string,
): Promise<Reader[]> {
  const all = await listHolders(tx, wijkId, DESK, services.clock.now());
  const wijk = await services.wijken.byId(wijkId);
  const today = wijk && localDateOf(services.clock.now(), wijk.timeZone);
  const roster = today ? await listOnDuty(tx, wijkId, today) : [];
  const duty = roster.filter((one) => all.includes(one.membershipId));
  const started = duty.filter((one) => one.started);
  const some = (started.length > 0 ? started : duty).map((one) => one.membershipId);
  return (some.length > 0 ? some : all).map(member);
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
