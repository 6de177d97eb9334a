import type { z } from 'zod';
import type { Contract, ReplyOf } from './define.ts';
import type { Problem } from './problem.ts';

type Input<T> = T extends undefined ? undefined : T;

export interface CallInput<C extends Contract> {
  params: z.input<C['params']>;
  query?: Input<z.input<C['query']>>;
  body?: Input<z.input<C['body']>>;
  /** a UUID that stays the same when the same press is tried again */
  idempotencyKey?: string;
  /** for an operation that takes one; its name is not sent */
  file?: Blob;
  headers?: Readonly<Record<string, string>>;
}

export type Outcome<C extends Contract> =
  | { ok: true; status: number; data: ReplyOf<C> }
  | { ok: false; status: number; problem: Problem };

/** What the client needs of a reply: a `Response`, or something lighter where nothing is sent. */
export interface ReplyLike {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: { get(name: string): string | null };
  json(): Promise<unknown>;
}

export type FetchLike = (path: string, init: RequestInit) => Promise<ReplyLike>;

/** `/questions/:question` with its values filled in and the query behind it. */
export function pathOf(contract: Contract, params: unknown, query?: unknown): string {
  const values = params as Record<string, string>;
  const path = contract.path.replace(/:([a-z]+)/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * A client over any `fetch`. Never throws for a refusal: pages show the problem. A reply that is not
 * a problem document (a proxy's own error page) becomes `kernel.unavailable`.
 */
export function createClient(fetch: FetchLike) {
  return async function call<C extends Contract>(
    contract: C,
    input: CallInput<C>,
  ): Promise<Outcome<C>> {
    const headers: Record<string, string> = { accept: 'application/json', ...input.headers };
    const init: RequestInit = { method: contract.method, headers };
    if (input.body !== undefined) {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(input.body);
    } else if (contract.upload && input.file) {
      const form = new FormData();
      // names of files tell of places, people and days
      form.append(contract.upload.field, input.file, 'file');
      init.body = form;
    }
    if (input.idempotencyKey) headers['idempotency-key'] = input.idempotencyKey;
    const response = await fetch(pathOf(contract, input.params, input.query), init);
    const { status } = response;
    if (status === 204) return { ok: true, status, data: undefined as ReplyOf<C> };
    const type = response.headers.get('content-type') ?? '';
    if (response.ok) return { ok: true, status, data: (await response.json()) as ReplyOf<C> };
    if (type.startsWith('application/problem+json'))
      return { ok: false, status, problem: (await response.json()) as Problem };
    return { ok: false, status, problem: unavailable(status) };
  };
}

export type Client = ReturnType<typeof createClient>;

function unavailable(status: number): Problem {
  return {
    type: 'about:blank',
    title: 'Unavailable',
    status,
    instance: '',
    code: 'kernel.unavailable',
    params: {},
    errors: [],
  };
}
