import { createHash } from 'node:crypto';

/**
 * A document that readers come back for: with an ETag of its content and, where it has one, the moment
 * of its last change; a 304 for whoever has it already. An ETag that was sent decides by itself; without
 * one the moment must be the very same, since something that is taken away changes no moment.
 */
export function conditional(
  request: Request,
  body: string,
  { type, changedAt }: { type: string; changedAt?: Date | undefined },
): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const headers: Record<string, string> = { 'content-type': type, etag };
  if (changedAt) headers['last-modified'] = changedAt.toUTCString();
  return isKnown(request.headers, etag, headers['last-modified'])
    ? new Response(null, { status: 304, headers })
    : new Response(body, { headers });
}

function isKnown(sent: Headers, etag: string, changed: string | undefined): boolean {
  const known = sent.get('if-none-match');
  if (known !== null)
    return known.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
  return changed !== undefined && sent.get('if-modified-since') === changed;
}
