import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { mailTo, visit } from '../support/visitor.ts';
import { phone } from '../support/wallet-phones.ts';

/** A provider sends an app in, two curators judge it apart from each other, neighbours see why it is there. */

const HENK = 'henk.brouwer@voorbeeld.example';
const FATIMA = 'fatima.amrani@voorbeeld.example';
const RUBEN = 'ruben.fontein@voorbeeld.example';
const ANIL = 'anil.ramdin@voorbeeld.example';
const LOES = 'loes.klaassen@voorbeeld.example';

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
const saved = (page: Page) => page.getByText('Bewaard.', { exact: true });
/** The answer to a press comes once the page that was gone to has been read. */
async function slowPresses(page: Page) {
  let read = () => {};
  const gone = new Promise<void>((done) => {
    read = done;
  });
  page.on('response', (response) => {
    if (response.url().includes('deel=insturen')) read();
  });
  await page.route(/\?\/bewaar/, async (route) => {
    await gone;
    await route.continue();
    await page.unroute(/\?\/bewaar/);
  });
}
const part = (page: Page, name: string) => page.getByRole('heading', { level: 2, name }).waitFor();

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  const faults = async (page: Page) => (javaScriptEnabled ? findings(page) : []);
  const name = javaScriptEnabled ? 'Ademanker' : 'Rustroute';
  let henk: Page;
  let ruben: Page;
  let anil: Page;
  let loes: Page;
  let fatima: Page;
  beforeAll(async () => {
    const open = (who: string) => phone(browser, app, who, { javaScriptEnabled });
    henk = await open(HENK);
    ruben = await open(RUBEN);
    anil = await open(ANIL);
    loes = await open(LOES);
    fatima = await open(FATIMA);
  }, 90_000);
  afterAll(async () => {
    for (const page of [henk, ruben, anil, loes, fatima]) await page?.context().close();
  });

  it('is written in parts, kept as it is typed, and tells what is missing', async () => {
    await henk.goto('/markt/nieuw');
    await press(henk, /gezondheidsapp/);
    await part(henk, 'De app');
    expect(await faults(henk)).toEqual([]);
    await henk.getByLabel('Naam van de app').fill(name);
    await henk.getByLabel('Versie van de app').fill('1.4');
    await henk.getByLabel('Leverancier', { exact: true }).fill('Stichting Kalm');
    await henk.getByLabel('Land van de leverancier').fill('Nederland');
    await henk.getByLabel('Wat doet de app?').fill('Leert u rustig ademen, vijf minuten per dag.');
    await press(henk, 'Bewaar en ga verder');
    await part(henk, 'Waarvoor en voor wie');
    await henk.getByLabel('Waar draagt de app aan bij?').selectOption('mentaal-welbevinden');
    await henk.getByLabel('Onderwerp').selectOption('stress');
    await henk.getByLabel('Niveau').selectOption('beginner');
    await henk.getByLabel('Website of computer').check();
    await press(henk, 'Bewaar en ga verder');
    await part(henk, 'Prijs en account');
    await henk.getByLabel('Prijs in credits').fill('zes');
    await henk.getByLabel('Wat kost het daarna?').fill('Daarna gratis.');
    await henk.getByLabel(/account maken/).selectOption('nee');
    await press(henk, 'Bewaar en ga verder');
    await part(henk, 'Medische regels');
    await henk.getByLabel('Belooft de app iets medisch?').selectOption('nee');
    await press(henk, 'Bewaar en ga verder');
    await part(henk, 'Privacy');
    await henk.getByLabel('Waar staan de gegevens?').fill('Nederland');
    await henk.getByLabel('Hoe lang blijven gegevens bewaard?').fill('Drie maanden');
    await henk.getByLabel('Krijgen anderen de gegevens?').selectOption('nee');
    await henk.getByLabel(/NEN 7510/).selectOption('ja');
    await press(henk, 'Bewaar en ga verder');
    await part(henk, 'Bewijs, gebruik en veiligheid');
    await henk.getByLabel(/Welk bewijs/).selectOption('expert');
    await henk.getByLabel('Waar blijkt dat uit?').fill('Gelezen door twee psychologen.');
    await henk.getByLabel(/Toegankelijkheid/).fill('2.2 AA, maart 2026');
    await henk.getByLabel(/moeilijk lezen/).selectOption('ja');
    await henk.getByLabel(/echt niet goed gaat/).fill('Verwijst naar de huisarts en 113.');
    await henk.getByLabel(/klacht/).fill('Bij de stichting.');
    await press(henk, 'Bewaar en ga verder');
    await part(henk, 'Alles nog eens nakijken');
    expect(await faults(henk)).toEqual([]);
    expect(await henk.getByRole('button', { name: 'Stuur in' }).count()).toBe(0);
    await henk.getByText('Dit is geen bedrag').waitFor();
    await henk.getByRole('link', { name: 'Prijs in credits' }).click();
    await part(henk, 'Prijs en account');
    expect(await henk.getByLabel('Prijs in credits').inputValue()).toBe('zes');
    await henk.getByText('Dit is geen bedrag').waitFor();
    await henk.getByLabel('Prijs in credits').fill('6');
    await press(henk, 'Bewaar');
    await saved(henk).waitFor();
    await henk.getByRole('link', { name: 'De app', exact: true }).click();
    await henk.getByLabel(/bereiken mensen/).waitFor();
    // it was about the part before
    expect(await saved(henk).count()).toBe(0);
    await henk.getByLabel(/bereiken mensen/).fill('Bel de stichting.');
    // goes on before the answer has come: is not called back, and reads what was kept
    if (javaScriptEnabled) await slowPresses(henk);
    await press(henk, 'Bewaar');
    if (!javaScriptEnabled) await saved(henk).waitFor();
    await henk.getByRole('link', { name: 'Nakijken en insturen' }).click();
    await press(henk, 'Stuur in');
    await heading(henk, 'Mijn aanbod en vragen').waitFor();
  });

  it('is left by a curator who has an interest', async () => {
    await loes.goto('/curatie');
    expect(await faults(loes)).toEqual([]);
    await loes.getByRole('link', { name }).first().click();
    await heading(loes, name).waitFor();
    await press(loes, 'Ja, ik doe niet mee');
    await loes.getByText('U zei dat u belang hebt bij deze app').first().waitFor();
    expect(await loes.getByRole('button', { name: 'Beoordeling vastleggen' }).count()).toBe(0);
  });

  it('is judged by two, who see of each other only afterwards', async () => {
    const judge = async (page: Page, note: string) => {
      await page.goto('/curatie');
      await page.getByRole('link', { name }).first().click();
      await press(page, 'Nee, ik heb geen belang');
      await press(page, 'Beoordeling vastleggen');
      await page.getByRole('heading', { name: /dingen die u moet aanpassen/ }).waitFor();
      expect(await faults(page)).toEqual([]);
      for (const key of [
        'privacy',
        'onderbouwing',
        'gebruiksgemak',
        'toegankelijkheid',
        'veiligheid',
      ]) {
        const criterion = page.locator(`section[aria-labelledby="c-${key}"]`);
        await criterion.getByRole('radio').nth(3).check();
        await criterion.getByLabel('Waarom dit cijfer?').fill(`${note} ${key}`);
      }
      await page.locator('label', { hasText: 'Aanraden' }).click();
      await page.getByLabel('Samengevat').fill(`${note}, dus goed.`);
      await press(page, 'Beoordeling vastleggen');
      await page.getByText('Uw beoordeling is vastgelegd.').waitFor();
    };
    await judge(ruben, 'Bedaard');
    await ruben.getByText('Nu is de andere curator aan zet').waitFor();
    await anil.goto('/curatie');
    await anil.getByRole('link', { name }).first().click();
    await anil.getByText('Er is 1 andere beoordeling').waitFor();
    expect(await anil.getByText('Bedaard').count()).toBe(0);
    await judge(anil, 'Kort');
    await anil.getByText('Bedaard, dus goed.').waitFor();
    expect(await faults(anil)).toEqual([]);
    await press(anil, 'Besluit vastleggen');
    await anil.getByText('Vul dit in').first().waitFor();
    await anil.getByLabel('Waarom?').fill('Eenvoudig en eerlijk over wat het kan.');
    const year = new Date().getFullYear() + 1;
    await anil.getByLabel(/Geldig tot/).fill(`${year}-03-31`);
    await press(anil, 'Besluit vastleggen');
    await anil.getByText('Het besluit is vastgelegd').waitFor();
  });

  it('tells its provider, and says to everybody why it is there', async () => {
    const mail = await mailTo(visit(app.url), HENK, /hebben iets van u bekeken/);
    expect(mail).not.toContain(name);
    await fatima.goto(`/markt?q=${name}`);
    await fatima.getByRole('article').filter({ hasText: name }).getByRole('link').first().click();
    await heading(fatima, name).waitFor();
    await fatima.getByText('Daarna gratis.').waitFor();
    expect(await faults(fatima)).toEqual([]);
    await fatima.getByRole('link', { name: 'Waarom staat dit hier?' }).click();
    await heading(fatima, 'Waarom staat dit hier?').waitFor();
    expect(await faults(fatima)).toEqual([]);
    await fatima.getByText('Eenvoudig en eerlijk over wat het kan.').waitFor();
    await fatima.getByText(/Ruben Fontein/).waitFor();
    await fatima.getByText(/Anil Ramdin/).waitFor();
    expect(await fatima.getByText('4 van 5').count()).toBe(5);
  });
});
