import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { launchBrowser } from '../support/browser.ts';
import { codeIn, mailTo, signIn, type Visitor, visit } from '../support/visitor.ts';

/** A question page without Svelte in the browser: nothing of what somebody is doing there gets lost. */

let app: AppProcess;
let browser: Browser;
let asker: Visitor;
let neighbour: Visitor;

const FORM = 'form[data-draft^="answer-"]';

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
  [asker, neighbour] = await Promise.all([
    signIn(app.url, 'fatima.amrani@voorbeeld.example'),
    signIn(app.url, 'henk.brouwer@voorbeeld.example'),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

async function question(title: string): Promise<{ ref: string; path: string }> {
  const asked = await asker.call(contract.askQuestion, {
    body: { title, body: 'Wie weet het?', theme: 'wonen', visibility: 'public' },
    key: randomUUID(),
  });
  if (!asked.ok) throw new Error(asked.problem.code);
  return { ref: asked.data.ref, path: `/vragen/${asked.data.ref}/${asked.data.slug}` };
}

const answer = (ref: string, body: string) =>
  neighbour.call(contract.answerQuestion, {
    params: { question: ref },
    body: { body },
    key: randomUUID(),
  });

const scrolled = async (page: Page) => Number(await page.evaluate('scrollY'));

async function somebody(email?: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: app.url, locale: 'nl-NL' });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  if (!email) return page;
  await page.goto('/inloggen');
  await page.getByLabel('Uw e-mailadres').fill(email);
  await page.getByRole('button', { name: 'Mail mij een code' }).click();
  await page.getByRole('heading', { name: 'Vul de code in' }).waitFor();
  const code = codeIn(await mailTo(visit(app.url), email, /\d{3} ?\d{3}/));
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Verder' }).click();
  await page.getByText('u bent ingelogd').first().waitFor();
  return page;
}

describe('a question page', () => {
  it('shows news and leaves what somebody types, their cursor and what they opened alone', async () => {
    const { ref, path } = await question('Blijft staan wat ik typ?');
    const page = await somebody('bep.jonkers@voorbeeld.example');
    await page.goto(path);
    const field = page.locator(`${FORM} textarea`);
    await field.fill('Ik ben nog aan het ty');
    await page.evaluate("document.querySelector('textarea').dataset.mine = 'yes'");
    await answer(ref, 'Henk was u voor.');
    await page.getByText('Henk was u voor.').waitFor();
    await field.pressSequentially('pen');
    expect(await field.inputValue()).toBe('Ik ben nog aan het typen');
    // the very same field: it was not made anew
    expect(await field.getAttribute('data-mine')).toBe('yes');
    await page.context().close();
  });

  it('loses nothing when the connection is lost while sending, and sends once after it', async () => {
    const { path } = await question('Raakt mijn antwoord weg?');
    const page = await somebody('bep.jonkers@voorbeeld.example');
    await page.goto(path);
    const field = page.locator(`${FORM} textarea`);
    await field.fill('Dit antwoord mag niet weg zijn.');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Plaats mijn antwoord' }).click();
    await page.locator('[data-offline]:visible').first().waitFor();
    expect(await field.inputValue()).toBe('Dit antwoord mag niet weg zijn.');
    await page.context().setOffline(false);
    await page.reload();
    expect(await field.inputValue()).toBe('Dit antwoord mag niet weg zijn.');
    await page.getByRole('button', { name: 'Plaats mijn antwoord' }).click();
    await page.locator('.answer-card').waitFor();
    expect(await page.locator('.answer-card').count()).toBe(1);
    await page.reload();
    expect(await field.inputValue()).toBe('');
    await page.context().close();
  });

  it('shows the fault of a refused text at its field, with the text in it', async () => {
    const { path } = await question('Wat als het te kort is?');
    const page = await somebody('bep.jonkers@voorbeeld.example');
    await page.goto(path);
    await page.locator(`${FORM} textarea`).fill('x');
    await page.getByRole('button', { name: 'Plaats mijn antwoord' }).click();
    await page.locator('.error-summary').waitFor();
    expect(await page.locator(`${FORM} textarea`).inputValue()).toBe('x');
    await page.context().close();
  });

  it('keeps its place at a press, and says what was done', async () => {
    const { ref, path } = await question('Blijf ik waar ik was?');
    for (let i = 0; i < 6; i += 1)
      await answer(ref, `Antwoord nummer ${i}. ${'Lang verhaal. '.repeat(60)}`);
    const page = await somebody('fatima.amrani@voorbeeld.example');
    await page.goto(path);
    const press = page.getByRole('button', { name: 'Dit heeft me geholpen' }).last();
    await press.scrollIntoViewIfNeeded();
    const before = await scrolled(page);
    await press.click();
    await page.locator('.flash').waitFor();
    expect(before).toBeGreaterThan(500);
    expect(Math.abs((await scrolled(page)) - before)).toBeLessThan(200);
    await page.context().close();
  });

  it("keeps a visitor's text on their device until they signed in", async () => {
    const { path } = await question('Mag ik eerst typen?');
    const page = await somebody();
    await page.goto(path);
    await page.locator(`${FORM} textarea`).fill('Eerst getypt, dan pas ingelogd.');
    await page.reload();
    expect(await page.locator(`${FORM} textarea`).inputValue()).toBe(
      'Eerst getypt, dan pas ingelogd.',
    );
    await page.context().close();
  });
});
