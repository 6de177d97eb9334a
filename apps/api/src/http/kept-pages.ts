import { randomBytes } from 'node:crypto';
import { pickLocale } from '@wijk/i18n/locale';
import type { FastifyRequest } from 'fastify';
import type { Services } from '../services.ts';

/** A page of a question, with or without its wijk in front; nothing else is kept. */
const QUESTION = /^(?:\/w\/([a-z0-9-]{1,40}))?\/vragen\/([0-9a-hjkmnp-tv-z]{8})\/[a-z0-9-]{1,80}$/;
const NONCE = /'nonce-([A-Za-z0-9+/=_-]+)'/;
const KEPT_AT_MOST = 300;
const MINUTE_MS = 60_000;
/** Belong to one reply, or are set anew on each. */
const OWN = /^(date|connection|keep-alive|content-length|transfer-encoding|etag|x-request-id)$/;

export interface Rendered {
  statusCode: number;
  headers: Record<string, string | string[] | number | undefined>;
  body: string;
}

interface Kept {
  version: number;
  minute: number;
  headers: [string, string][];
  policy: string;
  nonce: string;
  /** the page, cut at its nonce */
  parts: string[];
}

export interface Page {
  headers: [string, string][];
  html: string;
}

/** Says which state of the question a page shows; undefined where there is no such question. */
export type VersionOf = (wijkId: string, ref: string) => Promise<number | undefined>;

/**
 * Question pages as a visitor without any cookie sees them, kept until something on them changes.
 * Each time the version of the question is read from the database, so that an answer, a withdrawal or
 * a removal shows at once, in every process; and because pages tell the time in words, none is older
 * than the minute it was made in. Every reply gets a nonce of its own (docs/decisions).
 */
export class KeptPages {
  readonly #kept = new Map<string, Kept>();
  readonly #underWay = new Map<string, Promise<Rendered>>();
  readonly #services: Services;
  readonly #versionOf: VersionOf;

  constructor(services: Services, versionOf: VersionOf) {
    this.#services = services;
    this.#versionOf = versionOf;
  }

  /** The page, or undefined where this request is to be served in the ordinary way. */
  async serve(request: FastifyRequest, render: () => Promise<Rendered>): Promise<Page | undefined> {
    const { cookie, host = '', 'accept-language': language } = request.headers;
    const path = QUESTION.exec(request.url);
    if (request.method !== 'GET' || cookie !== undefined || !path) return undefined;
    const slug = path[1] ?? this.#services.wijken.slugOfHost(host);
    const wijk = slug ? await this.#services.wijken.bySlug(slug) : undefined;
    const version = wijk && (await this.#versionOf(wijk.id, path[2] ?? ''));
    if (version === undefined) return undefined;
    const minute = Math.floor(this.#services.clock.now().getTime() / MINUTE_MS);
    const key = `${host} ${pickLocale(undefined, language)} ${request.url}`;
    const kept = this.#kept.get(key);
    if (kept?.version === version && kept.minute === minute) return withFreshNonce(kept);
    const fresh = keep(await this.#once(`${key} ${version} ${minute}`, render), version, minute);
    if (!fresh) return undefined;
    this.#store(key, fresh);
    return withFreshNonce(fresh);
  }

  /** Many who ask for the same page at the same moment wait for one rendering. */
  async #once(key: string, render: () => Promise<Rendered>): Promise<Rendered> {
    let rendering = this.#underWay.get(key);
    if (!rendering) {
      rendering = render().finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, rendering);
    }
    return rendering;
  }

  /** The page that was made longest ago goes first. */
  #store(key: string, page: Kept): void {
    this.#kept.delete(key);
    this.#kept.set(key, page);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_AT_MOST) break;
      this.#kept.delete(oldest);
    }
  }
}

/** Only a whole page that is the same for every visitor is kept. */
function keep(page: Rendered, version: number, minute: number): Kept | undefined {
  const policy = page.headers['content-security-policy'];
  const nonce = typeof policy === 'string' ? NONCE.exec(policy)?.[1] : undefined;
  if (page.statusCode !== 200 || page.headers['set-cookie'] !== undefined) return undefined;
  if (typeof policy !== 'string' || !nonce) return undefined;
  const headers = Object.entries(page.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || OWN.test(name) ? [] : [[name, String(value)]],
  );
  return { version, minute, headers, policy, nonce, parts: page.body.split(nonce) };
}

function withFreshNonce({ headers, policy, nonce, parts }: Kept): Page {
  const own = randomBytes(16).toString('base64');
  return {
    headers: headers.map(([name, value]) =>
      name === 'content-security-policy' ? [name, policy.replaceAll(nonce, own)] : [name, value],
    ),
    html: parts.join(own),
  };
}
