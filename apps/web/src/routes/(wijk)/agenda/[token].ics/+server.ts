import { createHash } from 'node:crypto';
import { error } from '@sveltejs/kit';
import { pathOf } from '@wijk/contracts/client';
import { calendarFeed } from '@wijk/contracts/market-calendar-files';
import { apiFetch } from '#lib/server/api.ts';
import type { RequestHandler } from './$types';

/**
 * A member's calendar for a calendar elsewhere, which comes by again and again: where nothing changed it gets that
 * in few bytes. The address is the secret, so nothing on the way may keep what stands behind it.
 */
export const GET: RequestHandler = async (event) => {
  const { locals, params, request } = event;
  if (!/^[A-Za-z0-9_-]{40,60}$/.test(params.token)) error(404, { message: 'Not found' });
  const path = pathOf(calendarFeed, { wijk: locals.slug, token: params.token }, {});
  const reply = await apiFetch(event)(path, { method: 'GET', headers: {} });
  if (!reply.ok) error(reply.status >= 500 ? 503 : reply.status, { message: 'No calendar' });
  const bytes = new Uint8Array(await reply.arrayBuffer()) as Uint8Array<ArrayBuffer>;
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
  const headers = {
    etag,
    'cache-control': 'private, no-cache',
    'x-robots-tag': 'noindex',
    'referrer-policy': 'no-referrer',
  };
  if (
    request.headers
      .get('if-none-match')
      ?.split(/\s*,\s*/)
      .includes(etag)
  )
    return new Response(null, { status: 304, headers });
  return new Response(bytes, {
    headers: {
      ...headers,
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="afspraken.ics"',
    },
  });
};
