import type { SimilarItem } from '@wijk/contracts/search';
import type { QuestionCardView } from './views.ts';

interface Piece {
  text: string;
  hit: boolean;
}

/** A question that was found, with what was looked for marked in it. */
export interface FoundView extends Omit<QuestionCardView, 'title' | 'excerpt'> {
  title: Piece[];
  excerpt: Piece[];
  answer: { who: string; excerpt: Piece[]; approved: boolean } | null;
}

/** Of the reply of the API what the suggestions under a question need, as it comes. */
export interface SimilarFound {
  items: SimilarItem[];
  theme: { slug: string; name: string; confidence: number } | null;
}
