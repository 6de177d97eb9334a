import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { pickLocale } from '@wijk/i18n';
import { contextOf } from '#lib/server/context.ts';
import { lastOfEach } from '#lib/server/cookies.ts';
import { openHead } from '#lib/server/open/head.ts';
import { slugOf } from '#lib/tenant.ts';

const THEMES = ['light', 'dark', 'contrast'] as const;
const REFERENCE = /^[\w-]{1,64}$/;

type TenantOf = (host: string) => string | undefined;

function tenantOf(host: string): string {
  const find = (globalThis as Record<symbol, unknown>)[Symbol.for('wijk.tenant')];
  const slug = typeof find === 'function' ? (find as TenantOf)(host) : undefined;
  return slug ?? process.env.DEFAULT_WIJK ?? '';
}

function fillLocals(event: RequestEvent): void {
  const { locals, cookies, request, url } = event;
  const prefix = slugOf(url.pathname);
  const theme = cookies.get('thema');
  const reference = request.headers.get('x-request-id') ?? '';
  locals.slug = prefix ?? tenantOf(url.host);
  locals.base = prefix ? `/w/${prefix}` : '';
  locals.locale = pickLocale(cookies.get('taal'), request.headers.get('accept-language'));
  locals.theme = THEMES.find((t) => t === theme) ?? '';
  locals.requestId = REFERENCE.test(reference) ? reference : crypto.randomUUID();
  locals.invitation = invitationOf(event);
  locals.open = null;
  locals.setCookies = [];
  locals.signedIn = false;
  locals.context = contextOf(event);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Of the page that the link leads to, or of the cookie that this page set. */
function invitationOf({ url, cookies }: RequestEvent): string {
  const [, inPath] = /\/uitnodiging\/([0-9a-f-]{36})$/.exec(url.pathname) ?? [];
  const id = inPath ?? cookies.get('uitnodiging') ?? '';
  return UUID.test(id) ? id : '';
}

export const handle: Handle = async ({ event, resolve }) => {
  fillLocals(event);
  const { locals } = event;
  const response = await resolve(event, {
    transformPageChunk: async ({ html }) => {
      const told = locals.open ? await openHead(locals.open, locals) : '';
      locals.open = null;
      return html
        .replace(
          '<html lang="nl" dir="ltr" data-theme="">',
          `<html lang="${locals.locale}" dir="ltr" data-theme="${locals.theme}">`,
        )
        .replace('<!-- open to readers -->', () => told);
    },
  });
  for (const line of lastOfEach(locals.setCookies)) response.headers.append('set-cookie', line);
  secure(event, response.headers);
  return response;
};

/** Fastify sets the headers that every response has; these depend on the page. */
function secure(event: RequestEvent, headers: Headers): void {
  if (/\/(antwoord|afmelden)\//.test(event.route.id ?? '')) {
    // not 'no-referrer': a form on such a page is sent with `Origin: null` and would be refused.
    // The address with its token goes to this site alone.
    headers.set('referrer-policy', 'same-origin');
    headers.set('x-robots-tag', 'noindex, nofollow');
  }
  // a page has a nonce and may show what is yours: shared caches never keep it, and for
  // members the browser doesn't either
  if (!headers.has('cache-control'))
    headers.set('cache-control', event.locals.signedIn ? 'no-store' : 'private, no-cache');
  headers.append('vary', 'Cookie, Accept-Language');
}

/** The visitor sees a reference; what happened stands in the log under the same one. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  const reference = event.locals.requestId ?? '';
  if (kind === 'unknown') {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `${JSON.stringify({ level: 'error', reference, route: event.route.id, detail })}\n`,
    );
  }
  return { reference };
};
