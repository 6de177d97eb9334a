/** A text that is kept on this device until it is sent. Never a name or an e-mail address. */
const DAY_MS = 24 * 3600_000;

const nameOf = (kind: string, slug: string) => `wijk:${slug}:${kind}`;

/** What was typed less than a day ago, or null. */
export function readDraft(kind: string, slug: string): Record<string, string> | null {
  try {
    const text = localStorage.getItem(nameOf(kind, slug));
    const { at, values } = JSON.parse(text ?? 'null') ?? {};
    if (typeof at !== 'number' || Date.now() - at > DAY_MS) return null;
    return values as Record<string, string>;
  } catch {
    return null;
  }
}

export function keepDraft(kind: string, slug: string, values: Record<string, string>): void {
  try {
    const empty = Object.values(values).every((v) => v.trim() === '');
    if (empty) forgetDraft(kind, slug);
    else localStorage.setItem(nameOf(kind, slug), JSON.stringify({ at: Date.now(), values }));
  } catch {
    // a full or closed storage: the text still stands in the form
  }
}

export function forgetDraft(kind: string, slug: string): void {
  try {
    localStorage.removeItem(nameOf(kind, slug));
  } catch {
    // nothing was kept either
  }
}
