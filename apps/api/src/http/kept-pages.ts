import { pickLocale } from '@wijk/i18n/locale';
import type { FastifyRequest } from 'fastify';
import type { Services } from '../services.ts';

/** A page of a question, with or without its wijk in front; nothing else is kept. */
const QUESTION = /^(?:\/w\/([a-z0-9-]{1,40}))?\/vragen\/([0-9a-hjkmnp-tv-z]{8})\/[a-z0-9-]{1,80}$/;
const KEPT_AT_MOST = 300;
const MINUTE_MS = 60_000;
/** Belong to one reply, or are set anew on each. */
const OWN = /^(date|connection|keep-alive|content-length|transfer-encoding|etag|x-request-id)$/;

export interface Rendered {
  statusCode: number;
  headers: Record<string, string | string[] | number | undefined>;
  rawPayload: Buffer;
}

interface Kept {
  version: number;
  minute: number;
  page: Page;
}

type Headers = readonly (readonly [name: string, value: string | string[]])[];

/** A reply, ready to be written. */
export interface Page {
  status: number;
  headers: Headers;
  body: Buffer;
}

/** Says which state of the question a page shows; undefined where there is no such question. */
export type VersionOf = (wijkId: string, ref: string) => Promise<number | undefined>;

/**
 * Question pages as a visitor without any cookie sees them, kept until something on them changes.
 * Each time the version of the question is read from the database, so that an answer, a withdrawal or
 * a removal shows at once, in every process; and because pages tell the time in words, none is older
 * than the minute it was made in. They hold no script of their own, so no nonce that may be given once.
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
    if (request.method !== 'GET' || cookie !== undefined) return undefined;
    const path = QUESTION.exec(request.url);
    if (!path) return undefined;
    const slug = path[1] ?? this.#services.wijken.slugOfHost(host);
    const wijk = slug ? await this.#services.wijken.bySlug(slug) : undefined;
    const version = wijk && (await this.#versionOf(wijk.id, path[2] ?? ''));
    if (version === undefined) return undefined;
    const minute = Math.floor(this.#services.clock.now().getTime() / MINUTE_MS);
    const key = `${host} ${pickLocale(undefined, language)} ${request.url}`;
    const kept = this.#kept.get(key);
    if (kept?.version === version && kept.minute === minute) return kept.page;
    const { rendered, isOwn } = await this.#once(`${key} ${version} ${minute}`, render);
    const page = asRendered(rendered);
    if (mayBeKept(rendered)) this.#store(key, { version, minute, page });
    // a redirect, a refusal or a fault: it bears the reference of the one it was rendered for
    else if (!isOwn) return undefined;
    return page;
  }

  /** Many who ask for the same page at the same moment wait for one rendering, which is one's own. */
  async #once(
    key: string,
    render: () => Promise<Rendered>,
  ): Promise<{ rendered: Rendered; isOwn: boolean }> {
    const underWay = this.#underWay.get(key);
    if (underWay) return { rendered: await underWay, isOwn: false };
    const rendering = render().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, rendering);
    return { rendered: await rendering, isOwn: true };
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

/** Only a whole page that is the same for every visitor, also in what it may do. */
function mayBeKept({ statusCode, headers }: Rendered): boolean {
  const policy = headers['content-security-policy'];
  return (
    statusCode === 200 &&
    headers['set-cookie'] === undefined &&
    typeof policy === 'string' &&
    !policy.includes("'nonce-")
  );
}

function asRendered(page: Rendered): Page {
  return { status: page.statusCode, headers: headersOf(page), body: page.rawPayload };
}

function headersOf({ headers }: Rendered): Headers {
  return Object.entries(headers).flatMap(([name, value]): [string, string | string[]][] =>
    value === undefined || OWN.test(name)
      ? []
      : [[name, Array.isArray(value) ? value : String(value)]],
  );
}
