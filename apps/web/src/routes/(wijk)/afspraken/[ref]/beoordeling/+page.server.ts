import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import {
  flagReview,
  readOrderReviews,
  replyToReview,
  writeReview,
} from '@wijk/contracts/market-reviews';
import { pageTexts } from '@wijk/i18n';
import { reviewPaths } from '#lib/reviews/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { isQuestionRef } from '#lib/server/ids.ts';
import { partyText } from '#lib/server/orders.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { reasonChoices, reasonIn, reviewText, starChoices } from '#lib/server/reviews.ts';
import { untilText } from '#lib/server/views.ts';
import { faultAt, membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, params } = event;
  if (!isQuestionRef(params.ref)) error(404, { message: 'Not found' });
  const outcome = await api(event)(readOrderReviews, {
    params: { wijk: locals.slug, order: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const { side, party, closesAt, mayWrite, shown, own, other } = outcome.data;
  const { locale } = locals;
  const w = pageTexts(locale, 'reviews');
  const orders = pageTexts(locale, 'orders');
  const { timeZone } = (await locals.context()).wijk;
  const say = { locale, timeZone, now: new Date() };
  const name = partyText(party, orders);
  const values = { name, until: closesAt ? untilText(closesAt, say).text : '' };
  return {
    texts: w,
    ref: params.ref,
    lead: closesAt === null ? w.notYet : shown ? '' : fill(w.lead, values),
    mayWrite,
    written: own ? { stars: String(own.stars), body: own.body } : null,
    bodyHint: side === 'receiver' ? w.bodyHelper : w.bodyReceiver,
    choices: starChoices(w),
    reasons: reasonChoices(w),
    waiting: own && !shown ? fill(w.waiting, values) : null,
    own: own ? reviewText(own, fill(w.replyOf, values), say, w) : null,
    ownNone: shown && !own,
    other: other ? reviewText(other, w.ownReply, say, w) : null,
    otherTitle: fill(w.other, values),
    otherNone: shown && !other ? fill(w.none, values) : null,
    mayReply: other !== null && other.reply === null,
    mayFlag: other !== null && !other.flagged && !other.kept,
  };
};

const LABELS = { stars: 'stars', body: 'body', reply: 'reply', reason: 'flagReason' } as const;

async function done(
  event: RequestEvent<{ ref: string }>,
  what: 'written' | 'replied' | 'flagged',
): Promise<never> {
  setFlash(event, `page.reviews.flash.${what}`);
  redirect(303, reviewPaths(event.locals.base).review(event.params.ref));
}

function placeIn(event: RequestEvent, form: 'write' | 'reply' | 'flag'): Place {
  const w = pageTexts(event.locals.locale, 'reviews');
  return (pointer) => {
    const field = form === 'reply' && pointer === 'body' ? 'reply' : pointer;
    const label = LABELS[field as keyof typeof LABELS];
    return { field, ...(label ? { label: w[label] } : {}) };
  };
}

export const actions: Actions = {
  write: async (event) => {
    const values = typed(await event.request.formData());
    const place = placeIn(event, 'write');
    const stars = Number(values.stars);
    if (!(stars >= 1)) return refused(event, 'write', values, faultAt('stars', 'required'), place);
    const { locals, params } = event;
    const outcome = await api(event)(writeReview, {
      params: { wijk: locals.slug, order: params.ref },
      body: { stars, body: values.body ?? '' },
    });
    if (!outcome.ok) return refused(event, 'write', values, outcome, place);
    return done(event, 'written');
  },
  reply: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const place = placeIn(event, 'reply');
    const body = values.reply?.trim() ?? '';
    if (body === '') return refused(event, 'reply', values, faultAt('body', 'required'), place);
    const outcome = await api(event)(replyToReview, {
      params: { wijk: locals.slug, review: values.review ?? '' },
      body: { body },
    });
    if (!outcome.ok) return refused(event, 'reply', values, outcome, place);
    return done(event, 'replied');
  },
  flag: async (event) => {
    const values = typed(await event.request.formData());
    const reason = reasonIn(values.reason);
    const place = placeIn(event, 'flag');
    if (!reason) return refused(event, 'flag', values, faultAt('reason', 'required'), place);
    const outcome = await api(event)(flagReview, {
      params: { wijk: event.locals.slug, review: values.review ?? '' },
      body: { reason, note: values.note ?? '' },
    });
    if (!outcome.ok) return refused(event, 'flag', values, outcome, place);
    return done(event, 'flagged');
  },
};
