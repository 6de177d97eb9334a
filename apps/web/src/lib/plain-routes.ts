/** Pages that come without Svelte in the browser (`csr = false`); `lib/plain` is all their script. */
export const PLAIN_ROUTES: ReadonlySet<string> = new Set(['/(wijk)/vragen/[ref]/[[slug]]']);

const PLAIN_PATH = /^(?:\/w\/[a-z0-9-]+)?\/vragen\/[0-9a-hjkmnp-tv-z]{8}(?:[/?#]|$)/;

/** Whether an address of this site is that of such a page. */
export const leadsToPlainPage = (location: string): boolean => PLAIN_PATH.test(location);
