import { getScore } from '@wijk/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { codeIn, mailTo, visit } from '../support/visitor.ts';

/**
 * The one way, walked in a real browser on the built application: a neighbour asks, the redactie
 * takes it up and asks an expert, the expert answers from the mail, the asker is told, the promise
 * is kept and counted. Once with JavaScript and once without.
 */

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

/** A device of somebody: a browser of their own, whose every problem fails the test. */
async function device(
  options: { javaScriptEnabled?: boolean; viewport?: { width: number; height: number } } = {},
) {
  const context = await browser.newContext({
    baseURL: app.url,
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(30_000);
  const troubles: string[] = [];
  context.on('request', (request) => {
    const { origin } = new URL(request.url());
    if (!request.url().startsWith('data:') && origin !== app.url)
      troubles.push(`foreign: ${request.url()}`);
  });
  context.on('weberror', (error) => troubles.push(`error: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      troubles.push(`console: ${message.text()}`);
  });
  return { context, page: await context.newPage(), troubles };
}

const visitor = () => visit(app.url);

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/inloggen');
  await page.getByLabel('Uw e-mailadres').fill(email);
  await page.getByRole('button', { name: 'Mail mij een code' }).click();
  await page.getByRole('heading', { name: 'Vul de code in' }).waitFor();
  const code = codeIn(await mailTo(visitor(), email, /\d{3} ?\d{3}/));
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Verder' }).click();
  await page.getByText('u bent ingelogd').first().waitFor();
}

const kept = async () => {
  const score = await visitor().call(getScore, {});
  return score.ok ? (score.data.weeks.at(-1)?.kept ?? 0) : Number.NaN;
};

/** Asks as a guest, with the code typed on the device that asked. */
async function askAsGuest(page: Page, who: { name: string; email: string }, title: string) {
  await page.goto('/');
  await page.getByRole('textbox').first().fill(title);
  await page.getByRole('button', { name: 'Verder met mijn vraag' }).click();
  await page.getByRole('heading', { name: 'Stel een vraag' }).waitFor();
  const question = page.getByLabel('Uw vraag in één zin');
  expect(await question.inputValue()).toBe(title);
  await page.getByRole('button', { name: 'Mail mij een code' }).click();
  // every fault at once, and nothing that was typed is lost
  const summary = page.locator('.error-summary');
  await summary.waitFor();
  expect(await summary.getByRole('link').count()).toBeGreaterThanOrEqual(3);
  expect(await question.inputValue()).toBe(title);
  await page
    .getByLabel('Vertel er iets meer over')
    .fill('Mijn moeder is 84.\n\nZie https://example.nl/hulp voor meer.');
  await page.getByLabel('Onderwerp').selectOption({ label: 'Zorg regelen' });
  await page.getByLabel('Uw naam').fill(who.name);
  await page.getByLabel('Uw e-mailadres').fill(who.email);
  await page.getByRole('button', { name: 'Mail mij een code' }).click();
  // without a script what was asked before comes as a step of its own
  const anyway = page.getByRole('button', { name: 'Toch vragen' });
  const next = page.getByRole('heading', { name: 'Vul de code in' });
  await next.or(anyway).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  await next.waitFor();
  return codeIn(await mailTo(visitor(), who.email, /\d{3} ?\d{3}/));
}

/** Claims and passes on to the first expert that fits; returns the expert's address. */
async function passOn(page: Page, title: string, script: boolean): Promise<string> {
  await page.goto('/redactie');
  await page.getByRole('link', { name: title }).first().click();
  // with its styles: before them the bar of a phone and the buttons of a desktop both show
  await page.waitForURL(/\/redactie\/[^?]/);
  await page.getByRole('heading', { name: title }).waitFor();
  const claim = page.getByRole('button', { name: /^Oppakken/ });
  // an undone assignment leaves the question with whoever had taken it
  if (await claim.isVisible()) await claim.click();
  await page.getByText('U hebt deze vraag opgepakt').first().waitFor();
  await page.locator('summary', { hasText: 'Vraag een deskundige' }).click();
  const marleen = page.getByRole('radio', { name: /Marleen Verhoeven/ });
  if (!(await marleen.isVisible()))
    await page.locator('summary', { hasText: 'Andere deskundigen' }).click();
  await marleen.check();
  await page.getByLabel('Toelichting (niet verplicht)').fill('Kunt u hier vandaag naar kijken?');
  await page.getByRole('button', { name: 'Stuur de vraag door' }).click();
  await page
    .getByText(/Gevraagd aan Marleen Verhoeven/)
    .first()
    .waitFor();
  if (script) expect(page.url()).toContain('/redactie/');
  return 'marleen.verhoeven@voorbeeld.example';
}

const linkIn = (text: string): string => {
  const [link] = /https?:\/\/\S+\/antwoord\/\S+/.exec(text) ?? [];
  if (!link) throw new Error(`no link in: ${text}`);
  return new URL(link).pathname;
};

/** Links in mails that a journey has used. */
const seen = new Set<string>();

/** The link in the newest mail that no journey has used yet. */
async function freshLink(address: string, used: Set<string>): Promise<string> {
  for (;;) {
    const path = linkIn(await mailTo(visitor(), address, /\/antwoord\//));
    if (!used.has(path)) {
      used.add(path);
      return path;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function answerFromMail(page: Page, path: string, answer: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { name: 'Kunt u deze vraag beantwoorden?' }).waitFor();
  await page.getByText('Kunt u hier vandaag naar kijken?').waitFor();
  await page.getByLabel('Uw antwoord').fill(answer);
  await page.getByRole('button', { name: 'Plaats mijn antwoord' }).click();
  await page.getByRole('heading', { name: 'Dank u wel' }).waitFor();
  await page.goto(path);
  await page.getByRole('heading', { name: 'Deze link werkt niet meer' }).waitFor();
}

const closeAll = (...contexts: BrowserContext[]) => Promise.all(contexts.map((c) => c.close()));

describe('the one way', () => {
  it('keeps what is typed before the scripts have come', async () => {
    const { context, page } = await device({ viewport: { width: 360, height: 740 } });
    const open = Promise.withResolvers<void>();
    await page.route('**/_app/immutable/entry/*.js', async (route) => {
      await open.promise;
      await route.continue();
    });
    await page.goto('/vragen/nieuw', { waitUntil: 'commit' });
    await page.getByLabel('Uw vraag in één zin').fill('Wie past er op mijn kat?');
    await page.getByLabel('Vertel er iets meer over').fill('Eind december, tien dagen.');
    open.resolve();
    // made by the scripts once they have taken the page over
    await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
    expect(await page.getByLabel('Uw vraag in één zin').inputValue()).toBe(
      'Wie past er op mijn kat?',
    );
    expect(await page.getByLabel('Vertel er iets meer over').inputValue()).toBe(
      'Eind december, tien dagen.',
    );
    await context.close();
  });

  it('is walked with JavaScript, live, on a phone and a laptop', async () => {
    const title = 'Wie helpt mijn moeder met steunkousen aantrekken?';
    const before = await kept();
    const phone = await device({ viewport: { width: 360, height: 740 } });
    const tablet = await device({ viewport: { width: 768, height: 1024 } });
    const laptop = await device({ viewport: { width: 1280, height: 900 } });

    const riet = { name: 'Riet van Dalen', email: 'riet.van.dalen@voorbeeld.example' };
    const code = await askAsGuest(phone.page, riet, title);

    // the code is typed on another device: that one signs in and posts the question
    await tablet.page.goto('/inloggen/code');
    await tablet.page.getByLabel('Uw e-mailadres').fill(riet.email);
    await tablet.page.getByLabel('Code', { exact: true }).fill('000 000');
    await tablet.page.getByRole('button', { name: 'Verder' }).click();
    await tablet.page.locator('.error-summary').waitFor();
    await tablet.page.getByLabel('Code', { exact: true }).fill(code);
    await tablet.page.getByRole('button', { name: 'Verder' }).click();
    await tablet.page.getByRole('heading', { level: 1, name: title }).waitFor();
    const address = tablet.page.url();
    expect(address).toMatch(
      /\/vragen\/[0-9a-z]{8}\/wie-helpt-mijn-moeder-met-steunkousen-aantrekken$/,
    );
    await tablet.page
      .getByText(/U krijgt antwoord voor (vandaag|morgen) \d{1,2}\.\d\d uur/)
      .waitFor();
    const link = tablet.page.getByRole('link', { name: 'https://example.nl/hulp' });
    expect(await link.getAttribute('rel')).toContain('nofollow');

    // a neighbour reads along on the phone, without an account
    await phone.page.goto(address);
    await phone.page.getByRole('heading', { level: 1, name: title }).waitFor();

    await signIn(laptop.page, 'noor.vanderhorst@voorbeeld.example');
    const expert = await passOn(laptop.page, title, true);
    const path = await freshLink(expert, seen);
    const mail = await device({ viewport: { width: 360, height: 740 } });
    await mail.page.goto(path);
    expect(await findings(mail.page)).toEqual([]);
    await mail.page.goto('/dev/mail');
    await mail.page.getByRole('main').getByRole('listitem').first().getByRole('link').click();
    await mail.page.waitForURL(/\/dev\/mail\/./);
    expect(await findings(mail.page)).toEqual([]);
    await answerFromMail(mail.page, path, 'De thuiszorg kan daarbij helpen. Bel uw huisarts.');

    // both open pages show it without being asked
    for (const { page } of [tablet, phone])
      await page.getByText('De thuiszorg kan daarbij helpen.').waitFor();
    await tablet.page.getByText('Beantwoord binnen de beloofde tijd.').waitFor();
    const told = await mailTo(visitor(), riet.email, /Iemand heeft uw vraag beantwoord/);
    expect(told).not.toContain('thuiszorg');
    expect(await kept()).toBe(before + 1);

    await tablet.page.goto('/meldingen');
    await tablet.page.getByRole('link', { name: title }).first().waitFor();
    expect([phone, tablet, laptop, mail].flatMap((d) => d.troubles)).toEqual([]);
    await closeAll(phone.context, tablet.context, laptop.context, mail.context);
  });

  it('is walked without JavaScript: ask, desk with undo, answer', async () => {
    const title = 'Waar vind ik een rolstoel voor één middag?';
    const before = await kept();
    const home = await device({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    const desk = await device({ javaScriptEnabled: false });
    const mail = await device({ javaScriptEnabled: false });

    const jan = { name: 'Jan Prins', email: 'jan.prins@voorbeeld.example' };
    const code = await askAsGuest(home.page, jan, title);
    await home.page.getByLabel('Code', { exact: true }).fill(code);
    await home.page.getByRole('button', { name: 'Verder' }).click();
    await home.page.getByRole('heading', { level: 1, name: title }).waitFor();
    const address = home.page.url();

    await signIn(desk.page, 'johan.terpstra@voorbeeld.example');
    const expert = await passOn(desk.page, title, false);
    const first = await freshLink(expert, seen);
    await desk.page.getByRole('button', { name: 'Ongedaan maken' }).first().click();
    await desk.page.getByText(/Gevraagd aan Marleen/).waitFor({ state: 'detached' });
    // what was undone opens nothing any more
    await mail.page.goto(first);
    await mail.page.getByRole('heading', { name: 'Deze link werkt niet meer' }).waitFor();

    await passOn(desk.page, title, false);
    const second = await freshLink(expert, seen);
    await answerFromMail(mail.page, second, 'Bij de thuiszorgwinkel kunt u er een lenen.');
    await home.page.goto(address);
    await home.page.getByText('Bij de thuiszorgwinkel kunt u er een lenen.').waitFor();
    await home.page.getByText('Beantwoord binnen de beloofde tijd.').waitFor();
    expect(await kept()).toBe(before + 1);
    expect([home, desk, mail].flatMap((d) => d.troubles)).toEqual([]);
    await closeAll(home.context, desk.context, mail.context);
  });
});
