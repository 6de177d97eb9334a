import type {
  readDeskLog as logContract,
  findOriginals as originalsContract,
  QueryOf,
  ReplyOf,
} from '@wijk/contracts';
import { findOriginals, readDeskLog, readQuestion } from '@wijk/db/vraagbaak';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { isInView } from '../access.ts';
import { cursorOf, readCursor } from '../present.ts';
import { readInView } from './found.ts';

/** Everything that was done at the desk, newest first (V6). Who asked is never part of it. */
export async function deskLog(
  services: Services,
  wijk: Wijk,
  { cursor, limit }: QueryOf<typeof logContract>,
): Promise<ReplyOf<typeof logContract>> {
  const rows = await readDeskLog(services.db, wijk.id, {
    before: readCursor(cursor)?.id,
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ id: _, at, ...row }) => ({ ...row, at: at.toISOString() })),
    nextCursor: rows.length > limit && last ? cursorOf(last.at, last.id) : null,
  };
}

const ORIGINALS = 8;

/** Questions that this one may be a duplicate of: by the words that were typed, or by its own title. */
export async function originals(
  services: Services,
  wijk: Wijk,
  ref: string,
  words: string,
): Promise<ReplyOf<typeof originalsContract>> {
  const question = await readQuestion(services.db, wijk.id, { ref });
  if (!question) throw new DomainError('not-found', 'vraagbaak.question-not-found');
  const text = words || question.title;
  if (isInView(question)) {
    const query = { text, limit: ORIGINALS + 1, offset: 0 };
    const { hits } = await services.search.search(wijk.id, query);
    const ids = hits.map((hit) => hit.questionId).filter((id) => id !== question.id);
    const found = await readInView(services, wijk.id, ids.slice(0, ORIGINALS));
    return {
      items: found.map(({ ref, slug, title, askedAt, status, answerCount }) => ({
        ref,
        slug,
        title,
        askedAt,
        status,
        answerCount,
      })),
    };
  }
  // words of a question that not anyone may read stay in this database, whichever engine there is
  const rows = await findOriginals(services.db, wijk.id, { questionId: question.id, words: text });
  return { items: rows.map((row) => ({ ...row, askedAt: row.askedAt.toISOString() })) };
}
