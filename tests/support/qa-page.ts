import { z } from 'zod';

/**
 * What schema.org says of QAPage, and Google of the result that it makes of one: every field is named,
 * has its type, and there is no other. https://schema.org/QAPage,
 * https://developers.google.com/search/docs/appearance/structured-data/qapage
 */
const words = z.string().trim().min(1);
const moment = z.iso.datetime({ offset: true });
const count = z.number().int().min(0);
const address = z.url({ protocol: /^https?$/ });

const author = z.strictObject({
  '@type': z.enum(['Person', 'Organization']),
  name: words,
  jobTitle: words.optional(),
});

const answer = z.strictObject({
  '@type': z.literal('Answer'),
  text: words,
  url: address,
  upvoteCount: count,
  dateCreated: moment,
  datePublished: moment,
  author,
});

const question = z
  .strictObject({
    '@type': z.literal('Question'),
    name: words,
    text: words,
    url: address,
    about: z.strictObject({ '@type': z.literal('Thing'), name: words }),
    answerCount: count,
    upvoteCount: count,
    dateCreated: moment,
    datePublished: moment,
    author,
    acceptedAnswer: answer.optional(),
    suggestedAnswer: z.array(answer).min(1).optional(),
  })
  .refine(
    ({ answerCount, acceptedAnswer, suggestedAnswer = [] }) =>
      answerCount === suggestedAnswer.length + (acceptedAnswer ? 1 : 0),
    'answerCount is how many answers there are',
  )
  .refine(
    ({ url, acceptedAnswer, suggestedAnswer = [] }) =>
      [...(acceptedAnswer ? [acceptedAnswer] : []), ...suggestedAnswer].every((one) =>
        one.url.startsWith(`${url}#`),
      ),
    'an answer is at a place on the page of its question',
  );

export const qaPage = z.strictObject({
  '@context': z.literal('https://schema.org'),
  '@type': z.literal('QAPage'),
  url: address,
  inLanguage: z.literal('nl'),
  mainEntity: question,
});

/** The data blocks of a page, as a crawler without JavaScript finds them. */
export function dataBlocks(html: string): unknown[] {
  return [...html.matchAll(/<script type="application\/ld\+json"[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, json = '']) => JSON.parse(json),
  );
}
