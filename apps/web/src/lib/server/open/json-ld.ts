import type { QuestionPage } from '@wijk/contracts/questions';
import { writtenText } from './html.ts';

type Answer = Pick<
  QuestionPage['answers'][number],
  'id' | 'body' | 'format' | 'author' | 'at' | 'endorsed' | 'helpful' | 'useful'
>;
type Question = Pick<
  QuestionPage,
  'title' | 'body' | 'askedBy' | 'askedAt' | 'answerCount' | 'theme'
> & { answers: readonly Answer[] };

export interface PlaceOfQuestion {
  /** its one right address */
  url: string;
  /** for whoever asks without a name: 'een buurtgenoot' */
  someone: string;
  language: string;
}

/**
 * The answer that counts as accepted: the first one that helped the asker, else the first that the
 * redactie stands behind, else the first by somebody reputed. A neighbour's answer by itself is only
 * suggested.
 */
export function acceptedOf(answers: readonly Answer[]): Answer | undefined {
  return (
    answers.find(({ helpful }) => helpful) ??
    answers.find(({ endorsed }) => endorsed) ??
    answers.find(({ author }) => author.capacity !== 'resident')
  );
}

/** A question page in the words of schema.org: https://schema.org/QAPage. */
export function qaPage(question: Question, { url, someone, language }: PlaceOfQuestion) {
  const accepted = acceptedOf(question.answers);
  const suggested = question.answers.filter((answer) => answer !== accepted);
  const answer = (one: Answer) => ({
    '@type': 'Answer',
    text: writtenText(one.body, one.format),
    url: `${url}#antwoord-${one.id}`,
    upvoteCount: one.useful.count,
    dateCreated: one.at,
    datePublished: one.at,
    author: {
      '@type': 'Person',
      name: one.author.name,
      ...(one.author.title ? { jobTitle: one.author.title } : {}),
    },
  });
  return {
    '@context': 'https://schema.org',
    '@type': 'QAPage',
    url,
    inLanguage: language,
    mainEntity: {
      '@type': 'Question',
      name: question.title,
      text: question.body.trim() || question.title,
      url,
      about: { '@type': 'Thing', name: question.theme.name },
      answerCount: question.answers.length,
      upvoteCount: 0,
      dateCreated: question.askedAt,
      datePublished: question.askedAt,
      author: { '@type': 'Person', name: question.askedBy ?? someone },
      ...(accepted ? { acceptedAnswer: answer(accepted) } : {}),
      ...(suggested.length > 0 ? { suggestedAnswer: suggested.map(answer) } : {}),
    },
  };
}

/**
 * JSON that stays data inside a script element, whatever was typed: no sign in it can end the element
 * or begin a comment, and none is escaped again on the way out.
 */
export function dataBlock(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
