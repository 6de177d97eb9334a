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
import { cursorOf, readCursor } from '../present.ts';

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

/** Questions that this one may be a duplicate of: by the words that were typed, or by its own title. */
export async function originals(
  services: Services,
  wijk: Wijk,
  ref: string,
  words: string,
): Promise<ReplyOf<typeof originalsContract>> {
  const question = await readQuestion(services.db, wijk.id, { ref });
  if (!question) throw new DomainError('not-found', 'vraagbaak.question-not-found');
  const rows = await findOriginals(services.db, wijk.id, {
    questionId: question.id,
    words: words || question.title,
  });
  return { items: rows.map((row) => ({ ...row, askedAt: row.askedAt.toISOString() })) };
}
