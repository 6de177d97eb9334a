import type { Browser, Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import sharp from 'sharp';
import type { AppProcess } from './app-process.ts';
import { signIn } from './visitor.ts';

/** A phone of somebody who is signed in. */
export async function phone(
  browser: Browser,
  app: AppProcess,
  email: string,
  options: { javaScriptEnabled?: boolean } = {},
): Promise<Page> {
  const visitor = await signIn(app.url, email);
  const context = await browser.newContext({
    baseURL: app.url,
    locale: 'nl-NL',
    reducedMotion: 'reduce',
    viewport: { width: 390, height: 844 },
    ...options,
  });
  const [name, value] = visitor.cookie.split('=');
  await context.addCookies([
    { name: name ?? '', value: value ?? '', url: app.url, httpOnly: true },
  ]);
  context.setDefaultTimeout(30_000);
  return context.newPage();
}

/** What a camera reads from the code on this page: the picture of it, decoded. */
export async function scan(page: Page): Promise<string> {
  const picture = await page.locator('svg.qr').screenshot();
  const { data, info } = await sharp(picture)
    .resize({ width: 600 })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return decodeQR({ width: info.width, height: info.height, data: new Uint8Array(data) });
}

/** The balance on the page of the wallet, in minor units. */
export async function balanceOn(page: Page): Promise<number> {
  await page.goto('/portemonnee');
  const text = (await page.locator('.balance .sum').textContent()) ?? '';
  const [, digits = ''] = /([\d.]+,\d\d)/.exec(text) ?? [];
  return (
    Math.round(Number(digits.replaceAll('.', '').replace(',', '.')) * 100) *
    (text.includes('−') ? -1 : 1)
  );
}
