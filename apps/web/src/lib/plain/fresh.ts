import { listen } from '../live.ts';
import { morph } from './morph.ts';
import { announce, whole } from './page.ts';

let running: Promise<void> | null = null;
let held = false;
let missed = false;
let again = false;

/**
 * Reads the page anew and shows what changed. One at a time; who asks meanwhile gets one more reading,
 * which then holds their change too.
 */
export function refresh(): Promise<void> {
  if (running) {
    again = true;
    return running;
  }
  running = read().finally(async () => {
    running = null;
    if (!again) return;
    again = false;
    await refresh();
  });
  return running;
}

async function read(): Promise<void> {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  const elsewhere = new URL(response.url).pathname !== location.pathname;
  // no longer this page, or no longer for this reader: the browser shows what it is now
  if (elsewhere || response.status === 404 || response.status === 410) return location.reload();
  if (!response.ok) return;
  const next = new DOMParser().parseFromString(await response.text(), 'text/html');
  const page = next.querySelector('.page');
  if (page) morph(whole(), page);
  document.title = next.title;
}

/**
 * Holds news back while a form is under way: what its press says afterwards is said once, and a reading
 * in between would take it along unseen. Whoever goes elsewhere never lets go.
 */
export function holdNews(hold: boolean): void {
  held = hold;
  if (hold || !missed) return;
  missed = false;
  void refresh().catch(() => undefined);
}

/** How much there is of everything that is announced, by what is then said. */
const counts = () =>
  [...document.querySelectorAll<HTMLElement>('[data-count]')].map(
    ({ dataset }) => [dataset.news ?? '', Number(dataset.count)] as const,
  );

/** News on what this page is about, and for whoever is signed in. */
export function watch(): void {
  const { live = '', topics = '' } = whole().dataset;
  for (const topic of topics.split(' ').filter(Boolean))
    listen(live, topic, async () => {
      if (held) {
        missed = true;
        return;
      }
      const before = new Map(counts());
      await refresh().catch(() => undefined);
      const more = counts().find(([news, count]) => count > (before.get(news) ?? 0));
      if (more?.[0]) announce(more[0]);
    });
}
