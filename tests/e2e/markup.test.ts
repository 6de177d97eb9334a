import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { launchBrowser } from '../support/browser.ts';
import { signIn, type Visitor } from '../support/visitor.ts';
import { PAYLOADS } from './payloads.ts';

/** Whatever somebody writes: no script of theirs runs, and the page asks nothing of another host. */

let app: AppProcess;
let browser: Browser;
let asker: Visitor;
let editor: Visitor;

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
  asker = await signIn(app.url, 'fatima.amrani@voorbeeld.example');
  editor = await signIn(app.url, 'noor.vanderhorst@voorbeeld.example');
});

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

/** Texts that a field takes, as many as go into one each. */
function packed(texts: readonly string[], room: number): string[] {
  const packs: string[] = [];
  let current = '';
  for (const text of texts.map((one) => one.replaceAll('\u0000', '').slice(0, room - 10))) {
    if (current.length + text.length + 2 > room) {
      packs.push(current);
      current = '';
    }
    current = `${current}\n\n${text}`;
  }
  return [...packs, current];
}

/** Asks, answers as an editor and comments as the asker with these texts. */
async function write(texts: readonly string[]): Promise<string> {
  const asked = await asker.call(contract.askQuestion, {
    body: {
      title: `Wat is dit? ${texts[0]?.slice(0, 60)}`,
      body: packed(texts, 3800)[0] ?? '',
      theme: 'wonen',
      visibility: 'public',
    },
    key: randomUUID(),
  });
  if (!asked.ok) throw new Error(JSON.stringify(asked.problem));
  const { ref, slug } = asked.data;
  const ids: string[] = [];
  for (const body of packed(texts, 5900)) {
    const given = await editor.call(contract.answerQuestion, {
      params: { question: ref },
      body: { body: `Antwoord:${body}` },
      key: randomUUID(),
    });
    if (!given.ok) throw new Error(JSON.stringify(given.problem));
    ids.push(given.data.id);
  }
  for (const body of packed(texts, 1900)) {
    const said = await asker.call(contract.addComment, {
      params: { question: ref, answer: ids[0] ?? '' },
      body: { body: `Reactie:${body}` },
      key: randomUUID(),
    });
    if (!said.ok) throw new Error(JSON.stringify(said.problem));
  }
  return `/vragen/${ref}/${slug}`;
}

async function look(path: string): Promise<{ page: Page; foreign: string[]; dialogs: string[] }> {
  const context = await browser.newContext({ baseURL: app.url, locale: 'nl-NL' });
  const [name = '', value = ''] = editor.cookie.split('=');
  await context.addCookies([{ name, value, url: app.url }]);
  const page = await context.newPage();
  const foreign: string[] = [];
  const dialogs: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).host !== new URL(app.url).host) foreign.push(request.url());
  });
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  return { page, foreign, dialogs };
}

/** What stands in texts: only what a text can be made of, and links that lead to sites. */
const LOOK = `(() => {
  const texts = [...document.querySelectorAll('.rich')];
  const all = texts.flatMap((text) => [...text.querySelectorAll('*')]);
  return {
    pwned: window.pwned ?? null,
    texts: texts.length,
    names: [...new Set(all.map((one) => one.localName))].sort(),
    handlers: all.flatMap((one) => one.getAttributeNames()).filter((name) => !['href', 'rel', 'class'].includes(name)),
    links: all.filter((one) => one.localName === 'a').map((one) => new URL(one.href).protocol),
  };
})()`;

async function harmless(path: string): Promise<void> {
  const { page, foreign, dialogs } = await look(path);
  const ref = path.split('/')[2] ?? '';
  for (const at of [path, `/redactie/${ref}`]) {
    if (at !== path) await page.goto(at, { waitUntil: 'networkidle' });
    const found = (await page.evaluate(LOOK)) as {
      pwned: unknown;
      texts: number;
      names: string[];
      handlers: string[];
      links: string[];
    };
    expect(found.texts).toBeGreaterThan(2);
    const allowed = ['a', 'br', 'h4', 'li', 'ol', 'p', 'strong', 'ul'];
    expect(found.names.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(found.handlers).toEqual([]);
    expect(found.links.filter((one) => !['http:', 'https:', 'mailto:'].includes(one))).toEqual([]);
    expect([found.pwned, foreign, dialogs, new URL(page.url()).host]).toEqual([
      null,
      [],
      [],
      new URL(app.url).host,
    ]);
  }
  await page.context().close();
}

it('does nothing of what the list of known tricks tries', async () => {
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(50);
  const path = await write(PAYLOADS);
  await harmless(path);
  const { page } = await look(path);
  // and shows them as the text that they are
  const text = (await page.locator('.answer-card').allTextContents()).join(' ');
  expect(text).toContain('<script>window.pwned=1</script>');
  expect(text).toContain('javascript:window.pwned=1');
  await page.context().close();
});

it('does nothing with signs thrown together', async () => {
  const sign = fc.constantFrom(
    ...[
      '<',
      '>',
      '"',
      "'",
      '`',
      '&',
      '[',
      ']',
      '(',
      ')',
      '*',
      '**',
      '#',
      '## ',
      '- ',
      '1. ',
      '@',
      ':',
      '/',
      '\\',
      '\n',
      ' ',
    ],
    ...[
      'script',
      'img',
      'src=',
      'onerror=',
      'window.pwned=1',
      'javascript:',
      'https://evil.example',
      'mailto:',
      '&lt;',
      '%3C',
      '{',
      '}',
      '@html',
    ],
  );
  const text = fc.array(sign, { minLength: 5, maxLength: 40 }).map((parts) => parts.join(''));
  const given = [
    ...fc.sample(text, { seed: 21, numRuns: 150 }),
    ...fc.sample(fc.string({ unit: 'grapheme', minLength: 5, maxLength: 60 }), {
      seed: 22,
      numRuns: 60,
    }),
  ];
  await harmless(await write(['Van alles', ...given]));
});
