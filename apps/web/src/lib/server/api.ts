import type { RequestEvent } from '@sveltejs/kit';
import { type Client, createClient, type ReplyLike } from '@wijk/contracts/client';
import { cookieHeader } from './cookies.ts';

interface InjectRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload?: string | Buffer;
  /** whose limits count: the visitor's, not those of this process */
  remoteAddress: string;
}
interface InjectReply {
  statusCode: number;
  headers: Record<string, string | string[] | number | undefined>;
  rawPayload: Buffer;
}
type Inject = (request: InjectRequest) => Promise<InjectReply>;

const INJECT = Symbol.for('wijk.inject');
const FORWARDED = ['user-agent', 'accept-language'] as const;

/**
 * The API as the visitor of this request: same cookies, address, origin and reference. In one process
 * the call never leaves it; elsewhere it goes to `API_URL`. Cookies that the API sets are kept in
 * `locals.setCookies`, used by the calls that follow and copied to the response by `hooks.server.ts`.
 */
export function api(event: RequestEvent): Client {
  return createClient(apiFetch(event));
}

/** A reply with the cookies that the API set. */
type ApiReply = ReplyLike & {
  headers: { getSetCookie(): string[] };
  arrayBuffer(): Promise<ArrayBufferLike>;
};

export function apiFetch(
  event: RequestEvent,
): (path: string, init: RequestInit) => Promise<ApiReply> {
  return async (path, init) => {
    const headers = { ...headersOf(event), ...(init.headers as Record<string, string>) };
    const method = init.method ?? 'GET';
    const { payload, type } = await payloadOf(init.body);
    if (type) headers['content-type'] = type;
    const inject = (globalThis as Record<symbol, unknown>)[INJECT] as Inject | undefined;
    const response = inject
      ? await injected(inject, {
          method,
          url: path,
          headers,
          remoteAddress: event.getClientAddress(),
          ...(payload ? { payload } : {}),
        })
      : await overNetwork(path, method, headers, payload);
    event.locals.setCookies.push(...response.headers.getSetCookie());
    return response;
  };
}

/** A form with a file gets its boundary here. */
async function payloadOf(
  body: RequestInit['body'],
): Promise<{ payload?: string | Buffer; type?: string }> {
  if (typeof body === 'string') return { payload: body };
  if (!(body instanceof FormData)) return {};
  const form = new Response(body);
  const payload = Buffer.from(await form.arrayBuffer());
  return { payload, type: form.headers.get('content-type') ?? '' };
}

function headersOf(event: RequestEvent): Record<string, string> {
  const headers: Record<string, string> = {
    host: event.url.host,
    origin: event.url.origin,
    'sec-fetch-site': 'same-origin',
    'x-request-id': event.locals.requestId,
    ...(event.locals.invitation ? { 'x-wijk-invitation': event.locals.invitation } : {}),
    'x-wijk-address': event.getClientAddress(),
  };
  for (const name of FORWARDED) {
    const value = event.request.headers.get(name);
    if (value) headers[name] = value;
  }
  const cookie = cookieHeader(event.request.headers.get('cookie'), event.locals.setCookies);
  if (cookie) headers.cookie = cookie;
  return headers;
}

async function injected(inject: Inject, request: InjectRequest): Promise<ApiReply> {
  const { statusCode: status, headers, rawPayload } = await inject(request);
  const all = (name: string) => {
    const value = headers[name];
    return value === undefined ? [] : [value].flat().map(String);
  };
  return {
    status,
    ok: status >= 200 && status < 300,
    headers: {
      get: (name) => all(name).join(', ') || null,
      getSetCookie: () => all('set-cookie'),
    },
    json: async () => JSON.parse(rawPayload.toString()) as unknown,
    arrayBuffer: async () => new Uint8Array(rawPayload).buffer,
  };
}

async function overNetwork(
  path: string,
  method: string,
  headers: Record<string, string>,
  body: string | Buffer | undefined,
): Promise<ApiReply> {
  const { host: _, ...rest } = headers;
  const base = process.env.API_URL ?? 'http://127.0.0.1:3000';
  try {
    return await fetch(new URL(path, base), {
      method,
      headers: rest,
      redirect: 'error',
      ...(body === undefined ? {} : { body: body as string }),
    });
  } catch {
    return new Response(null, { status: 503 });
  }
}
