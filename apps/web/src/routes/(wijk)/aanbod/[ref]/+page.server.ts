import { error, redirect } from '@sveltejs/kit';
import { findListings } from '@wijk/contracts/market';
import { attachListing, detachListing } from '@wijk/contracts/market-dialogue';
import { getQuestion } from '@wijk/contracts/questions';
import { ATTACHED_MAX } from '@wijk/domain/market';
import { type MessageKey, pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef, replyIn } from '#lib/server/ids.ts';
import { listingCard } from '#lib/server/market.ts';
import { marketAtQuestion } from '#lib/server/market-dialogue.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const FOUND = { offer: 12, ehealth: 4 } as const;
type Event = RequestEvent;

/** The answer of the address. @throws 404 where it names none */
function answerIn({ params, url }: Event): string {
  const reply = replyIn(url);
  if (!isQuestionRef(params.ref) || !reply || 'comment' in reply)
    error(404, { message: 'Not found' });
  return reply.answer;
}

/** Offers and apps on the market by words; what cannot stand under an answer is not looked for. */
async function search(event: Event, words: string) {
  const found = await Promise.all(
    (['offer', 'ehealth'] as const).map((kind) =>
      api(event)(findListings, {
        params: { wijk: event.locals.slug },
        query: { q: words, kind, limit: FOUND[kind] },
      }),
    ),
  );
  return found.flatMap((one) => (one.ok ? one.data.items : stop(one)));
}

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, params, url } = event;
  const id = answerIn(event);
  const [outcome, market] = await Promise.all([
    api(event)(getQuestion, { params: { wijk: locals.slug, question: params.ref } }),
    marketAtQuestion(event, params.ref),
  ]);
  if (!outcome.ok) stop(outcome);
  const question = outcome.data;
  const answer = question.answers.find((one) => one.id === id);
  if (!answer || !market) error(404, { message: 'Not found' });
  if (!answer.own && !market.viewer.attachesAny) error(403, { message: 'Forbidden' });
  const asked = url.searchParams.get('q')?.trim().slice(0, 200) ?? null;
  // what is private is not looked for before somebody says so
  const words = asked ?? (question.visibility === 'private' ? '' : question.title);
  const there = market.answers.find((one) => one.answer === id)?.listings ?? [];
  const found = words === '' ? [] : await search(event, words);
  const say = await creditSpeaker(locals, market.unit);
  return {
    texts: pageTexts(locals.locale, 'marketDialogue'),
    back: paths(locals.base).answer(question.ref, question.slug, id),
    ref: question.ref,
    title: question.title,
    answer: { id, name: answer.author.name },
    words: asked ?? '',
    nothing: words !== '' && found.length === 0,
    max: ATTACHED_MAX,
    there: there.map((one) => listingCard(one, say)),
    found: found
      .filter(({ ref }) => !there.some((one) => one.ref === ref))
      .map((one) => listingCard({ ...one, reasons: [] }, say)),
  };
};

const changing =
  (contract: typeof attachListing | typeof detachListing, message: MessageKey) =>
  async (event: Event) => {
    const { locals, params, url } = event;
    const answer = answerIn(event);
    const values = typed(await event.request.formData());
    const listing = isQuestionRef(values.listing ?? '') ? (values.listing ?? '') : '00000000';
    const outcome = await api(event)(contract, {
      params: { wijk: locals.slug, question: params.ref, answer, listing },
    });
    if (!outcome.ok) return refused(event, 'attach', {}, outcome);
    setFlash(event, message);
    redirect(303, marketPaths(locals.base).attach(params.ref, answer, url.searchParams.get('q')));
  };

export const actions: Actions = {
  zet: changing(attachListing, 'page.marketDialogue.attached'),
  haal: changing(detachListing, 'page.marketDialogue.detached'),
};
