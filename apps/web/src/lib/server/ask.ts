import { fail, type RequestEvent, redirect } from '@sveltejs/kit';
import { linkQuestionAsked } from '@wijk/contracts/market-dialogue';
import { askAsGuest, askQuestion } from '@wijk/contracts/questions';
import { changeMyName } from '@wijk/contracts/session';
import {
  findDistress,
  HEALTH_CONSENT_NOW,
  helpLines,
  type Visibility,
} from '@wijk/domain/vraagbaak';
import { formatPromised, type MessageKey, t } from '@wijk/i18n';
import { privateIn } from '#lib/ask/writing.ts';
import { paths } from '#lib/paths.ts';
import { api } from './api.ts';
import { setChallenge } from './challenge.ts';
import { setFlash } from './flash.ts';
import { isQuestionRef } from './ids.ts';
import { keptPhotos, placeOfPhotos, takePhotos } from './photos.ts';
import { type Refused, refused, typed } from './refusal.ts';
import { similarStep } from './similar.ts';
import { speaker } from './views.ts';

type Values = Record<string, string>;
type Photos = Awaited<ReturnType<typeof takePhotos>>;

export const helpFor = (...texts: string[]) => helpLines(findDistress(texts.join('\n')));

/** The words of consent as this reader gets them, and the version that says which they were. */
export function healthConsent(locale: App.Locals['locale']) {
  return {
    version: `${HEALTH_CONSENT_NOW}.${locale}`,
    words: t(locale, `consent.${HEALTH_CONSENT_NOW}` as MessageKey),
  };
}

/** What the form itself saw: the field that people do not see, and how long filling it in took. */
function seen({ website = '', since = '' }: Values) {
  const seconds = /^\d{13}$/.test(since) ? Math.floor((Date.now() - Number(since)) / 1000) : null;
  return {
    trap: website.slice(0, 500),
    seconds: seconds !== null && seconds >= 0 ? seconds : null,
  };
}

/** The question of a form; what was not chosen is left out: 'fill this in' says more than 'not right'. */
export function askedOf(values: Values) {
  const { title = '', body = '', theme = '', health, consent, consentVersion } = values;
  return {
    title,
    body,
    ...((theme ? { theme } : {}) as { theme: string }),
    health: health === 'ja',
    ...(consent === 'ja' && consentVersion ? { consent: consentVersion } : {}),
  };
}

/** What was found in the text that its writer has not been warned about; asked once, never refused. */
function unwarned({ title = '', body = '', warned = '' }: Values) {
  const kinds = privateIn(`${title}\n${body}`);
  return kinds.some((kind) => !warned.split(' ').includes(kind)) ? kinds : [];
}

/** The form again; who wrote of distress is helped before the form is right. */
async function again(event: RequestEvent, { values, photos }: Sent, outcome: Refused) {
  const { status, data } = refused(event, 'ask', values, outcome, placeOfPhotos);
  data.refusal.errors.push(...photos.errors);
  return fail(status, {
    ...data,
    // sent before with other words: it is there, and a press from now on is another one
    before: outcome.problem.code === 'kernel.idempotency-mismatch',
    ...(await shown(event, { values, photos })),
  });
}

/** What comes along however the form is shown again. */
async function shown(event: RequestEvent, { values, photos }: Sent) {
  return {
    help: helpFor(values.title ?? '', values.body ?? ''),
    photos: await keptPhotos(event, photos.photos),
  };
}

/** What came with the press. */
interface Sent {
  values: Values;
  photos: Photos;
}

/** A refusal whose faults are the photos alone. */
const withPhotoFaults = (reference: string): Refused => ({
  ok: false,
  status: 422,
  problem: {
    type: 'about:blank',
    title: '',
    status: 422,
    instance: reference,
    code: 'kernel.invalid',
    params: {},
    errors: [],
  },
});

/**
 * Sends the form of a question: what was asked before and what is private are shown first, once, to whoever
 * did not see it while typing.
 */
export async function sendQuestion(event: RequestEvent) {
  const data = await event.request.formData();
  const values = typed(data);
  const sent = { values, photos: await takePhotos(event, data) };
  // a question never goes without a photo that somebody meant to send along
  if (sent.photos.errors.length > 0)
    return again(event, sent, withPhotoFaults(event.locals.requestId));
  const { actor } = await event.locals.context();
  const similar = await similarStep(event, values);
  const warned = unwarned(values);
  if (similar || warned.length > 0) {
    const kept: Values = { ...values, theme: values.theme || similar?.theme?.slug || '' };
    return fail(200, { similar, warned, kept, ...(await shown(event, sent)) });
  }
  // also when the session ended meanwhile: the API then misses name and address, and the page asks
  return actor ? asMember(event, sent, actor.name) : asGuest(event, sent);
}

/** '' is a choice that was not made: the API says so at the field. */
const visibilityOf = ({ visibility }: Values) => (visibility ?? 'public') as Visibility;

async function asGuest(event: RequestEvent, sent: Sent) {
  const { values } = sent;
  const { name = '', email = '' } = values;
  const outcome = await api(event)(askAsGuest, {
    params: { wijk: event.locals.slug },
    body: {
      ...askedOf(values),
      photos: sent.photos.photos,
      visibility: visibilityOf(values),
      name,
      email,
      form: seen(values),
    },
    idempotencyKey: values.key ?? '',
  });
  if (!outcome.ok) return again(event, sent, outcome);
  const { challenge, help } = outcome.data;
  setChallenge(event, { challenge, email: email.trim(), asks: true, help });
  redirect(303, paths(event.locals.base).code());
}

async function asMember(event: RequestEvent, sent: Sent, known: string) {
  const { values } = sent;
  const { locals } = event;
  const visibility = visibilityOf(values);
  const params = { wijk: locals.slug };
  const name = values.name?.trim() ?? '';
  if (!known && visibility === 'public' && name) {
    const named = await api(event)(changeMyName, { params, body: { name } });
    if (!named.ok) return again(event, sent, named);
  }
  const outcome = await api(event)(askQuestion, {
    params,
    body: { ...askedOf(values), photos: sent.photos.photos, visibility, form: seen(values) },
    idempotencyKey: values.key ?? '',
  });
  if (!outcome.ok) return again(event, sent, atName(outcome));
  const { ref, slug, promise, held } = outcome.data;
  if (visibility === 'public' && isQuestionRef(values.hulpvraag ?? ''))
    // pressed again it is the same question, so what went wrong here is made good by that
    await api(event)(linkQuestionAsked, {
      params: { ...params, listing: values.hulpvraag ?? '' },
      body: { question: ref },
    });
  const say = await speaker(locals);
  setFlash(event, held ? 'page.ask.held' : 'page.ask.asked', {
    promised: formatPromised(new Date(promise.dueAt), say.now, say.timeZone, say.locale),
  });
  redirect(303, paths(locals.base).question(ref, slug));
}

/** A name that is missed is a field of this form. */
function atName(outcome: Refused): Refused {
  const { problem } = outcome;
  if (problem.code !== 'identity.name-needed') return outcome;
  const error = { pointer: 'name', code: 'required', detail: '', params: {} };
  return { ...outcome, problem: { ...problem, errors: [error] } };
}
