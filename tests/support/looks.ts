import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export const SIZES = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1280, height: 900 },
] as const;

export const LOOKS = ['light', 'dark', 'contrast'] as const;
export type Look = (typeof LOOKS)[number];

/** Other colours change nothing about what fits: without pictures to make, the narrowest is enough. */
export const sizesOf = (look: Look) =>
  look === 'light' || process.env.SCREENSHOTS ? SIZES : SIZES.slice(0, 1);

export interface Looked {
  context: BrowserContext;
  /** requests to other hosts, faults in the page, what the console complains about */
  troubles: string[];
}

/** A browser that sees the site in these colours, as whoever has this session cookie. */
export async function lookAs(
  browser: Browser,
  url: string,
  cookie: string,
  look: Look,
  javaScriptEnabled = true,
): Promise<Looked> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'nl-NL',
    reducedMotion: 'reduce',
    javaScriptEnabled,
    colorScheme: look === 'dark' ? 'dark' : 'light',
  });
  const [name, value] = cookie.split('=');
  const jar = [
    ...(name && value ? [{ name, value, url, httpOnly: true }] : []),
    ...(look === 'contrast' ? [{ name: 'thema', value: 'contrast', url }] : []),
  ];
  if (jar.length > 0) await context.addCookies(jar);
  const troubles: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
      troubles.push(`foreign request: ${request.url()}`);
  });
  context.on('weberror', (error) => troubles.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      troubles.push(message.text());
  });
  return { context, troubles };
}

/** A picture of the whole page, where SCREENSHOTS names a folder. */
export async function keepPicture(page: Page, name: string, fullPage = true): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
}

/** By how many pixels the page scrolls sideways. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
