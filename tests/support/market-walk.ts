import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { loadPages } from '../../apps/api/src/http/web.ts';
import { Listener } from '../../apps/api/src/jobs/listener.ts';
import { type ServedHouse, serveHouse } from '../api/served-house.ts';
import { findings } from './axe.ts';
import { launchBrowser } from './browser.ts';
import type { Guest } from './house.ts';
import { keepPicture, SIZES, sideways } from './looks.ts';
import { ownDatabase } from './own-database.ts';

/** A house with pages in a browser, whose clock is moved by hand. */
export interface Walk {
  house: ServedHouse;
  browser: Browser;
  pageOf(who: Guest, javaScript?: boolean): Promise<Page>;
  at(path: string): string;
  moved(iso: string): Promise<void>;
  /** Nothing is wrong for who cannot see it, and nothing sticks out at any width, in any look. */
  right(page: Page, name: string): Promise<void>;
  close(): Promise<void>;
}

export const pressIn = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).click();
export const followIn = (page: Page, name: string | RegExp) =>
  page.getByRole('link', { name }).first().click();
export const textIn = (page: Page, words: string | RegExp) =>
  page.getByText(words).first().waitFor();

export async function openWalk(now: string): Promise<Walk> {
  const [database, pages] = await Promise.all([ownDatabase(), loadPages()]);
  const house = await serveHouse({ database, pages, now, env: { STRICT_LIMITS: 'no' } });
  const listener = new Listener({
    url: String(house.services.db.$client.options.connectionString),
    log: house.services.log,
    heard: {
      live: (hint) => house.services.live.tell(hint),
      ...{ work: () => {}, sessionEnded: () => {}, changed: () => {}, connected: () => {} },
    },
  });
  await listener.start();
  const browser = await launchBrowser();
  return {
    house,
    browser,
    at: (path) => `/w/${house.wijk.slug}${path}`,
    moved: async (iso) => {
      house.clock.set(iso);
      await house.work();
    },
    pageOf: async (who, javaScriptEnabled = true) => {
      const context = await browser.newContext({
        ...{ baseURL: house.origin, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam' },
        ...{ reducedMotion: 'reduce', javaScriptEnabled },
      });
      context.setDefaultTimeout(30_000);
      const [name = '', value = ''] = (await house.cookieOf(who)).split('=');
      await context.addCookies([{ name, value, url: house.origin, httpOnly: true }]);
      return context.newPage();
    },
    right: async (page, name) => {
      expect([name, await findings(page)]).toEqual([name, []]);
      const before = page.viewportSize();
      for (const colorScheme of ['light', 'dark'] as const)
        for (const size of SIZES) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(size);
          expect([name, size.width, await sideways(page)]).toEqual([name, size.width, 0]);
          await keepPicture(page, `around-${name}-${size.width}-${colorScheme}`);
        }
      await page.emulateMedia({ colorScheme: 'light' });
      if (before) await page.setViewportSize(before);
    },
    close: async () => {
      await browser.close();
      await listener.stop();
      await house.close();
    },
  };
}
