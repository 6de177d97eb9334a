import type { askQuestion as askContract, BodyOf } from '@wijk/contracts';
import { inTransaction, newRef, once, type Transaction } from '@wijk/db/kernel';
import { insertPromise, insertQuestion, takeDraft } from '@wijk/db/vraagbaak';
import type { Member } from '@wijk/domain/identity';
import { DomainError, randomUuid } from '@wijk/domain/kernel';
import {
  type HelpLine,
  helpLines,
  isoWeekOf,
  promiseRow,
  slugify,
  startPromise,
} from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import { readMember } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { promiseView } from '../present.ts';
import { emit, hintQuestion } from '../standing.ts';
import { attachPhotos } from './attach-photos.ts';
import { recordDecision } from './decision.ts';
import { keepHealthConsent } from './health-consent.ts';
import { type FormSeen, type Screened, screenQuestion } from './submission.ts';

type Asked = Omit<BodyOf<typeof askContract>, 'form'>;

/**
 * Asks a question; its promise starts (V1, V4), also while it waits for the redactie (V11). The same
 * key asks once.
 * @throws `vraagbaak.too-many-questions`; `identity.name-needed` when it is to be public under a name that the member has not given
 */
export async function askQuestion(
  services: Services,
  actor: Member,
  wijk: Wijk,
  { form, ...asked }: BodyOf<typeof askContract>,
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
      return postQuestion(services, tx, wijk, actor.membershipId, asked, {
        form: form ?? NOTHING_SEEN,
        over: 'refuse',
      });
    });
    return reply;
  });
}

const NOTHING_SEEN: FormSeen = { trap: '', seconds: null };

/** A theme of another wijk, or none, is a field at fault. */
export function assertTheme(wijk: Wijk, theme: string): void {
  if (!wijk.themes.some((t) => t.slug === theme && !t.retired))
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'theme', code: 'invalid-choice' }],
    });
}

/** Question, promise and events in the caller's transaction. */
export async function postQuestion(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  membershipId: string,
  { photos, consent, ...asked }: Asked,
  how: { form: FormSeen; over: 'refuse' | 'hold' },
): Promise<Posted> {
  const now = services.clock.now();
  const screened = await screenQuestion(services, tx, wijk, membershipId, {
    text: `${asked.title}\n${asked.body}`,
    ...how,
  });
  const id = randomUuid();
  const question = { id, ref: newRef(), slug: slugify(asked.title) };
  await insertQuestion(
    tx,
    {
      wijkId: wijk.id,
      ...asked,
      ...question,
      submittedAt: now,
      moderation: screened.reasons.length > 0 ? 'held' : 'shown',
      urgentAt: screened.distress.length > 0 ? now : null,
    },
    membershipId,
  );
  if (asked.health) await keepHealthConsent(tx, wijk, id, consent, now);
  await attachPhotos(tx, wijk.id, id, photos, how.over === 'refuse' ? 'refuse' : 'skip');
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
  await noteScreened(services, tx, wijk.id, id, screened, now);
  await hintQuestion(tx, wijk.id, question, 'submitted');
  return {
    ref: question.ref,
    slug: question.slug,
    promise: promiseView(promiseRow(terms), now),
    held: screened.reasons.length > 0,
    help: helpLines(screened.distress),
  };
}

export interface Posted {
  ref: string;
  slug: string;
  promise: ReturnType<typeof promiseView>;
  held: boolean;
  help: HelpLine[];
}

/** The asker is told why it waits; editors are told of distress at once. */
async function noteScreened(
  services: Services,
  tx: Transaction,
  wijkId: string,
  questionId: string,
  { reasons: [reason], distress }: Screened,
  now: Date,
): Promise<void> {
  if (reason)
    await recordDecision(
      services,
      tx,
      { wijkId, questionId, answerId: null, kind: 'held', reason, message: '', by: null },
      now,
    );
  if (distress.length > 0) await emit(services, tx, wijkId, 'question.urgent.v1', { questionId });
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
  const { title, body, theme, visibility, name, photos, health } = draft;
  const consent = draft.consentVersion ?? undefined;
  // a mailed code is a better sign than the field and the clock of the form; nothing else is left out
  const posted = await postQuestion(
    services,
    tx,
    wijk,
    given.membershipId,
    { title, body, theme, visibility, photos, health, consent },
    { form: NOTHING_SEEN, over: 'hold' },
  );
  return { ref: posted.ref, slug: posted.slug, name };
}
