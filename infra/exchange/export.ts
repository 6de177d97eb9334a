import { EXCHANGE_FORMAT, EXCHANGE_VERSION, type ExchangeLine } from '@wijk/contracts';
import type { Executor } from '@wijk/db/kernel';
import { type ExportedQuestion, type Keyset, listForExport } from '@wijk/db/vraagbaak';

/** Questions of one page of an export. */
export const EXPORT_PAGE = 500;

const momentOrNull = (at: string | null) => at && new Date(at).toISOString();

/** A question and its answers as lines of a file. */
function linesOf({ answers, ...q }: ExportedQuestion): ExchangeLine[] {
  const { title, body, theme, visibility, askedBy, health } = q;
  const askedAt = q.askedAt.toISOString();
  return [
    { type: 'question', id: q.ref, title, body, theme, visibility, askedBy, askedAt, health },
    ...answers.map(
      (a): ExchangeLine => ({
        type: 'answer',
        id: a.id,
        question: q.ref,
        body: a.body,
        format: a.format,
        author: { name: a.name, title: a.title, capacity: a.capacity },
        at: new Date(a.at).toISOString(),
        endorsedAt: momentOrNull(a.endorsed_at),
        helpfulAt: momentOrNull(a.helpful_at),
      }),
    ),
  ];
}

/** The first line of a file. */
export function headerLine(wijk: string, now: Date, all: boolean): string {
  const header: ExchangeLine = {
    type: 'header',
    format: EXCHANGE_FORMAT,
    version: EXCHANGE_VERSION,
    wijk,
    exportedAt: now.toISOString(),
    scope: all ? 'all' : 'public',
  };
  return JSON.stringify(header);
}

/** One page of lines, and where the next one begins. */
export async function exportLines(
  db: Executor,
  wijkId: string,
  { all, after }: { all: boolean; after: Keyset | undefined },
): Promise<{ lines: string[]; next: Keyset | undefined }> {
  const rows = await listForExport(db, wijkId, { all, after, limit: EXPORT_PAGE });
  const last = rows.at(-1);
  return {
    lines: rows.flatMap(linesOf).map((line) => JSON.stringify(line)),
    next: rows.length === EXPORT_PAGE && last ? { at: last.askedAt, id: last.id } : undefined,
  };
}
