import type { Moderation, QuestionStatus, Visibility } from '@wijk/domain/vraagbaak';
import { and, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../kernel/index.ts';
import { question } from './tables.ts';

/** How a question stands, with the words of a link to it; nothing of its answers, its promise or its asker. */
export interface StandingQuestion {
  id: string;
  ref: string;
  slug: string;
  title: string;
  visibility: Visibility;
  status: QuestionStatus;
  moderation: Moderation;
  health: boolean;
}

/** Whatever their state; the caller decides who may see them. */
export async function readStandings(
  db: Executor,
  wijkId: string,
  of: { ref: string } | { ids: readonly string[] },
): Promise<StandingQuestion[]> {
  if ('ids' in of && of.ids.length === 0) return [];
  const { id, ref, slug, title, visibility, status, moderation, health } = question;
  return db
    .select({ id, ref, slug, title, visibility, status, moderation, health })
    .from(question)
    .where(
      and(
        eq(question.wijkId, wijkId),
        'ref' in of ? eq(question.ref, of.ref) : inArray(question.id, [...of.ids]),
      ),
    );
}
