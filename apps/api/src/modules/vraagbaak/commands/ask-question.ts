import type { askQuestion as askContract, BodyOf } from '@wijk/contracts';
import { inTransaction, once, type Transaction } from '@wijk/db/kernel';
import { insertPromise, insertQuestion, newRef, takeDraft } from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, randomUuid } from '@wijk/domain/kernel';
import { isoWeekOf, promiseRow, slugify, startPromise } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import { readMember } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { promiseView } from '../present.ts';
import { emit, hintQuestion } from '../standing.ts';

type Asked = BodyOf<typeof askContract>;

/**
 * Asks a question; its promise starts (V1, V4). The same key asks once.
 * @throws `identity.name-needed` when it is to be public under a name that the member has not given
 */
export async function askQuestion(
  services: Services,
  actor: Member,
  wijk: Wijk,
  asked: Asked,
  key: string,
) {
  assertTheme(wijk, asked.theme);
  return inTransaction(services.db, async (tx) => {
    const press = {
      wijkId: wijk.id,
      person: actor.personId,
      route: 'askQuestion',
      key,
      body: asked,
      secret: services.secret,
    };
    const { reply } = await once(tx, press, services.clock.now(), async () => {
      const member = await readMember(tx, wijk.id, actor.membershipId, services.clock.now());
      if (asked.visibility === 'public' && !member.name)
        throw new DomainError('conflict', 'identity.name-needed');
      return postQuestion(services, tx, wijk, actor.membershipId, asked);
    });
    return reply;
  });
}

/** A theme of another wijk, or none, is a field at fault. */
export function assertTheme(wijk: Wijk, theme: string): void {
  if (!wijk.themes.some((t) => t.slug === theme && !t.retired))
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'theme', code: 'invalid-choice' }],
    });
}

/** Question, promise and event in the caller's transaction. */
export async function postQuestion(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  membershipId: string,
  asked: Asked,
) {
  const now = services.clock.now();
  const id = randomUuid();
  const question = { id, ref: newRef(), slug: slugify(asked.title) };
  await insertQuestion(
    tx,
    { wijkId: wijk.id, ...asked, ...question, submittedAt: now },
    membershipId,
  );
  const terms = startPromise(wijk.policy, wijk.calendar, now);
  await insertPromise(
    tx,
    {
      wijkId: wijk.id,
      questionId: id,
      theme: asked.theme,
      week: isoWeekOf(now, wijk.timeZone),
    },
    terms,
  );
  await emit(services, tx, wijk.id, 'question.submitted.v1', { questionId: id });
  await hintQuestion(tx, wijk.id, question, 'submitted');
  return { ref: question.ref, slug: question.slug, promise: promiseView(promiseRow(terms), now) };
}

/**
 * Posts a guest's draft in the transaction of their sign-in.
 * @returns null when it is gone: expired, or posted by the same code on another device
 */
export async function postDraft(
  services: Services,
  tx: Transaction,
  given: { wijkId: string; draftId: string; membershipId: string },
): Promise<{ ref: string; slug: string; name: string } | null> {
  const draft = await takeDraft(tx, given.wijkId, given.draftId);
  const wijk = await services.wijken.byId(given.wijkId);
  if (!draft || !wijk || draft.expiresAt <= services.clock.now()) return null;
  const { title, body, theme, visibility, name } = draft;
  const posted = await postQuestion(services, tx, wijk, given.membershipId, {
    title,
    body,
    theme,
    visibility,
  });
  return { ref: posted.ref, slug: posted.slug, name };
}
