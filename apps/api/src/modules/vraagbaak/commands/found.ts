import { hintLive, inTransaction, once } from '@wijk/db/kernel';
import { insertDeflection, lockQuestion, setMeToo } from '@wijk/db/vraagbaak';
import type { Actor, Member } from '@wijk/domain/identity';
import { DomainError, uuidv7 } from '@wijk/domain/kernel';
import { isoWeekOf } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { accessQuestion, isInView } from '../access.ts';

/** Private, held and closed ones have no readers who could say so. */
async function assertInView(services: Services, actor: Actor, wijk: Wijk, ref: string) {
  const access = await accessQuestion(services, wijk.id, ref, actor);
  if (!isInView(access.question)) throw new DomainError('conflict', 'vraagbaak.question-closed');
  return access;
}

/**
 * "Dit beantwoordt mijn vraag" (V2): counted in the week and with the theme of this moment, which never
 * change after (V12). Holds nobody, so the key alone says that two presses are the same one.
 * @throws `vraagbaak.question-not-found`, `-gone`, `-closed`
 */
export async function deflect(
  services: Services,
  actor: Actor,
  wijk: Wijk,
  ref: string,
  key: string,
): Promise<{ counted: boolean }> {
  const { question } = await assertInView(services, actor, wijk, ref);
  const now = services.clock.now();
  const { year: weekYear, week } = isoWeekOf(now, wijk.timeZone);
  return inTransaction(services.db, async (tx) => {
    // the key is a visitor's own; nobody's id is part of what is kept
    const press = {
      wijkId: wijk.id,
      person: '',
      route: `deflect ${ref}`,
      key,
      body: null,
      secret: services.secret,
    };
    const { reply } = await once(tx, press, now, async () => {
      const { id: questionId, theme } = question;
      const row = { wijkId: wijk.id, questionId, theme, at: now, weekYear, week };
      await insertDeflection(tx, { ...row, id: uuidv7(now) });
      return { counted: true };
    });
    return reply;
  });
}

/**
 * "Ook mijn vraag" (V2): the member follows it and is counted, once.
 * @returns how many say so now
 * @throws `vraagbaak.me-too-own` for the asker, `vraagbaak.question-not-found`, `-gone`, `-closed`
 */
export async function setMyQuestionToo(
  services: Services,
  actor: Member,
  wijk: Wijk,
  ref: string,
  on: boolean,
): Promise<{ count: number }> {
  const { question, viewer } = await assertInView(services, actor, wijk, ref);
  if (viewer.isAsker) throw new DomainError('conflict', 'vraagbaak.me-too-own');
  return inTransaction(services.db, async (tx) => {
    const locked = await lockQuestion(tx, wijk.id, { ref });
    if (!isInView(locked)) throw new DomainError('conflict', 'vraagbaak.question-closed');
    const row = {
      wijkId: wijk.id,
      questionId: question.id,
      membershipId: actor.membershipId,
    };
    const count = await setMeToo(tx, row, services.clock.now(), on);
    await hintLive(tx, { w: wijk.id, t: `question:${ref}`, r: ref, k: 'me-too' });
    return { count };
  });
}
