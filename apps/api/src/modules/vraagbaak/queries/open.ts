import {
  FEED_ENTRIES,
  type listOpenParts,
  type listOpenQuestions,
  type listOpenWijken,
  type ReplyOf,
  type readFeed,
  SITEMAP_PART,
} from '@wijk/contracts';
import { listFeed, listOpenBounds, listOpenPart } from '@wijk/db/vraagbaak';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import { siteOf, type Wijk } from '../../wijk/index.ts';
import { cursorOf, readCursor } from '../present.ts';

/** Of one part of the sitemap; the same for everyone, whoever asks (V13). */
export async function openPart(
  { db }: Services,
  wijk: Wijk,
  cursor: string | undefined,
): Promise<ReplyOf<typeof listOpenQuestions>> {
  const rows = await listOpenPart(db, wijk.id, { after: readCursor(cursor), size: SITEMAP_PART });
  return {
    items: rows.map(({ ref, slug, touchedAt }) => ({
      ref,
      slug,
      updatedAt: touchedAt.toISOString(),
    })),
  };
}

/** Where the parts begin. */
export async function openParts(
  { db }: Services,
  wijk: Wijk,
): Promise<ReplyOf<typeof listOpenParts>> {
  const bounds = await listOpenBounds(db, wijk.id, SITEMAP_PART);
  return {
    items: [{ cursor: null }, ...bounds.map(({ at, id }) => ({ cursor: cursorOf(at, id) }))],
  };
}

/** What a feed of the wijk or of one of its themes has. @throws `kernel.not-found` for no such theme */
export async function feedOf(
  { db }: Services,
  wijk: Wijk,
  slug: string | undefined,
): Promise<ReplyOf<typeof readFeed>> {
  const theme = wijk.themes.find((one) => one.slug === slug);
  if (slug !== undefined && !theme) throw new DomainError('not-found', 'kernel.not-found');
  const rows = await listFeed(db, wijk.id, { theme: slug, limit: FEED_ENTRIES });
  return {
    theme: theme ? { slug: theme.slug, name: theme.name } : null,
    items: rows.map((row) => ({
      ref: row.ref,
      slug: row.slug,
      title: row.title,
      body: row.body,
      theme: { slug: row.theme, name: row.themeName },
      askedBy: row.askedBy,
      askedAt: row.submittedAt.toISOString(),
      updatedAt: row.touchedAt.toISOString(),
      answers: row.answers.map((answer) => ({
        id: answer.id,
        body: answer.body,
        format: answer.format,
        author: {
          name: answer.authorName,
          title: answer.authorTitle,
          capacity: answer.capacity,
        },
        at: answer.publishedAt.toISOString(),
      })),
    })),
  };
}

/** Every wijk that has opened; one that is being set up does not exist yet. */
export async function openWijken(services: Services): Promise<ReplyOf<typeof listOpenWijken>> {
  const open = await services.wijken.listOpen();
  return { items: open.map((wijk) => ({ slug: wijk.slug, site: siteOf(services, wijk) })) };
}
