import { LISTING_KINDS, LISTING_STATES } from '@wijk/domain/market';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { listingCard, listingRef, ofListing } from './market.ts';
import { noBody, none, noReply, ofQuestion, questionRef, uuid, wijkSlug } from './shared.ts';
import { creditUnit } from './wallet.ts';

/* Between questions and the market (M9): offers under answers, a question that becomes a request and back. */

const listingLink = z.object({
  ref: listingRef,
  slug: z.string(),
  title: z.string(),
  kind: z.enum(LISTING_KINDS),
  state: z.enum(LISTING_STATES),
});

export const readMarketOfQuestion = defineContract({
  id: 'readMarketOfQuestion',
  tag: 'market',
  summary:
    'What stands of the market at a question: offers under its answers, and a request that came from it',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/market/questions/:question',
  params: ofQuestion,
  query: none,
  body: noBody,
  reply: z.object({
    /** of the prices */
    unit: creditUnit,
    /** answers with something under them; only what stands on the market now */
    answers: z.array(
      z.object({
        answer: z.string(),
        listings: z.array(
          listingCard.extend({
            /** recommended by curators of the wijk */
            curated: z.boolean(),
          }),
        ),
      }),
    ),
    /** requests that came from it: on the market, and their author's own whatever their state */
    requests: z.array(listingLink),
    /** the request that became this question */
    origin: listingLink.nullable(),
    viewer: z.object({
      /** under any answer; under their own everybody may */
      attachesAny: z.boolean(),
      /** asked it, and can make a request of it */
      mayRequest: z.boolean(),
      /** the market may keep that a request came from it: readers see who asked anyway */
      links: z.boolean(),
    }),
  }),
  problems: ['not-found', 'gone'],
});

const ofAttachment = z.strictObject({
  wijk: wijkSlug,
  question: questionRef,
  answer: uuid,
  listing: listingRef,
});
const attachmentPath =
  '/api/v1/wijken/:wijk/market/questions/:question/answers/:answer/listings/:listing';

export const attachListing = defineContract({
  id: 'attachListing',
  tag: 'market',
  summary: 'Put an offer or an app under an answer of mine; the redactie under any; twice is once',
  method: 'PUT',
  path: attachmentPath,
  params: ofAttachment,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'gone', 'forbidden', 'conflict'],
});

export const detachListing = defineContract({
  id: 'detachListing',
  tag: 'market',
  summary: 'Take it away from under the answer',
  method: 'DELETE',
  path: attachmentPath,
  params: ofAttachment,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'gone', 'forbidden'],
});

export const linkQuestionAsked = defineContract({
  id: 'linkQuestionAsked',
  tag: 'market',
  summary: 'Say which question of mine a request of mine became; only of one that shows my name',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/market/own-listings/:listing/question',
  params: ofListing,
  query: none,
  body: z.strictObject({ question: questionRef }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'gone', 'conflict'],
});
