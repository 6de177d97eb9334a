import * as contract from '@wijk/contracts';
import { type BodyOf, type ImportReport, type ReplyOf, runImport } from '@wijk/contracts';
import { exportLines, headerLine, importWriter } from '@wijk/infra/exchange';
import { may } from '../../http/policy.ts';
import type { App } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import type { Wijk } from '../wijk/index.ts';
import { cursorOf, readCursor } from './present.ts';

/** Import and export of questions and answers (F3), for admins. */
export function exchangeRoutes(app: App, s: Services): void {
  app.route(
    contract.importQuestions,
    // JSON writes some signs in six
    { policy: may('vraagbaak.import'), perMinute: 10, bodyLimit: 3_000_000 },
    ({ wijk, body }) => importText(s, wijk, body),
  );
  app.route(contract.exportQuestions, { policy: may('vraagbaak.export') }, ({ wijk, query }) =>
    exportPage(s, wijk, query.cursor),
  );
}

/** A file as text. */
async function importText(
  { db, clock }: Services,
  wijk: Wijk,
  { source, text, dryRun }: BodyOf<typeof contract.importQuestions>,
): Promise<ImportReport> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const writer = importWriter(db, wijk, source, { dryRun, now: () => clock.now() });
  return runImport(lines, writer, dryRun);
}

/** What everybody sees, page by page; an archive with more than that is for the command line alone. */
async function exportPage(
  { db, clock }: Services,
  wijk: Wijk,
  cursor: string | undefined,
): Promise<ReplyOf<typeof contract.exportQuestions>> {
  const now = clock.now();
  const page = await exportLines(db, wijk.id, { all: false, after: readCursor(cursor) });
  return {
    exportedAt: now.toISOString(),
    lines: cursor ? page.lines : [headerLine(wijk.slug, now, false), ...page.lines],
    nextCursor: page.next ? cursorOf(page.next.at, page.next.id) : null,
  };
}
