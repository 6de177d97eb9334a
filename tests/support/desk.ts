import { answerQuestion, askQuestion, createSavedAnswer, getContext } from '@wijk/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { signIn, type Visitor } from './visitor.ts';

/** Who works at the desk of the demonstration, and who asks there. */
export const EDITOR = 'noor.vanderhorst@voorbeeld.example';
export const CHIEF = 'johan.terpstra@voorbeeld.example';
export const RESIDENT = 'fatima.amrani@voorbeeld.example';
export const NEIGHBOUR = 'els.wagenaar@voorbeeld.example';

export interface Device {
  context: BrowserContext;
  page: Page;
  visitor: Visitor;
  /** requests to other hosts, faults in the page, what the console complains about */
  troubles: string[];
}

/** A browser in which this person is signed in. */
export async function deviceOf(
  browser: Browser,
  url: string,
  email: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Device> {
  const visitor = await signIn(url, email);
  const context = await browser.newContext({
    baseURL: url,
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const [name = '', value = ''] = visitor.cookie.split('=');
  await context.addCookies([{ name, value, url, httpOnly: true }]);
  context.setDefaultTimeout(30_000);
  const troubles: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
      troubles.push(`foreign: ${request.url()}`);
  });
  context.on('weberror', (error) => troubles.push(`error: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      troubles.push(`console: ${message.text()}`);
  });
  return { context, page: await context.newPage(), visitor, troubles };
}

/** Asks publicly, in the first theme of the wijk; the reference of the question. */
export async function ask(visitor: Visitor, title: string, body = ''): Promise<string> {
  const context = await visitor.call(getContext, {});
  const theme = context.ok ? (context.data.wijk.themes[0]?.slug ?? '') : '';
  const asked = await visitor.call(askQuestion, {
    body: { title, body, theme, visibility: 'public' },
    key: crypto.randomUUID(),
  });
  if (!asked.ok) throw new Error(`not asked: ${asked.problem.code}`);
  return asked.data.ref;
}

export async function answer(visitor: Visitor, question: string, body: string): Promise<void> {
  const done = await visitor.call(answerQuestion, {
    params: { question },
    body: { body },
    key: crypto.randomUUID(),
  });
  if (!done.ok) throw new Error(`not answered: ${done.problem.code}`);
}

export async function keepText(visitor: Visitor, title: string, body: string): Promise<void> {
  const kept = await visitor.call(createSavedAnswer, {
    body: { title, body, use: 'answer', theme: null },
    key: crypto.randomUUID(),
  });
  if (!kept.ok) throw new Error(`not kept: ${kept.problem.code}`);
}

/** Opens a page of the desk and waits until its keys work. */
export async function openDesk(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.locator('[data-command="help"] kbd').waitFor({ state: 'attached' });
}

/** Presses Tab until what has the focus matches; fails when it is never reached. */
export async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
  for (let i = 0; i < 80; i += 1) {
    const there = await page.evaluate<boolean>(
      `document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`,
    );
    if (there) return;
    await page.keyboard.press(key);
  }
  throw new Error(`not reached with ${key}: ${selector}`);
}

/** To a list with `g` and its letter, down to the row with `j`, and in. */
export async function openByKeys(page: Page, letter: string, ref: string, title: string) {
  await page.keyboard.press('g');
  await page.keyboard.press(letter);
  await page.locator(`[data-row="${ref}"]`).waitFor();
  for (let i = 0; i < 60; i += 1) {
    const at = await page.evaluate<string>('document.activeElement?.dataset?.row ?? ""');
    if (at === ref) break;
    await page.keyboard.press('j');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 2, name: title }).waitFor();
  await page.locator('[data-pane]:focus').waitFor();
}
