import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { photo } from '../src/vraagbaak/photo-tables.ts';
import type { question } from '../src/vraagbaak/tables.ts';
import { readQuestions } from './content.ts';

/** Drawn for the demonstration, so that nobody's stairs or wall is in it. */
const DRAWN = [
  {
    question: 'a001',
    file: 'traplift',
    alt: 'Tekening van een trap met een traplift: een stoel op een rail langs de treden',
    width: 1600,
    height: 1467,
  },
  {
    question: 'b001',
    file: 'schimmel',
    alt: 'Tekening van een slaapkamermuur met zwarte schimmel, van het plafond tot boven het bed',
    width: 1600,
    height: 1200,
  },
  {
    question: 'b036',
    file: 'schommel',
    alt: 'Tekening van een rode schommel waarvan één ketting gebroken is',
    width: 1600,
    height: 1200,
  },
] as const;

/** Photos with the questions of the demonstration that are in view. */
export function photoRows(
  questions: readonly (typeof question.$inferInsert)[],
): (typeof photo.$inferInsert)[] {
  const titles = new Map(readQuestions().map(({ id, title }) => [id, title]));
  return DRAWN.flatMap(({ question: content, file, ...seen }) => {
    const asked = questions.find(({ title }) => title === titles.get(content));
    if (!asked) return [];
    return {
      wijkId: asked.wijkId,
      id: uuidOf(`${asked.id} ${file}`),
      questionId: asked.id,
      // no claim has this hash: the photo is with its question
      claimHash: createHash('sha256').update(`${asked.id} ${file}`).digest('hex'),
      ...seen,
      large: bytesOf(`${file}-large`),
      small: bytesOf(`${file}-small`),
      uploadedAt: asked.submittedAt,
    };
  });
}

const bytesOf = (name: string) =>
  readFileSync(new URL(`./content/photos/${name}.webp`, import.meta.url));

/** The same for the same question, and no dice of the rest of the demonstration are thrown for it. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
