const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** With https the prefix binds the cookie to this very host; browsers refuse it on plain http. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-wijk' : 'wijk');

/**
 * The session token in a Cookie header, or null. Never throws: other cookies of the domain may hold
 * anything. Of several cookies by the name the first one counts, which is the most specific.
 */
export function readToken(header: string | undefined, name: string): string | null {
  if (!header) return null;
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals < 0 || pair.slice(0, equals).trim() !== name) continue;
    const value = pair.slice(equals + 1).trim();
    if (TOKEN.test(value)) return value;
  }
  return null;
}
