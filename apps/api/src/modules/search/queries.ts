import type {
  BodyOf,
  QueryOf,
  ReplyOf,
  relatedQuestions as relatedContract,
  searchQuestions as searchContract,
  similarQuestions as similarContract,
} from '@wijk/contracts';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../services.ts';
import { readInView, readWords } from '../vraagbaak/index.ts';
import type { Wijk } from '../wijk/index.ts';

/** More than anyone leafs through; beyond it the words should be others. */
export const TOTAL_MAX = 200;
/** Few enough to look at beside what one is writing. */
const SIMILAR_AT_MOST = 4;
const RELATED_AT_MOST = 3;
/** Of a text's body the first sentences say what it is about. */
const BODY_READ = 600;

const cursorOf = (offset: number) => Buffer.from(String(offset)).toString('base64url');

/** A cursor that is not ours starts from the beginning. */
function offsetOf(cursor: string | undefined): number {
  const text = Buffer.from(cursor ?? '', 'base64url').toString();
  return /^\d{1,3}$/.test(text) ? Math.min(Number(text), TOTAL_MAX) : 0;
}

/**
 * A page of what fits these words, the same for every reader: only what anyone may read. A hit that left
 * view since the index was made is left out, so a page may be shorter than asked for.
 */
export async function searchQuestions(
  services: Services,
  wijk: Wijk,
  { q: text, theme, cursor, limit }: QueryOf<typeof searchContract>,
): Promise<ReplyOf<typeof searchContract>> {
  const offset = offsetOf(cursor);
  const found = await services.search.search(wijk.id, { text, theme, limit, offset });
  const ids = found.hits.map((hit) => hit.questionId);
  const items = await readInView(services, wijk.id, ids);
  const next = offset + limit;
  const total = Math.min(found.total, TOTAL_MAX);
  return {
    items: theme ? items.filter((item) => item.theme.slug === theme) : items,
    total,
    totalIsCapped: found.total >= TOTAL_MAX,
    corrected: found.corrected,
    nextCursor: next < total ? cursorOf(next) : null,
  };
}

/** Questions like one that is being written (V2), and the theme that it seems to have. Keeps nothing. */
export async function similarQuestions(
  services: Services,
  wijk: Wijk,
  { title, body }: BodyOf<typeof similarContract>,
): Promise<ReplyOf<typeof similarContract>> {
  const text = body ? `${title}\n${body.slice(0, BODY_READ)}` : title;
  const [hits, proposal] = await Promise.all([
    services.search.similar(wijk.id, text, SIMILAR_AT_MOST),
    services.search.proposeTheme(wijk.id, text),
  ]);
  const ids = hits.map((hit) => hit.questionId);
  const items = await readInView(services, wijk.id, ids);
  const theme = wijk.themes.find((known) => known.slug === proposal?.theme);
  return {
    items: items.map(({ ref, slug, title, theme, answer, answerCount, meToo, promise }) => ({
      ref,
      slug,
      title,
      theme,
      answer: answer?.approved ? answer : null,
      answerCount,
      meToo,
      promise,
    })),
    theme:
      proposal && theme
        ? { slug: theme.slug, name: theme.name, confidence: proposal.confidence }
        : null,
  };
}

interface Remembered {
  at: number;
  ids: readonly string[];
}

const REMEMBERED_MS = 10 * 60_000;
const REMEMBERED_AT_MOST = 2000;

/**
 * Questions that are like another one. Which ones is remembered for ten minutes, for a page is read far
 * more often than its neighbours change; the questions themselves are read anew each time, so that what
 * left view is never shown.
 */
export class Related {
  readonly #services: Services;
  readonly #remembered = new Map<string, Remembered>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** @throws `vraagbaak.question-not-found`, also for one that not anyone may read */
  async of(wijk: Wijk, ref: string): Promise<ReplyOf<typeof relatedContract>> {
    const ids = await this.#idsOf(wijk, ref);
    const items = await readInView(this.#services, wijk.id, ids);
    return {
      items: items
        .filter((item) => item.ref !== ref)
        .slice(0, RELATED_AT_MOST)
        .map(({ ref, slug, title }) => ({ ref, slug, title })),
    };
  }

  async #idsOf(wijk: Wijk, ref: string): Promise<readonly string[]> {
    const key = `${wijk.id} ${ref}`;
    const now = this.#services.clock.now().getTime();
    const kept = this.#remembered.get(key);
    if (kept && now - kept.at < REMEMBERED_MS) return kept.ids;
    const question = await readWords(this.#services, wijk.id, ref);
    if (!question) throw new DomainError('not-found', 'vraagbaak.question-not-found');
    // one more than shown: a text is most like itself; two more: one may have left view
    const hits = await this.#services.search.similar(wijk.id, question.title, RELATED_AT_MOST + 2);
    const ids = hits.map((hit) => hit.questionId).filter((id) => id !== question.id);
    this.#remembered.delete(key);
    this.#remembered.set(key, { at: now, ids });
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= REMEMBERED_AT_MOST) break;
      this.#remembered.delete(oldest);
    }
    return ids;
  }
}
