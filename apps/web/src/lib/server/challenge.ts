import type { RequestEvent } from '@sveltejs/kit';
import { HELP_LINES, type HelpLine } from '@wijk/domain/vraagbaak';

const COOKIE = 'aanmelding';
const TEN_MINUTES_S = 600;

/** What this device remembers between asking for a code and typing it. */
export interface Challenge {
  challenge: string;
  email: string;
  /** a question waits for the code */
  asks: boolean;
  /** who to call, where the words of that question tell of distress */
  help?: HelpLine[];
}

const options = (event: RequestEvent) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: event.url.protocol === 'https:',
  }) as const;

export function setChallenge(event: RequestEvent, value: Challenge): void {
  event.cookies.set(COOKIE, JSON.stringify(value), { ...options(event), maxAge: TEN_MINUTES_S });
}

export function readChallenge(event: RequestEvent): Challenge | null {
  try {
    const { challenge, email, asks, help } = JSON.parse(
      event.cookies.get(COOKIE) ?? '',
    ) as Challenge;
    if (typeof challenge !== 'string' || typeof email !== 'string') return null;
    return {
      challenge: challenge.slice(0, 36),
      email: email.slice(0, 254),
      asks: asks === true,
      help: HELP_LINES.filter((line) => Array.isArray(help) && help.includes(line)),
    };
  } catch {
    return null;
  }
}

export function forgetChallenge(event: RequestEvent): void {
  if (event.cookies.get(COOKIE) !== undefined) event.cookies.delete(COOKIE, options(event));
}
