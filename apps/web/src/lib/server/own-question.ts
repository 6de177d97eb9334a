import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { getQuestion, type QuestionPage } from '@wijk/contracts/questions';
import { pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { fill } from '#lib/text.ts';
import { api } from './api.ts';
import { stop } from './refusal.ts';
import { agoText, type Speaker } from './views.ts';

const REF = /^[0-9a-hjkmnp-tv-z]{8}$/;
type Event = RequestEvent<{ ref: string }>;

/** A question of one's own, for the pages where its asker does something with it. */
export async function readOwn(event: Event): Promise<QuestionPage> {
  const { locals, params, url } = event;
  if (!REF.test(params.ref)) error(404, { message: 'Not found' });
  const { actor } = await locals.context();
  if (!actor) redirect(303, paths(locals.base).signIn(url.pathname + url.search));
  const outcome = await api(event)(getQuestion, {
    params: { wijk: locals.slug, question: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  if (!outcome.data.own) error(403, { message: 'Forbidden' });
  return outcome.data;
}

export interface OwnBox {
  /** who sees it, whether it is about health, and since when there is consent: as sentences */
  lines: string[];
  href: string;
  edit: string;
  /** the way to take it back; '' where there is none */
  consent: string;
  title: string;
}

/** What its asker finds beside their question; null for everybody else. */
export function ownBox({ ref, own, visibility, health }: QuestionPage, say: Speaker, base: string) {
  if (!own) return null;
  const w = pageTexts(say.locale, 'ownQuestion');
  const lines = [w[visibility]];
  if (health && visibility !== 'private') lines.push(w.health);
  if (own.consentAt) lines.push(fill(w.consentGiven, { at: agoText(own.consentAt, say).text }));
  const box: OwnBox = {
    title: w.title,
    lines,
    edit: own.mayEdit ? w.edit : '',
    consent: own.consentAt ? w.consentLink : '',
    href: paths(base).editOwn(ref),
  };
  return box;
}
