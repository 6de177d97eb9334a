import { and, desc, eq } from 'drizzle-orm';
import type { Executor, Transaction } from '../kernel/index.ts';
import { editablePage } from './tables.ts';

type PageName = (typeof editablePage.$inferSelect)['page'];

export interface StoredPage {
  version: number;
  body: string;
  at: Date;
  /** person */
  by: string;
}

const columns = {
  version: editablePage.version,
  body: editablePage.body,
  at: editablePage.at,
  by: editablePage.by,
};
const of = (wijkId: string, page: PageName) =>
  and(eq(editablePage.wijkId, wijkId), eq(editablePage.page, page));

/** The version that shows, or the one asked for. Undefined: the wijk wrote none. */
export async function readPage(
  db: Executor,
  wijkId: string,
  page: PageName,
  version?: number,
): Promise<StoredPage | undefined> {
  const [found] = await db
    .select(columns)
    .from(editablePage)
    .where(
      and(of(wijkId, page), ...(version === undefined ? [] : [eq(editablePage.version, version)])),
    )
    .orderBy(desc(editablePage.version))
    .limit(1);
  return found;
}

/** The hundred newest versions without their text, newest first. */
export async function listPageVersions(
  db: Executor,
  wijkId: string,
  page: PageName,
): Promise<Omit<StoredPage, 'body'>[]> {
  return db
    .select({ version: editablePage.version, at: editablePage.at, by: editablePage.by })
    .from(editablePage)
    .where(of(wijkId, page))
    .orderBy(desc(editablePage.version))
    .limit(100);
}

/** Adds a version; false where somebody else added the same one first. */
export async function addPageVersion(
  tx: Transaction,
  wijkId: string,
  page: PageName,
  given: StoredPage,
): Promise<boolean> {
  const added = await tx
    .insert(editablePage)
    .values({ wijkId, page, ...given })
    .onConflictDoNothing()
    .returning({ version: editablePage.version });
  return added.length > 0;
}
