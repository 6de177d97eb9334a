import type { RequestEvent } from '@sveltejs/kit';
import { type MessageKey, type MessageParams, t } from '@wijk/i18n';

const COOKIE = 'melding';

/** One message on the next page, with an undo when there is one. It only ever reaches its own visitor. */
export interface Flash {
  id: string;
  text: string;
  undo: string | null;
}

export function setFlash(
  event: RequestEvent,
  key: MessageKey,
  params: MessageParams = {},
  undo: string | null = null,
): void {
  const flash: Flash = {
    id: crypto.randomUUID(),
    text: t(event.locals.locale, key, params).slice(0, 300),
    undo,
  };
  event.cookies.set(COOKIE, JSON.stringify(flash), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: event.url.protocol === 'https:',
    maxAge: 120,
  });
}

/** Reads the message and forgets it. */
export function takeFlash(event: RequestEvent): Flash | null {
  const text = event.cookies.get(COOKIE);
  if (!text) return null;
  event.cookies.delete(COOKIE, { path: '/', secure: event.url.protocol === 'https:' });
  try {
    const { id, text: words, undo } = JSON.parse(text) as Record<string, unknown>;
    if (typeof id !== 'string' || typeof words !== 'string') return null;
    return {
      id: id.slice(0, 40),
      text: words.slice(0, 300),
      undo: typeof undo === 'string' && /^[0-9a-f-]{36}$/.test(undo) ? undo : null,
    };
  } catch {
    return null;
  }
}
