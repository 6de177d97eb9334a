import { type ActionFailure, fail, type RequestEvent, redirect } from '@sveltejs/kit';
import type { Problem } from '@wijk/contracts/problem';
import { fieldText, type Locale, type MessageKey, pageTexts, problemText, t } from '@wijk/i18n';
import { deskPaths } from '#lib/desk/paths.ts';
import type { Refusal } from '#lib/forms.ts';
import { setFlash } from '#lib/server/flash.ts';
import { type Refused, refused, typed } from '#lib/server/refusal.ts';
import { fill } from '#lib/text.ts';
import { unfilled } from './placeholders.ts';

export type DeskEvent = RequestEvent<{ ref: string }, '/(wijk)/redactie/(werk)/[ref]'>;
export type Fields = Record<string, string>;

/** Most replies bear the undo; one without content has none. */
type Done = { ok: true; data: unknown };
type Failure = ActionFailure<{ refusal: Refusal }>;

export const ofQuestion = ({ locals, params }: DeskEvent) => ({
  wijk: locals.slug,
  question: params.ref,
});

/** The version that the editor looked at, when the form knows it. */
export const versionOf = ({ version = '' }: Fields) =>
  /^\d{1,9}$/.test(version) ? { version: Number(version) } : {};

/** What a colleague did, as a refusal names it: 'Johan pakte de vraag op'; null when it names nobody. */
export function whatWasDone(locale: Locale, { params }: Problem): string | null {
  const { name, kind } = params;
  if (typeof name !== 'string' || name === '' || typeof kind !== 'string') return null;
  const words: Readonly<Record<string, string>> = pageTexts(locale, 'desk').happened;
  const text = Object.hasOwn(words, kind) ? words[kind] : undefined;
  return text ? fill(text, { who: name, whom: t(locale, 'page.deskLog.expert') }) : null;
}

/** A refusal in the words of the desk: who was first, what they did and what there is to do now. */
function declined(event: DeskEvent, form: string, values: Fields, outcome: Refused): Failure {
  const { locale } = event.locals;
  const failure = refused(event, form, values, outcome);
  const { code, params } = outcome.problem;
  const { refusal } = failure.data;
  const what = whatWasDone(locale, outcome.problem);
  const name = String(params.name ?? '');
  if (code === 'vraagbaak.claimed-by-other') {
    if (name) refusal.message = t(locale, 'page.desk.refusedHeld', { name });
  } else if (code === 'vraagbaak.changed-meanwhile') {
    const first = what ? `${what}.` : t(locale, 'page.desk.meanwhileUnknown');
    refusal.message = `${first} ${t(locale, 'page.desk.versionWhat')}`;
  } else if (what) refusal.message = `${what}. ${refusal.message}`;
  return failure;
}

/** The form of this name once more, with all that was typed. */
export function formAgain(event: DeskEvent, form: string, values: Fields): Refusal {
  const { key = '', version: _, ...kept } = values;
  const { requestId } = event.locals;
  return { form, key, values: kept, code: '', message: '', errors: [], reference: requestId };
}

/** A fault that the page itself finds, before anything is sent on. */
export function faulty(
  event: DeskEvent,
  form: string,
  values: Fields,
  field: string,
  text: string,
): Failure {
  const refusal = formAgain(event, form, values);
  const message = problemText(event.locals.locale, 'kernel.invalid');
  return fail(400, { refusal: { ...refusal, message, errors: [{ field, text }] } });
}

/** A saved text that still has `{{naam}}` in it is pointed out, not posted. */
export function leftOpen(event: DeskEvent, form: string, values: Fields, field: string) {
  const names = unfilled(values[field] ?? '');
  if (names.length === 0) return null;
  const text = fieldText(event.locals.locale, 'placeholder-left', { names: names.join(', ') });
  return faulty(event, form, values, field, text);
}

/**
 * An action of the pane: `call` asks the API, and back to the question with a message and an undo.
 * A refusal shows the form again with all that was typed.
 */
export function act(
  form: string,
  message: MessageKey,
  call: (event: DeskEvent, values: Fields) => Promise<Done | Refused>,
  check?: (event: DeskEvent, values: Fields) => Failure | null,
) {
  return async (event: DeskEvent) => {
    // `about` is the title in the message afterwards, `version` is asked anew after a refusal
    const { about = '', ...values } = typed(await event.request.formData());
    const fault = check?.(event, values);
    if (fault) return fault;
    const outcome = await call(event, values);
    const { version: _, ...kept } = values;
    if (!outcome.ok) return declined(event, form, kept, outcome);
    const { undo = null } = (outcome.data ?? {}) as { undo?: string | null };
    setFlash(event, message, { title: about }, undo);
    const { locals, url } = event;
    const [toon, thema, na] = ['toon', 'thema', 'na'].map((name) => url.searchParams.get(name));
    redirect(303, deskPaths(locals.base).deskQuestion(event.params.ref, { toon, thema, na }));
  };
}
