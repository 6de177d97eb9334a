import * as contract from '@wijk/contracts';
import { DAY_MS } from '@wijk/domain/kernel';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPages } from '../../apps/api/src/http/web.ts';
import { type ServedHouse, serveHouse } from '../api/served-house.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Guest, ok } from '../support/house.ts';
import { ownDatabase } from '../support/own-database.ts';
import { openTill, type Till } from '../support/wallet.ts';

/**
 * The treasurer at work in a real browser, with and without JavaScript, on a house whose clock is moved by
 * hand: budgets from a file to their end, settlements, proposals that take two, freezing, another policy.
 */

const START = '2026-12-01T10:00:00Z';

let house: ServedHouse;
let till: Till;
let browser: Browser;
let treasurer: Guest;
let admin: Guest;
let anna: Guest;
let bram: Guest;
let shops: string[];

beforeAll(async () => {
  const [database, pages] = await Promise.all([ownDatabase(), loadPages()]);
  house = await serveHouse({ database, pages, now: START, env: { STRICT_LIMITS: 'no' } });
  browser = await launchBrowser();
  till = openTill(house);
  treasurer = await house.guest('Pien Ningmeester', ['treasurer']);
  admin = await house.guest('Bea Heerder', ['admin']);
  anna = await house.guest('Anna de Vries');
  bram = await house.guest('Bram Bos');
  shops = [];
  for (const name of ['Bakker Bol', 'Fysio Fit']) {
    const keeper = await house.guest(`Baas van ${name}`);
    const organisationId = await till.organisation(name, [[keeper, null]]);
    await till.holder({ kind: 'organisation', organisationId });
    shops.push(organisationId);
  }
});

afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function pageOf(who: Guest, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({
    baseURL: house.origin,
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    reducedMotion: 'reduce',
    javaScriptEnabled,
  });
  context.setDefaultTimeout(30_000);
  const [name = '', value = ''] = (await house.cookieOf(who)).split('=');
  await context.addCookies([{ name, value, url: house.origin, httpOnly: true }]);
  return context.newPage();
}

const at = (path: string) => `/w/${house.wijk.slug}/penningmeester${path}`;
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const text = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();
const shopOf = (i: number) => ({ kind: 'organisation', organisationId: shops[i] ?? '' }) as const;

// first: later on the clock is put back, which no book of a day bears
describe('the book', () => {
  it('is read through on a button', async () => {
    await till.issue(anna, 100);
    const page = await pageOf(treasurer);
    await page.goto(at('/controle'));
    await press(page, 'Nu nalopen');
    await text(page, /Aangevraagd .* door Pien Ningmeester/);
    expect(await page.getByRole('button', { name: 'Nu nalopen' }).count()).toBe(0);
    expect(await findings(page)).toEqual([]);
    await house.work();
    await page.reload();
    await text(page, /verzegelde blokken, door Pien Ningmeester/);
    await text(page, /: klopt$/);
    expect(await findings(page)).toEqual([]);
    await till.pay(anna, bram, 100);
    await page.context().close();
  });
});

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a programme, %s', (_, javaScript) => {
  const name = javaScript ? 'Samen fit' : 'Samen sterk';

  it('is made, filled, given by a file, spent, settled with two suppliers, and comes home', async () => {
    house.clock.set(START);
    const page = await pageOf(treasurer, javaScript);
    await page.goto(at('/programmas/nieuw'));
    await press(page, 'Programma maken');
    await text(page, /Er zijn nog \d dingen die u moet aanpassen/);
    await page.getByLabel('Naam', { exact: true }).fill(name);
    await page.getByLabel('Budget per deelnemer').fill('50');
    await page.getByLabel('Eerste dag').fill('1-12-2026');
    await page.getByLabel('Laatste dag').fill('10-12-2026');
    if (javaScript) expect(await findings(page)).toEqual([]);
    await press(page, 'Programma maken');
    await text(page, 'Het programma is gemaakt');
    const id = page.url().split('/').at(-1) ?? '';

    await page.getByLabel('Bedrag om aan te vullen').fill('99,50');
    await page.getByLabel('Reden').fill('subsidie van de gemeente');
    await press(page, 'Aanvullen');
    await text(page, 'De rekening is aangevuld');
    await text(page, /Nog te geven: Ȼ.99,50/);
    for (const shop of ['Bakker Bol', 'Fysio Fit']) {
      await page.getByText('Een aanbieder toevoegen').click();
      await page.getByLabel('Organisatie').selectOption(shop);
      await page.getByLabel('Soort aanbod').selectOption('cursussen');
      await page.getByLabel('Onderwerp').selectOption({ index: 1 });
      await press(page, 'Toevoegen');
      await text(page, 'De aanbieder doet mee');
    }

    // there is half a credit too little for two
    const list = `naam;e-mail\nAnna;${anna.email}\niemand\nBram;${bram.email}\n`;
    const file = { name: 'deelnemers.csv', mimeType: 'text/csv', buffer: Buffer.from(list) };
    await page.getByRole('link', { name: 'Deelnemers toevoegen' }).click();
    await page.getByLabel('Lijst met deelnemers').setInputFiles(file);
    await press(page, 'Kijk wat er gebeurt');
    await text(page, /Er staat 0,50 wijk-credits te weinig/);
    const fill = { amount: 50, reason: 'de rest' };
    ok(
      await house.call(contract.fundProgramme, treasurer, {
        params: { programme: id },
        body: fill,
      }),
    );
    await page.goto(at(`/programmas/${id}/deelnemers`));
    await page.getByLabel('Lijst met deelnemers').setInputFiles(file);
    await press(page, 'Kijk wat er gebeurt');
    await text(
      page,
      /2 krijgen een budget, samen Ȼ.100,00. 0 hadden er al een. Geweigerde regels: 1/,
    );
    await text(page, 'geen goed e-mailadres');
    if (javaScript) expect(await findings(page)).toEqual([]);
    await press(page, 'Nu echt toevoegen');
    await page.getByRole('heading', { name: 'Toegevoegd' }).waitFor();

    // a participant spends the budget before credits of their own
    await till.issue(anna, 2000);
    const first = await till.pay(anna, shopOf(0), 3000);
    const second = await till.pay(anna, shopOf(1), 2500);
    await till.pay(bram, shopOf(1), 1000);
    expect([first.payment.earmarked, second.payment.earmarked]).toEqual([3000, 2000]);

    house.clock.advance(DAY_MS);
    for (const [shop, amount] of [
      ['Bakker Bol', '30,00'],
      ['Fysio Fit', '30,00'],
    ] as const) {
      await page.goto(at(`/programmas/${id}`));
      const due = page.locator('form.due').filter({ hasText: shop });
      await due.getByLabel('Tot en met').fill('1-12-2026');
      await due.getByRole('button', { name: /Afrekenen/ }).click();
      await page.getByRole('heading', { name: `Afrekening van ${shop}` }).waitFor();
      await text(page, new RegExp(`Uit omloop genomen: Ȼ.${amount}`));
      expect(await page.locator('main').textContent()).not.toMatch(/Anna|Bram/);
    }
    await page.goto(at(`/programmas/${id}`));
    await text(page, 'Er is niets af te rekenen');

    // the last day is over
    house.clock.set('2026-12-10T23:00:00Z');
    await house.work();
    await page.reload();
    await text(page, 'afgesloten');
    await text(page, 'teruggegaan');
    await text(page, /Nog te geven: Ȼ.0,00. Bij deelnemers: Ȼ.0,00/);
    if (javaScript) expect(await findings(page)).toEqual([]);
    const totals = await house.services.book.totals(house.wijk.id);
    const lots = totals.find(({ kind }) => kind === 'lot');
    expect([lots?.balance, totals.reduce((s, { balance }) => s + balance, 0)]).toEqual([0, 0]);
    await page.context().close();
  });
});

describe('two people', () => {
  it('are needed to make many credits and to take a large payment back', async () => {
    const page = await pageOf(treasurer, false);
    await page.goto(at('/voorstellen/uitgeven'));
    await page.getByLabel('Bedrag').fill('veel');
    await press(page, 'Voorstellen');
    await text(page, 'Dit is geen bedrag');
    await page.getByLabel('Bedrag').fill('250');
    await page.getByLabel('Reden').fill('start van het jaar');
    await press(page, 'Voorstellen');
    await text(page, 'Uw voorstel wacht op iemand anders');
    await page
      .getByRole('link', { name: /Uitgifte/ })
      .first()
      .click();
    await text(page, 'Iemand anders moet hierover beslissen');
    expect(await page.getByRole('button', { name: 'Akkoord' }).count()).toBe(0);
    const proposal = page.url();

    const other = await pageOf(admin);
    await other.goto(proposal);
    expect(await findings(other)).toEqual([]);
    await press(other, 'Akkoord, doen');
    await text(other, 'Het is gedaan');
    expect(await till.balance({ kind: 'fund' })).toBe(25_000);
    // for who only looks along there is one page
    await other.goto(at(''));
    await other.waitForURL(/voorstellen$/);

    await till.issue(anna, 15_000);
    const { payment } = await till.pay(anna, bram, 15_000, { memo: 'voor de zalf' });
    const before = await till.balance(anna);
    await page.goto(at('/voorstellen/terugdraaien'));
    await page.getByLabel('Kenmerk').fill(payment.id.slice(0, 8));
    await press(page, 'Zoeken');
    await text(page, /Ȼ.150,00 van Anna de Vries aan Bram Bos/);
    expect(await page.content()).not.toContain('zalf');
    await page.getByLabel('Reden').fill('verkeerde ontvanger');
    await press(page, 'Terugdraaien');
    await text(page, 'Uw voorstel wacht op iemand anders');
    await other.goto(at('/voorstellen'));
    await other
      .getByRole('link', { name: /Betaling terugdraaien/ })
      .first()
      .click();
    await press(other, 'Akkoord, doen');
    await text(other, 'Het is gedaan');
    expect(await till.balance(anna)).toBe(before + 15_000);
    await page.goto(at('/logboek'));
    await text(page, 'Gedaan, door Bea Heerder');
    await text(page, 'verkeerde ontvanger');
  });
});

describe('an account', () => {
  it('is frozen with a reason, and thawed', async () => {
    const page = await pageOf(treasurer);
    await page.goto(at('/rekeningen?zoek=bram'));
    await page.getByRole('link', { name: 'Bram Bos' }).click();
    await press(page, 'Rekening stilzetten');
    await text(page, 'Reden: Vul dit in.');
    await page.getByLabel('Reden').first().fill('telefoon kwijt');
    await press(page, 'Rekening stilzetten');
    await text(page, 'De rekening staat stil');
    await till.issue(anna, 100);
    await expect(till.pay(anna, bram, 100)).rejects.toThrow('wallet.cannot-receive');
    expect(await findings(page)).toEqual([]);
    await page.getByLabel('Reden').first().fill('telefoon terug');
    await press(page, 'Rekening weer laten lopen');
    await text(page, 'De rekening loopt weer');
    await till.pay(anna, bram, 100);
    await page.getByLabel('Mag per dag betalen').fill('12,50');
    await page.getByLabel('Reden').last().fill('op eigen verzoek');
    await press(page, 'Grens opslaan');
    await text(page, 'De grens is opgeslagen');
    await text(page, /Ȼ.12,50 \(eigen grens\)/);
    await page.getByRole('link', { name: 'Jaaroverzicht' }).last().click();
    await page.getByRole('heading', { name: 'Jaaroverzicht 2026 van Bram Bos' }).waitFor();
    expect(await findings(page)).toEqual([]);
  });
});

describe('another policy', () => {
  it('is tried on what happened before it is adopted, without JavaScript as well', async () => {
    const page = await pageOf(treasurer, false);
    await page.goto(at('/beleid/wijzigen'));
    await page.getByLabel('Bijdrage aan de wijk, in procent').fill('30');
    await press(page, 'Kijk wat het doet');
    await text(page, /Bijdrage aan de wijk, in procent: /);
    await page.getByLabel('Bijdrage aan de wijk, in procent').fill('2,5');
    await page.getByLabel('Naam van meer credits').fill('elzentjes');
    await press(page, 'Kijk wat het doet');
    const row = page.getByRole('row', { name: /Bijdrage aan de wijk/ });
    await row.waitFor();
    expect(await row.textContent()).not.toMatch(/0,00\s*$/);
    expect((await house.services.wallet.policies.current(house.wijk.id)).version).toBe(1);
    await page.getByLabel('Waarom wijzigt het?').fill('besluit van het bestuur');
    await press(page, 'Dit beleid vaststellen');
    await text(page, 'Het nieuwe beleid is vastgesteld');
    await house.work();
    const policy = await house.services.wallet.policies.current(house.wijk.id);
    expect(policy).toMatchObject({ contributionPermille: 25, plural: 'elzentjes', version: 2 });
  });
});

describe('the figures', () => {
  it('are charts with a sentence and a table, a file, and an overview of what waits', async () => {
    const page = await pageOf(treasurer);
    await page.goto(at(''));
    await page.getByRole('heading', { name: 'Wat er wacht' }).waitFor();
    await text(page, /is .*in omloop/);
    expect(await findings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Omloop' }).click();
    await page.getByRole('img', { name: /^Betaald/ }).waitFor();
    expect(await page.getByRole('img').count()).toBe(6);
    await page.getByText('Als tabel').click();
    expect(await page.getByRole('row').count()).toBe(14);
    expect(await findings(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download als CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('omloop-elzenhof.csv');
    await page.goto(at('/jaar'));
    await page.getByRole('heading', { name: 'Bewoners' }).waitFor();
    expect(await findings(page)).toEqual([]);
  });

  it('are for nobody else', async () => {
    const page = await pageOf(anna);
    const response = await page.goto(at('/omloop'));
    expect(response?.status()).toBe(403);
  });
});
