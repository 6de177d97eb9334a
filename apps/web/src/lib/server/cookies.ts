interface Pair {
  name: string;
  value: string;
  expired: boolean;
}

function pairOf(setCookie: string): Pair | null {
  const [first = '', ...attributes] = setCookie.split(';');
  const at = first.indexOf('=');
  if (at < 1) return null;
  const expired = attributes.some((text) => {
    const [key = '', value = ''] = text.trim().split('=');
    if (/^max-age$/i.test(key)) return Number(value) <= 0;
    return /^expires$/i.test(key) && Date.parse(value) <= Date.now();
  });
  return { name: first.slice(0, at).trim(), value: first.slice(at + 1).trim(), expired };
}

/** The visitor's `Cookie` header as it would be after the cookies that were set meanwhile. */
export function cookieHeader(sent: string | null, setCookies: readonly string[]): string {
  if (setCookies.length === 0) return sent ?? '';
  const jar = new Map<string, string>();
  for (const part of (sent ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0) jar.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  for (const line of setCookies) {
    const pair = pairOf(line);
    if (!pair) continue;
    if (pair.expired) jar.delete(pair.name);
    else jar.set(pair.name, pair.value);
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}

/** The lines to send to the browser, unchanged; of two for one name and path the last one counts. */
export function lastOfEach(setCookies: readonly string[]): string[] {
  const lines = new Map<string, string>();
  for (const line of setCookies) {
    const path = /;\s*path=([^;]*)/i.exec(line)?.[1] ?? '';
    const key = `${pairOf(line)?.name ?? line} ${path}`;
    lines.delete(key);
    lines.set(key, line);
  }
  return [...lines.values()];
}
