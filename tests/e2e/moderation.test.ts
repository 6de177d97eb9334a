import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { decideAppeal, listDesk, listQuestions, readDesk, removeQuestion } from '@wijk/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { codeIn, mailTo, signIn, type Visitor, visit } from '../support/visitor.ts';

/**
 * Supervision as residents meet it: a question that does not belong is removed, its author reads why,
 * disagrees and is right; somebody in distress finds the help lines at once. With and without
 * JavaScript. The desk's side goes through the API here; its pages have journeys of their own.
 */

let app: AppProcess;
let browser: Browser;
let noor: Visitor;
let johan: Visitor;

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
  noor = await signIn(app.url, 'noor.vanderhorst@voorbeeld.example');
  johan = await signIn(app.url, 'johan.terpstra@voorbeeld.example');
});

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

async function device(javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({
    baseURL: app.url,
    locale: 'nl-NL',
    reducedMotion: 'reduce',
    viewport: { width: 390, height: 844 },
    javaScriptEnabled,
  });
  context.setDefaultTimeout(30_000);
  return context.newPage();
}

async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Fills in the form and sends it; a guest then sees the page for the code. */
async function ask(
  page: Page,
  asked: { title: string; body: string; name: string; email: string },
) {
  await page.goto('/vragen/nieuw');
  await page.getByLabel('Uw vraag in één zin').fill(asked.title);
  await page.getByLabel('Vertel er iets meer over').fill(asked.body);
  await page.getByLabel('Onderwerp').selectOption({ label: 'Wonen' });
  await page.getByLabel('Uw naam').fill(asked.name);
  await page.getByLabel('Uw e-mailadres').fill(asked.email);
  await page.getByRole('button', { name: 'Mail mij een code' }).click();
  // without a script what was asked before comes as a step of its own
  const anyway = page.getByRole('button', { name: 'Toch vragen' });
  const next = page.getByRole('heading', { name: 'Vul de code in' });
  await next.or(anyway).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  await next.waitFor();
}

async function typeCode(page: Page, email: string): Promise<void> {
  const code = codeIn(await mailTo(visit(app.url), email, /\d{3} ?\d{3}/));
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Verder' }).click();
}

const refOf = async (title: string, who: Visitor) => {
  const found = await who.call(listQuestions, { query: { limit: 50 } });
  return found.ok ? (found.data.items.find((item) => item.title === title)?.ref ?? '') : '';
};

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (how, scripted) => {
  it('a removed question is appealed by its author, restored, and read by a neighbour', async () => {
    const title = `Fietsen te koop? ${how}`;
    const email = `bea.${scripted ? 'met' : 'zonder'}@voorbeeld.example`;
    const page = await device(scripted);
    await ask(page, { title, body: 'Waar mag ik ze zetten?', name: 'Bea Smit', email });
    await typeCode(page, email);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();

    const question = await refOf(title, visit(app.url));
    const removed = await noor.call(removeQuestion, {
      params: { question },
      body: { reason: 'off-topic', message: 'Verkopen kan op het prikbord.' },
    });
    expect(removed.ok).toBe(true);
    const reader = await device(scripted);
    expect((await reader.goto(`/vragen/${question}`))?.status()).toBe(410);

    await page.goto('/mijn');
    await page.getByRole('link', { name: 'Uw vraag is verwijderd' }).click();
    await page.getByRole('heading', { level: 1, name: 'Uw vraag is verwijderd' }).waitFor();
    await page.getByText('Verkopen kan op het prikbord.').waitFor();
    await page.getByText('Waar mag ik ze zetten?').waitFor();
    await page.getByLabel('Waarom bent u het er niet mee eens?').fill('Nee');
    await page.getByRole('button', { name: 'Maak bezwaar' }).click();
    await page.getByText('Dit is te kort').first().waitFor();
    await page
      .getByLabel('Waarom bent u het er niet mee eens?')
      .fill('Ik verkoop niets, ik vraag naar de stalling.');
    await page.getByRole('button', { name: 'Maak bezwaar' }).click();
    await page.getByText('De redactie heeft nog niet beslist.').waitFor();

    const pane = await johan.call(readDesk, { params: { question } });
    const appeal = pane.ok ? (pane.data.appeals[0]?.id ?? '') : '';
    const decided = await johan.call(decideAppeal, {
      params: { question, appeal },
      body: { outcome: 'overturned', reply: 'Excuses, we lazen het verkeerd.' },
    });
    expect(decided.ok).toBe(true);

    await page.reload();
    await page.getByText('U hebt gelijk gekregen. Het besluit is teruggedraaid.').waitFor();
    await page.getByText('Excuses, we lazen het verkeerd.').waitFor();
    expect((await reader.goto(`/vragen/${question}`))?.status()).toBe(200);
    await reader.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.context().close();
    await reader.context().close();
  });

  it('somebody in distress sees who to call before the code, after it, and comes first', async () => {
    const title = `Wie luistert er? ${how}`;
    const email = `cor.${scripted ? 'met' : 'zonder'}@voorbeeld.example`;
    const page = await device(scripted);
    await ask(page, { title, body: 'Ik zie het niet meer zitten.', name: 'Cor Bos', email });
    await page.getByRole('link', { name: 'Bel 0800-0113' }).waitFor();
    if (scripted) expect(await findings(page)).toEqual([]);
    await keepPicture(page, `distress-code-${scripted ? 'js' : 'plain'}`);
    await typeCode(page, email);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    expect(await page.getByRole('link', { name: 'Bel 112' }).getAttribute('href')).toBe('tel:112');
    const question = await refOf(title, visit(app.url));
    const reader = await device(scripted);
    await reader.goto(`/vragen/${question}`);
    expect(await reader.getByRole('link', { name: 'Bel 0800-0113' }).count()).toBe(0);
    const desk = await noor.call(listDesk, { query: { limit: 10 } });
    const top = desk.ok ? desk.data.items.filter((item) => item.attention.urgent) : [];
    expect(top.map((item) => item.ref)).toContain(question);
    expect(desk.ok && desk.data.items.slice(0, top.length)).toEqual(top);
    await page.context().close();
    await reader.context().close();
  });

  it('the help lines show when the form comes back, with all that was typed', async () => {
    const page = await device(scripted);
    await page.goto('/vragen/nieuw');
    await page.getByLabel('Uw vraag in één zin').fill('Mijn man slaat mij');
    await page.getByRole('button', { name: 'Mail mij een code' }).click();
    await page.getByRole('link', { name: 'Bel 0800-2000' }).waitFor();
    await page.locator('#theme[aria-invalid="true"]').waitFor();
    expect(await page.getByLabel('Uw vraag in één zin').inputValue()).toBe('Mijn man slaat mij');
    await keepPicture(page, `distress-refused-${scripted ? 'js' : 'plain'}`);
    await page.context().close();
  });

  it('a neighbour reports a question and its answer', async () => {
    const page = await device(scripted);
    const { cookie } = await signIn(app.url, 'henk.brouwer@voorbeeld.example');
    const [name = '', value = ''] = cookie.split('=');
    await page.context().addCookies([{ name, value, url: app.url, httpOnly: true }]);
    const open = await visit(app.url).call(listQuestions, {
      query: { show: 'answered', limit: 20 },
    });
    const items = open.ok ? open.data.items.filter((item) => item.askedBy !== 'Henk Brouwer') : [];
    const question = items[scripted ? 0 : 1]?.ref ?? '';
    await page.goto(`/vragen/${question}`);
    await page.getByRole('link', { name: 'Deze vraag melden' }).click();
    await page.getByRole('heading', { level: 1, name: 'Iets melden aan de redactie' }).waitFor();
    await page.getByRole('button', { name: 'Stuur mijn melding' }).click();
    await page.getByText('Wat is er aan de hand?').first().waitFor();
    await page.getByLabel('Wat is er aan de hand?').selectOption('rude');
    await page.getByLabel('Wilt u er iets bij zeggen?').fill('Dit is niet aardig.');
    await page.getByRole('button', { name: 'Stuur mijn melding' }).click();
    await page.getByText('De redactie kijkt naar uw melding').first().waitFor();
    const pane = await noor.call(readDesk, { params: { question } });
    expect(pane.ok && pane.data.flags).toMatchObject([
      { reason: 'rude', note: 'Dit is niet aardig.' },
    ]);
    await page.context().close();
  });
});

describe('while somebody writes', () => {
  it('the help lines show by themselves, and nothing of it is sent', async () => {
    const page = await device(true);
    await page.goto('/vragen/nieuw', { waitUntil: 'networkidle' });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.method()));
    await page.getByLabel('Vertel er iets meer over').fill('ik wil niet meer leven');
    await page.getByRole('link', { name: 'Bel 0800-0113' }).waitFor();
    expect(asked.filter((method) => method !== 'GET')).toEqual([]);
    expect(await findings(page)).toEqual([]);
    await keepPicture(page, 'distress-writing');
    await page.getByLabel('Vertel er iets meer over').fill('ik wil niet meer roken');
    await page.getByRole('link', { name: 'Bel 0800-0113' }).waitFor({ state: 'detached' });
    await page.context().close();
  });
});
