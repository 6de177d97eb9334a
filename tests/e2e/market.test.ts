import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { mailTo, visit } from '../support/visitor.ts';
import { phone } from '../support/wallet-phones.ts';

/** Somebody places something with their phone, the market master publishes it, a neighbour finds it. */

const HENK = 'henk.brouwer@voorbeeld.example';
const FATIMA = 'fatima.amrani@voorbeeld.example';
const INEKE = 'ineke.bloemhof@voorbeeld.example';

let app: AppProcess;
let browser: Browser;

beforeAll(async () => {
  const env = { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' };
  [app, browser] = await Promise.all([startApp({ env }), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name });
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  const faults = async (page: Page) => (javaScriptEnabled ? findings(page) : []);
  const word = javaScriptEnabled ? 'vogelhuisje' : 'insectenhotel';
  const title = `Samen een ${word} timmeren`;
  let henk: Page;
  let ineke: Page;
  let fatima: Page;
  beforeAll(async () => {
    henk = await phone(browser, app, HENK, { javaScriptEnabled });
    ineke = await phone(browser, app, INEKE, { javaScriptEnabled });
    fatima = await phone(browser, app, FATIMA, { javaScriptEnabled });
  }, 60_000);
  afterAll(async () => {
    for (const page of [henk, ineke, fatima]) await page?.context().close();
  });

  it('keeps what is typed, also what is not right, and says at each field what is', async () => {
    await henk.goto('/markt/nieuw');
    await press(henk, /Ik bied iets aan/);
    await heading(henk, 'Wat biedt u aan?').waitFor();
    expect(await faults(henk)).toEqual([]);
    await henk.getByLabel('Titel').fill(title);
    // the whole card is the target
    await henk.locator('label', { hasText: 'Een bedrag per uur' }).click();
    await henk.getByLabel(/Hoeveel/).fill('zes');
    await press(henk, 'Stuur naar de marktmeester');
    await henk.getByRole('heading', { name: /dingen die u moet aanpassen/ }).waitFor();
    expect(await faults(henk)).toEqual([]);
    await henk.getByText('Dit is geen bedrag').first().waitFor();
    expect(await henk.getByLabel(/Hoeveel/).inputValue()).toBe('zes');
    // the draft is there on another visit too, as it was typed
    await henk.goto('/markt/mijn');
    await henk.getByRole('link', { name: title, exact: true }).click();
    await heading(henk, 'Wat biedt u aan?').waitFor();
    expect(await henk.getByLabel('Titel').inputValue()).toBe(title);
    expect(await henk.getByLabel(/Hoeveel/).inputValue()).toBe('zes');
  });

  if (javaScriptEnabled)
    it('keeps it by itself while it is written', async () => {
      await henk.getByLabel('Vertel wat meer').fill('Van een plank en acht schroeven.');
      await henk.getByText(/^Bewaard om/).waitFor();
      await henk.reload();
      expect(await henk.getByLabel('Vertel wat meer').inputValue()).toBe(
        'Van een plank en acht schroeven.',
      );
    });

  it('warns of a telephone number and lets it go to the market master', async () => {
    await henk
      .getByLabel('Vertel wat meer')
      .fill('Van een plank en acht schroeven. Bel 06-12345678.');
    await henk.getByLabel('Onderwerp').selectOption({ label: 'Klussen in huis' });
    await henk.getByLabel('Buurt', { exact: true }).selectOption({ label: 'Molenwal' });
    await henk.getByLabel(/Hoeveel/).fill('6,50');
    await press(henk, 'Bewaar');
    await henk.getByText('telefoonnummer of mailadres in').waitFor();
    expect(await faults(henk)).toEqual([]);
    await press(henk, 'Stuur naar de marktmeester');
    await heading(henk, 'Mijn aanbod en vragen').waitFor();
    await henk.getByText('Wacht op de marktmeester').first().waitFor();
  });

  it('tells who was second what changed, and keeps what they typed', async () => {
    await henk.goto('/markt/nieuw');
    await press(henk, /Ik vraag om hulp/);
    await heading(henk, 'Wat vraagt u?').waitFor();
    const second = await henk.context().newPage();
    await second.goto(henk.url());
    await henk.getByLabel('Titel').fill('Wie wast mijn ramen?');
    await press(henk, 'Bewaar');
    await henk.getByText('Bewaard.', { exact: true }).waitFor();
    await second.getByLabel('Titel').fill('Wie zeemt mijn ramen?');
    await press(second, 'Bewaar');
    await second.getByText('Iemand anders was u voor').waitFor();
    await second.getByText('Wie wast mijn ramen?').waitFor();
    expect(await faults(second)).toEqual([]);
    expect(await second.getByLabel('Titel').inputValue()).toBe('Wie zeemt mijn ramen?');
    await press(second, 'Bewaar');
    await second.getByText('Bewaard.', { exact: true }).waitFor();
    await second.close();
    await henk.goto('/markt/mijn');
    await henk
      .getByRole('article')
      .filter({ hasText: 'Wie zeemt' })
      .getByRole('button', { name: /Gooi weg/ })
      .click();
    await henk.getByText('Het is gestopt.').waitFor();
    expect(await henk.getByText('Wie zeemt').count()).toBe(0);
  });

  it('is sent back with a reason, which its author reads and heeds', async () => {
    await ineke.goto('/marktmeester');
    await ineke.getByRole('link', { name: title }).click();
    await heading(ineke, title).waitFor();
    await ineke.getByText('telefoon of mail', { exact: true }).waitFor();
    await press(ineke, 'Stuur terug met een reden');
    await ineke.getByText('Vul dit in').first().waitFor();
    await ineke
      .getByLabel('Reden')
      .selectOption({ label: 'Er staan gegevens in die niemand anders hoort te lezen' });
    await ineke.getByLabel(/Bericht aan wie/).fill('Haal het nummer weg, dan plaats ik het.');
    await press(ineke, 'Stuur terug met een reden');
    await heading(ineke, 'Marktmeester').waitFor();
    const mail = await mailTo(visit(app.url), HENK, /heeft beslist over iets/);
    expect(mail).not.toContain(word);
    await henk.goto('/meldingen');
    // newest first, and there may be news of other things
    const decided = henk.locator('li', { hasText: 'De marktmeester besliste over iets van u' });
    await decided.first().getByRole('link', { name: 'Bekijk hoe het ervoor staat' }).click();
    await henk.getByText('Haal het nummer weg, dan plaats ik het.').waitFor();
    await henk.getByLabel('Vertel wat meer').fill('Van een plank en acht schroeven.');
    await press(henk, 'Stuur naar de marktmeester');
    await heading(henk, 'Mijn aanbod en vragen').waitFor();
    await ineke.goto('/marktmeester');
    await ineke.getByRole('link', { name: title }).click();
    await press(ineke, 'Plaats op de markt');
    await heading(ineke, 'Marktmeester').waitFor();
  });

  it('is found by its words and by filters, with the reasons of its place', async () => {
    await fatima.goto('/markt');
    expect(await faults(fatima)).toEqual([]);
    await fatima.getByLabel('Waar zoekt u naar?').fill(`${word}s`);
    await fatima.getByRole('button', { name: 'Tonen' }).first().click();
    const card = fatima.getByRole('article').filter({ hasText: title });
    await card.waitFor();
    await card.getByText('past bij uw zoekwoorden').waitFor();
    await fatima.getByText('Filters', { exact: true }).click();
    await fatima.getByLabel('Uw buurt').selectOption({ label: 'Molenwal' });
    await fatima.getByLabel(/Ten hoogste dit bedrag/).check();
    await fatima.getByLabel(/Hoeveel/).fill('7');
    await fatima.getByRole('button', { name: 'Tonen' }).last().click();
    await card.getByText('in uw buurt').waitFor();
    await fatima.getByLabel(/Hoeveel/).fill('6');
    await fatima.getByRole('button', { name: 'Tonen' }).last().click();
    await fatima.waitForURL(/bedrag=6/);
    await card.waitFor({ state: 'detached' });
    // without an amount: what she can spend now
    await fatima.getByLabel(/Hoeveel/).fill('');
    await fatima.getByRole('button', { name: 'Tonen' }).last().click();
    await card.waitFor();
    expect(await fatima.getByLabel(/Hoeveel/).inputValue()).toMatch(/^\d+,\d\d$/);
    await fatima.getByRole('link', { name: 'Wis de filters' }).first().click();
    await card.getByRole('link').click();
    await heading(fatima, title).waitFor();
    expect(await faults(fatima)).toEqual([]);
    expect(await fatima.getByRole('link', { name: 'Vraag dit' }).getAttribute('href')).toMatch(
      /\/markt\/\w+\/[a-z-]+\/vraag$/,
    );
  });

  it('leaves the lists when it worked out', async () => {
    await henk.goto('/markt/mijn');
    const own = henk.getByRole('article').filter({ hasText: title });
    await own.getByRole('button', { name: /Het is gelukt/ }).click();
    await own.getByText('Gelukt', { exact: true }).waitFor();
    await fatima.goto(`/markt?q=${word}`);
    await fatima
      .getByRole('heading', { name: /gevonden$/ })
      .first()
      .waitFor();
    expect(await fatima.getByRole('article').filter({ hasText: title }).count()).toBe(0);
  });
});
