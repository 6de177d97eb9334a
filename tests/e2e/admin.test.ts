import { DEMONSTRATION_ACCOUNTS } from '@wijk/db/seed';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { codeIn, mailTo, signIn, visit } from '../support/visitor.ts';

/**
 * The admin's work in a real browser, with and without JavaScript: roles that count at once, and a new
 * wijk from its name to its first answer.
 */

let app: AppProcess;
let browser: Browser;

const emailOf = (role: string) =>
  DEMONSTRATION_ACCOUNTS.find((account) => account.role === role)?.email ?? '';

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

/** A device on which somebody may be signed in; every problem on it fails the test. */
async function device(email: string | null, javaScriptEnabled = true) {
  const context = await browser.newContext({
    baseURL: app.url,
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    reducedMotion: 'reduce',
    javaScriptEnabled,
  });
  context.setDefaultTimeout(30_000);
  if (email) {
    const [name = '', value = ''] = (await signIn(app.url, email)).cookie.split('=');
    await context.addCookies([{ name, value, url: app.url, httpOnly: true }]);
  }
  const troubles: string[] = [];
  context.on('weberror', (error) => troubles.push(`error: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
      troubles.push(`console: ${message.text()}`);
  });
  return { context, page: await context.newPage(), troubles };
}

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name });

/** Signs in on the page that is open, with the mailed code. */
async function enter(page: Page, email: string): Promise<void> {
  const before = await mailTo(visit(app.url), email, /\d{3} ?\d{3}/, 50).catch(() => '');
  await page.getByLabel('Uw e-mailadres').fill(email);
  await page.getByRole('button', { name: 'Mail mij een code' }).click();
  await heading(page, 'Vul de code in').waitFor();
  const text = await mailTo(visit(app.url), email, /\d{3} ?\d{3}/);
  expect(text).not.toBe(before);
  await page.getByLabel('Code', { exact: true }).fill(codeIn(text));
  await page.getByRole('button', { name: 'Verder' }).click();
}

describe('roles', () => {
  it('count at once, on the next request and on a desk that is open', async () => {
    const admin = await device(emailOf('admin'));
    const neighbour = await device(emailOf('resident'));
    await admin.page.goto('/beheer/mensen?zoek=fatima');
    await admin.page.getByRole('link', { name: 'Fatima Amrani' }).click();
    await heading(admin.page, 'Fatima Amrani').waitFor();
    await neighbour.page.goto('/redactie');
    await heading(neighbour.page, 'Deze pagina is niet voor u').waitFor();

    await admin.page.getByRole('button', { name: 'Geef de rol redacteur' }).click();
    await admin.page.getByText('Fatima Amrani is nu redacteur.').waitFor();
    await neighbour.page.goto('/redactie');
    await heading(neighbour.page, /^Redactie/).waitFor();
    // the socket of the desk is there before the role goes
    await neighbour.page.waitForTimeout(500);
    await admin.page.getByRole('button', { name: 'Neem de rol redacteur af' }).click();
    await admin.page.getByText('Fatima Amrani is geen redacteur meer.').waitFor();
    // nobody touches the neighbour's page
    await heading(neighbour.page, 'Deze pagina is niet voor u').waitFor();
    await admin.page.getByRole('heading', { name: 'Wat deze persoon kreeg' }).waitFor();
    expect(await admin.page.getByText(/nam de rol redacteur van Fatima Amrani af/).count()).toBe(1);
    expect(await findings(admin.page)).toEqual([]);
    expect([...admin.troubles, ...neighbour.troubles]).toEqual([]);
    await admin.context.close();
    await neighbour.context.close();
  });
});

/** Presses on to the next step, and waits for it. */
async function goOn(page: Page, next: string): Promise<void> {
  await page.getByRole('button', { name: 'Bewaar en ga verder' }).click();
  await heading(page, next).waitFor();
}

describe.each([
  ['with JavaScript', true, 'Aan de Vaart', 'aan-de-vaart'],
  ['without JavaScript', false, 'Bij de Molen', 'bij-de-molen'],
] as const)('a new wijk, %s', (_, script, name, slug) => {
  it('is set up step by step, opens, and gets its first question answered', async () => {
    const { page, context, troubles } = await device(emailOf('platform-admin'), script);
    await page.goto('/beheer/wijken');
    await page.getByRole('link', { name: 'Maak een wijk' }).click();
    await page.getByLabel('Naam van de wijk').fill('X');
    await page.getByRole('button', { name: 'Maak de wijk en ga verder' }).click();
    await page.locator('.error-summary').waitFor();
    await page.getByLabel('Naam van de wijk').fill(name);
    await page.getByRole('button', { name: 'Maak de wijk en ga verder' }).click();
    await heading(page, 'CBS-codes').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/w/${slug}/beheer/instellingen/codes`);
    // nobody else sees it
    const outsider = await device(null);
    expect((await outsider.page.goto(`/w/${slug}`))?.status()).toBe(404);

    await page.getByLabel('Codes van wijk en buurten').fill('WK0363');
    await page.getByLabel('Jaar van de codes').fill('2025');
    await page.getByRole('button', { name: 'Bewaar en ga verder' }).click();
    await page.locator('.error-summary').waitFor();
    expect(await page.getByLabel('Codes van wijk en buurten').inputValue()).toBe('WK0363');
    await page.getByLabel('Codes van wijk en buurten').fill('WK036300\nBU03630001');
    await goOn(page, 'Onderwerpen');
    await page.getByLabel('Nieuw onderwerp', { exact: true }).first().fill('Varen');
    await page
      .getByLabel(/^Veiligheid niet meer/)
      .or(page.getByLabel(/niet meer aanbieden: Veiligheid/))
      .check();
    await goOn(page, 'Openingstijden');
    await page.getByLabel('Maandag').fill('9 uur');
    await page.getByRole('button', { name: 'Bewaar en ga verder' }).click();
    await page.locator('.error-summary').waitFor();
    await page.getByLabel('Maandag').fill('09:00-12:00, 13:00-17:00');
    await goOn(page, 'Feestdagen');
    await page.getByLabel(/^Goede Vrijdag/).check();
    // back and forth, and nothing is lost
    await page.getByRole('button', { name: 'Bewaar en ga terug' }).click();
    await heading(page, 'Openingstijden').waitFor();
    expect(await page.getByLabel('Maandag').inputValue()).toBe('09:00-12:00, 13:00-17:00');
    await goOn(page, 'Feestdagen');
    expect(await page.getByLabel(/^Goede Vrijdag/).isChecked()).toBe(true);
    await goOn(page, 'Belofte');
    await page.getByLabel('Antwoord binnen hoeveel uur?').fill('36');
    await goOn(page, 'Toezicht');
    await page.getByLabel('Vragen per persoon per dag').fill('7');
    await goOn(page, 'Uiterlijk');
    await page.getByLabel('Paars').check();
    await page.getByLabel('Een zin onder de naam').fill('Samen weten we meer');
    await goOn(page, 'Eerste mensen');
    expect(await page.locator('.page').getAttribute('data-accent')).toBe('paars');

    const editor = `noor.${slug}@voorbeeld.example`;
    await page.getByRole('link', { name: 'Iemand uitnodigen' }).click();
    await page.getByLabel('E-mailadres').fill(editor);
    await page.getByLabel('Naam', { exact: false }).first().fill('Noor Nieuw');
    await page.getByLabel('redacteur', { exact: true }).check();
    await page.getByLabel('beheerder', { exact: true }).check();
    await page.getByRole('button', { name: 'Verstuur de uitnodiging' }).click();
    await page.getByText(`De uitnodiging aan ${editor} is verstuurd.`).waitFor();
    await page.goto(`/w/${slug}/beheer/instellingen/openen`);
    // axe is a script itself
    if (script) expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Open de wijk' }).click();
    await page.getByText('De wijk is open. Welkom!').waitFor();

    // the first question, by a guest
    const asker = `vrager.${slug}@voorbeeld.example`;
    await outsider.page.goto(`/w/${slug}/vragen/nieuw`);
    await outsider.page.getByText('36 uur').first().waitFor();
    await outsider.page.getByLabel('Uw vraag in één zin').fill('Waar kan ik leren varen?');
    await outsider.page.getByLabel('Onderwerp').selectOption({ label: 'Varen' });
    expect(await outsider.page.getByRole('option', { name: 'Veiligheid' }).count()).toBe(0);
    await outsider.page.getByLabel('Uw naam').fill('Vera Vrager');
    await outsider.page.getByLabel('Uw e-mailadres').fill(asker);
    await outsider.page.getByRole('button', { name: 'Mail mij een code' }).click();
    await heading(outsider.page, 'Vul de code in').waitFor();
    const code = codeIn(await mailTo(visit(app.url), asker, /\d{3} ?\d{3}/));
    await outsider.page.getByLabel('Code', { exact: true }).fill(code);
    await outsider.page.getByRole('button', { name: 'Verder' }).click();
    await heading(outsider.page, 'Waar kan ik leren varen?').waitFor();
    const question = new URL(outsider.page.url()).pathname;

    // the invited editor signs in, and has the role with the sign-in
    const noor = await device(null, script);
    await noor.page.goto(`/w/${slug}/inloggen`);
    await enter(noor.page, editor);
    await noor.page.getByRole('link', { name: 'Redactie', exact: true }).waitFor();
    await noor.page.goto(question);
    await noor.page.getByLabel('Uw antwoord').fill('Bij de haven geeft Kees elke zaterdag les.');
    await noor.page.getByRole('button', { name: 'Plaats mijn antwoord' }).click();
    await noor.page.getByText('Bij de haven geeft Kees').first().waitFor();
    await outsider.page.goto(question);
    await outsider.page.getByText('Bij de haven geeft Kees').first().waitFor();
    expect([...troubles, ...outsider.troubles, ...noor.troubles]).toEqual([]);
    for (const { context: used } of [noor, outsider]) await used.close();
    await context.close();
  });
});
