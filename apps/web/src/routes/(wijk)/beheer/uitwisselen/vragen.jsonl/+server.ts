import { exportQuestions } from '@wijk/contracts/exchange';
import { api } from '#lib/server/api.ts';
import { stop } from '#lib/server/refusal.ts';
import type { RequestHandler } from './$types';

/** Page by page, as fast as it is taken: the memory it needs does not grow with the wijk. */
export const GET: RequestHandler = async (event) => {
  const { slug } = event.locals;
  const ask = async (cursor: string | null) => {
    const outcome = await api(event)(exportQuestions, {
      params: { wijk: slug },
      query: cursor ? { cursor } : {},
    });
    if (!outcome.ok) stop(outcome);
    return outcome.data;
  };
  // the first one here: a refusal is a page, and not a file that breaks off
  let next: Awaited<ReturnType<typeof ask>> | null = await ask(null);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!next) return controller.close();
      const { lines, nextCursor } = next;
      controller.enqueue(encoder.encode(lines.map((line) => `${line}\n`).join('')));
      next = nextCursor === null ? null : await ask(nextCursor);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': `attachment; filename="vragen-${slug}.jsonl"`,
      'x-robots-tag': 'noindex',
    },
  });
};
