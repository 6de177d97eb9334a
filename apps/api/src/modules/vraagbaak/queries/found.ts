import type { AnswerExcerpt, QuestionSummary } from '@wijk/contracts';
import { type FoundRow, readFound, readQuestion } from '@wijk/db/vraagbaak';
import type { Services } from '../../../services.ts';
import { isInView } from '../access.ts';
import { excerptOf, summaryView } from '../present.ts';

export interface FoundQuestion extends QuestionSummary {
  answer: AnswerExcerpt | null;
}

/**
 * What a search found, as anyone may read it: the questions that are in view, in the order of the ids,
 * each with the first lines of the answer that says most. The same for every reader.
 */
export async function readInView(
  services: Services,
  wijkId: string,
  ids: readonly string[],
): Promise<FoundQuestion[]> {
  const now = services.clock.now();
  const rows = await readFound(services.db, wijkId, ids);
  return rows.map((row) => ({ ...summaryView(row, now), answer: answerExcerpt(row) }));
}

/** The words of a question that anyone may read, or undefined. */
export async function readWords(
  services: Services,
  wijkId: string,
  ref: string,
): Promise<{ id: string; title: string } | undefined> {
  const question = await readQuestion(services.db, wijkId, { ref });
  return question && isInView(question) ? { id: question.id, title: question.title } : undefined;
}

function answerExcerpt({ answer }: FoundRow): AnswerExcerpt | null {
  if (!answer) return null;
  const { id, authorName: name, capacity, body, format, approved } = answer;
  const excerpt = excerptOf(format === 'markup' ? withoutMarks(body) : body, ANSWER_EXCERPT);
  return { id, excerpt, author: { name, capacity }, approved };
}

const ANSWER_EXCERPT = 280;

/** The words of the small markdown; what it would look like does not fit in two lines. */
function withoutMarks(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)\s]*\)/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}|[-*>]|\d{1,2}\.)\s+/gm, '')
    .replace(/[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}/g, '');
}
