import { answerQuestion } from '@wijk/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { ask, CHIEF, type Device, deviceOf, EDITOR, NEIGHBOUR, RESIDENT } from '../support/desk.ts';
import { keepPicture } from '../support/looks.ts';
import { signIn } from '../support/visitor.ts';

/**
 * An answer that is taken from view, all by the pages of the desk: its author reads why and disagrees,
 * another editor decides, and at each step visitors, the promise and the author see what holds.
 * With and without JavaScript.
 */

const ADVICE = 'Neem gewoon de dubbele dosis, dat doe ik ook.';
const KEPT = 'Beantwoord binnen de beloofde tijd.';
const RUNNING = /krijgt antwoord .* van iemand die er verstand van heeft/;

let app: AppProcess;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

interface Scene {
  ref: string;
  noor: Device;
  johan: Device;
  author: Device;
  reader: Page;
  /** opens the question at the desk */
  atDesk(who: Device): Promise<Page>;
  /** what a visitor and the author see on the page of the question */
  seen(what: { answer: boolean; promise: RegExp | string; author: string | null }): Promise<void>;
  close(): Promise<void>;
}

/** A question with an answer of a neighbour that the redactie stands behind: the promise is kept. */
async function open(title: string, scripted: boolean): Promise<Scene> {
  const how = { javaScriptEnabled: scripted, viewport: { width: 1000, height: 900 } };
  const ref = await ask(await signIn(app.url, RESIDENT), title);
  const [noor, johan, author] = await Promise.all([
    deviceOf(browser, app.url, EDITOR, how),
    deviceOf(browser, app.url, CHIEF, how),
    deviceOf(browser, app.url, NEIGHBOUR, how),
  ]);
  const given = await author.visitor.call(answerQuestion, {
    params: { question: ref },
    body: { body: ADVICE },
    key: crypto.randomUUID(),
  });
  if (!given.ok) throw new Error(given.problem.code);
  const context = await browser.newContext({ baseURL: app.url, locale: 'nl-NL', ...how });
  const reader = await context.newPage();

  const atDesk = async ({ page }: Device) => {
    await page.goto(`/redactie/${ref}`, { waitUntil: 'networkidle' });
    await page.getByRole('heading', { level: 2, name: title }).waitFor();
    return page;
  };
  const seen: Scene['seen'] = async (what) => {
    for (const page of [reader, author.page]) {
      expect((await page.goto(`/vragen/${ref}`))?.status()).toBe(200);
      const panel = page.getByRole('region', { name: 'Onze belofte' });
      await panel.getByText(what.promise).waitFor();
      expect(await page.getByText(ADVICE).count()).toBe(what.answer ? 1 : 0);
      const notice = page.getByText(/^Uw antwoord op deze vraag is/);
      const words = page === author.page ? what.author : null;
      expect(await notice.count()).toBe(words ? 1 : 0);
      if (words) await page.getByText(words).waitFor();
    }
  };
  const close = async () => {
    for (const { context: one, troubles } of [noor, johan, author]) {
      expect(troubles).toEqual([]);
      await one.close();
    }
    await context.close();
  };
  const desk = await atDesk(noor);
  await desk.getByRole('button', { name: /^De redactie staat hierachter|^Ik sta/ }).click();
  await desk.locator('#antwoorden .badge.kept').waitFor();
  const scene = { ref, noor, johan, author, reader, atDesk, seen, close };
  await seen({ answer: true, promise: KEPT, author: null });
  return scene;
}

/** Fills in why an answer is taken down, and presses one of the two buttons. */
async function takeDown(page: Page, submit: string, message: string): Promise<void> {
  const tools = page.locator('#antwoorden details', { hasText: 'Verbergen of weghalen' });
  if ((await tools.getAttribute('open')) === null) await tools.locator('> summary').click();
  await tools.getByRole('button', { name: submit }).click();
  // nothing goes without a reason
  await page.getByText('Kies een van de mogelijkheden.').first().waitFor();
  await tools.getByLabel('Reden').selectOption({ label: 'Gevaarlijk advies' });
  await tools.getByLabel('Bericht aan de schrijver').fill(message);
  await tools.getByRole('button', { name: submit }).click();
}

/** The author finds the statement from the question, and does not agree. */
async function appeal({ author, ref }: Scene, title: string, message: string): Promise<string> {
  const { page } = author;
  await page.goto(`/vragen/${ref}`);
  await page.getByRole('link', { name: 'Lees waarom en wat u kunt doen' }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.getByText('Het advies kan gevaarlijk zijn.').waitFor();
  await page.getByText(message).waitFor();
  await page.getByText(ADVICE).waitFor();
  await page
    .getByLabel('Waarom bent u het er niet mee eens?')
    .fill('Ik bedoelde de dosis van mijn planten.');
  await page.getByRole('button', { name: 'Maak bezwaar' }).click();
  await page.getByText('De redactie heeft nog niet beslist.').waitFor();
  return page.url();
}

async function decide(page: Page, outcome: string, reply: string): Promise<void> {
  const form = page.locator('#bezwaar form');
  await form.getByLabel(outcome).check();
  await form.getByLabel('Antwoord aan de schrijver').fill(reply);
  await form.getByRole('button', { name: 'Beslis over het bezwaar' }).click();
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (how, scripted) => {
  it.each(
    [
      {
        outcome: 'Het besluit blijft staan',
        decided: 'Beslist: het besluit bleef staan.',
        told: 'De redactie heeft opnieuw gekeken en blijft bij het besluit.',
        after: {
          answer: false,
          promise: RUNNING,
          author: 'Uw antwoord op deze vraag is tijdelijk verborgen.',
        },
      },
      {
        outcome: 'De schrijver krijgt gelijk: de tekst komt terug',
        decided: 'Beslist: de tekst kwam terug.',
        told: 'U hebt gelijk gekregen. Het besluit is teruggedraaid.',
        after: { answer: true, promise: KEPT, author: null },
      },
    ].slice(scripted ? 0 : 1),
  )('a hidden answer, appealed: $outcome', async ({ outcome, decided, told, after }) => {
    const scene = await open(`Hoeveel mag ik nemen? ${how}, ${outcome}`, scripted);
    const { noor, johan, author, atDesk, seen } = scene;
    const desk = await atDesk(noor);
    await takeDown(desk, 'Verberg het antwoord', 'Vraag dit aan uw apotheek.');
    await desk.getByText('Dit antwoord is verborgen').waitFor();
    const hidden = 'Uw antwoord op deze vraag is tijdelijk verborgen.';
    await seen({ answer: false, promise: RUNNING, author: hidden });
    const statement = await appeal(
      scene,
      'Uw antwoord is tijdelijk verborgen',
      'Vraag dit aan uw apotheek.',
    );

    // who decided the first time does not decide again, and loses nothing that was typed
    const first = await atDesk(noor);
    await decide(first, outcome, 'Ik blijf erbij.');
    await first.getByText('U nam dit besluit zelf. Laat een collega').first().waitFor();
    expect(await first.getByLabel('Antwoord aan de schrijver').inputValue()).toBe(
      'Ik blijf erbij.',
    );
    expect(await first.getByLabel(outcome).isChecked()).toBe(true);
    await author.page.goto(statement);
    await author.page.getByText('De redactie heeft nog niet beslist.').waitFor();

    const second = await atDesk(johan);
    await second.getByText('Ik bedoelde de dosis van mijn planten.').waitFor();
    await second.getByRole('button', { name: 'Beslis over het bezwaar' }).click();
    await second.locator('#bezwaar .error').first().waitFor();
    if (scripted) expect(await findings(second)).toEqual([]);
    await keepPicture(second, `appeal-refused-${scripted ? 'js' : 'plain'}`);
    await decide(second, outcome, 'We lazen het nog eens.');
    await second.getByText(decided).waitFor();
    await seen(after);
    await author.page.goto(statement);
    await author.page.getByText(told).waitFor();
    await author.page.getByText('We lazen het nog eens.').waitFor();
    await author.page.getByText(ADVICE).waitFor();
    await scene.close();
  });

  it('an answer is removed with a message, taken back, hidden and shown again', async () => {
    const scene = await open(`Wie weet dit? ${how}`, scripted);
    const { noor, author, atDesk, seen } = scene;
    const desk = await atDesk(noor);
    await takeDown(desk, 'Haal het antwoord weg', 'Dit kan iemand schaden.');
    await desk.getByText(/^Antwoord weggehaald bij/).waitFor();
    const removed = 'Uw antwoord op deze vraag is verwijderd.';
    await seen({ answer: false, promise: RUNNING, author: removed });
    await author.page.goto('/mijn');
    await author.page.getByRole('link', { name: 'Uw antwoord is verwijderd' }).first().click();
    await author.page.getByText('Dit kan iemand schaden.').waitFor();
    await author.page.getByText(ADVICE).waitFor();
    const statement = author.page.url();

    await desk.getByRole('button', { name: 'Ongedaan maken' }).click();
    await desk.locator('#antwoorden p').getByText(ADVICE).first().waitFor();
    await seen({ answer: true, promise: KEPT, author: null });
    await author.page.goto(statement);
    await author.page.getByText('Dit besluit geldt niet meer.').waitFor();
    expect(await author.page.getByRole('button', { name: 'Maak bezwaar' }).count()).toBe(0);

    await atDesk(noor);
    await takeDown(desk, 'Verberg het antwoord', 'We kijken er eerst naar.');
    await desk.getByText('Dit antwoord is verborgen').waitFor();
    const hidden = 'Uw antwoord op deze vraag is tijdelijk verborgen.';
    await seen({ answer: false, promise: RUNNING, author: hidden });
    await desk.getByRole('button', { name: 'Toon dit antwoord weer' }).click();
    await desk.getByText('Dit antwoord is verborgen').waitFor({ state: 'detached' });
    await seen({ answer: true, promise: KEPT, author: null });
    await scene.close();
  });
});
