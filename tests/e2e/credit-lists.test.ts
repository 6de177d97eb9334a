import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as contract from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
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
 * What can be looked up and kept, in a real browser, with and without JavaScript: settlements of a supplier,
 * participants who are chosen by hand, reservations one by one, years as a file; and the parts of the control
 * room on a phone.
 */

let house: ServedHouse;
let till: Till;
let browser: Browser;
let treasurer: Guest;
let anna: Guest;
let bram: Guest;
let keeper: Guest;

beforeAll(async () => {
  const [database, pages] = await Promise.all([ownDatabase(), loadPages()]);
  const env = { STRICT_LIMITS: 'no' };
  house = await serveHouse({ database, pages, now: '2026-12-01T10:00:00Z', env });
  browser = await launchBrowser();
  till = openTill(house);
  treasurer = await house.guest('Pien Ningmeester', ['treasurer']);
  anna = await house.guest('Anna de Vries');
  bram = await house.guest('Bram Bos');
  keeper = await house.guest('Baas Hoekstra');
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

const PHONE = { width: 360, height: 740 };

async function pageOf(
  who: Guest,
  javaScriptEnabled: boolean,
  viewport = { width: 1280, height: 900 },
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: house.origin,
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    reducedMotion: 'reduce',
    javaScriptEnabled,
    viewport,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(30_000);
  const [name = '', value = ''] = (await house.cookieOf(who)).split('=');
  await context.addCookies([{ name, value, url: house.origin, httpOnly: true }]);
  return context.newPage();
}

const at = (path: string) => `/w/${house.wijk.slug}${path}`;
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();
const text = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();
/** Follows a link that saves a file: its name and what is in it. */
async function save(page: Page, name: string): Promise<{ name: string; text: string }> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('link', { name }).click();
  const download = await waiting;
  const bytes = await readFile(await download.path());
  return { name: download.suggestedFilename(), text: bytes.toString() };
}
async function programme(name: string, funds: number): Promise<string> {
  const terms = { name, about: '', source: 'issuance' as const, kinds: [], themes: [] };
  const dates = { startsOn: '2026-12-01', endsOn: '2027-12-31' };
  const body = { ...terms, ...dates, perParticipant: 5000 };
  const { id } = ok(await house.call(contract.createProgramme, treasurer, { body }));
  const params = { programme: id };
  const fill = { amount: funds, reason: 'voor de proef' };
  ok(await house.call(contract.fundProgramme, treasurer, { params, body: fill }));
  return id;
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_, javaScript) => {
  const ending = javaScript ? 'een' : 'twee';
  const faults = async (page: Page) => (javaScript ? findings(page) : []);

  it('participants are chosen by name, refused by name, and given once', async () => {
    await till.adopt({ fourEyesFrom: 100_000_000 });
    const [carla, dirk] = [
      await house.guest(`Carla Zoekmaar ${ending}`),
      await house.guest(`Dirk Zoekmaar ${ending}`),
    ];
    const frozen = await house.guest(`Ella Stil ${ending}`);
    const id = await programme(`Samen ${ending}`, 9000);
    const page = await pageOf(treasurer, javaScript);
    await page.goto(at(`/penningmeester/programmas/${id}`));
    await page.getByRole('link', { name: 'Deelnemers toevoegen' }).click();
    await page.getByLabel('Zoek op naam').fill('zo');
    await press(page, 'Zoek');
    await page.locator('.field .error').getByText('te kort').waitFor();
    await page.getByLabel('Zoek op naam').fill(`zoekmaar ${ending}`);
    await press(page, 'Zoek');
    await press(page, 'Geef gekozen mensen budget');
    await page.locator('.field .error').getByText('Kies ten minste één persoon.').waitFor();
    expect(await faults(page)).toEqual([]);
    await page.getByLabel(carla.name).check();
    await page.getByLabel(dirk.name).check();
    await page.getByLabel('Zoek op naam').fill(`stil ${ending}`);
    await press(page, 'Zoek');
    await page.getByLabel(frozen.name).check();
    expect(await page.getByLabel(carla.name).isChecked()).toBe(true);
    expect(await faults(page)).toEqual([]);
    // frozen after they were found
    const { accountId: account } = await till.holder(frozen);
    const body = { reason: 'even kijken' };
    ok(await house.call(contract.freezeAccount, treasurer, { params: { account }, body }));

    // there is ten too little for two: nobody gets one, and everybody stays chosen
    await press(page, 'Geef gekozen mensen budget');
    await text(page, /Er staat 10,00 .* te weinig/);
    expect(await page.getByText('Referentie').count()).toBe(0);
    expect(await page.getByLabel(dirk.name).isChecked()).toBe(true);
    const fill = { amount: 1000, reason: 'de rest' };
    ok(
      await house.call(contract.fundProgramme, treasurer, {
        params: { programme: id },
        body: fill,
      }),
    );
    // the same form, open twice
    const second = await page.context().newPage();
    await second.goto(page.url().split('?')[0] ?? '');
    for (const name of ['zoekmaar', 'stil']) {
      await second.getByLabel('Zoek op naam').fill(`${name} ${ending}`);
      await press(second, 'Zoek');
      for (const box of await second.locator('input[name=member]').all()) await box.check();
    }
    await press(page, 'Geef gekozen mensen budget');
    await text(page, /2 personen kregen een budget, samen Ȼ.100,00/);
    await text(page, `${frozen.name}: de rekening staat stil`);
    expect(await faults(page)).toEqual([]);
    await press(second, 'Geef gekozen mensen budget');
    await text(second, 'Niemand kreeg een nieuw budget.');
    await text(second, `${carla.name}: heeft al een budget`);
    const params = { programme: id };
    const seen = ok(await house.call(contract.readProgramme, treasurer, { params }));
    expect(seen).toMatchObject({ participants: 2, balance: 0, withParticipants: 10_000 });
    await page.context().close();
  });

  it('a supplier reads what was settled and what is open, and never who paid', async () => {
    const name = `Beweegstudio ${ending}`;
    const shop = await till.organisation(name, [[keeper, null]]);
    const shopOf = { kind: 'organisation', organisationId: shop } as const;
    const { accountId: account } = await till.holder(shopOf);
    const page = await pageOf(keeper, javaScript);
    await page.goto(at(`/portemonnee?voor=${shop}`));
    await page.getByRole('link', { name: 'Afrekeningen' }).click();
    await text(page, 'Nog geen programma');
    const { id } = await till.programme({
      ...{ name: `Fit ${ending}`, suppliers: [shopOf], participants: [[anna, 5000]] },
    });
    await till.pay(anna, shopOf, 1500);
    const first = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' });
    const lastDay = first.format(house.clock.now());
    house.clock.advance(DAY_MS);
    const body = { account, lastDay };
    ok(await house.call(contract.settleSupplier, treasurer, { params: { programme: id }, body }));
    await till.pay(anna, shopOf, 400);
    await page.reload();
    await text(page, /1 betaling van Ȼ.4,00/);
    await text(page, /1 betaling. Ȼ.15,00 uit omloop genomen/);
    expect(await page.locator('main').textContent()).not.toContain('Anna');
    expect(await faults(page)).toEqual([]);
    const file = await save(page, 'Download voor een rekenprogramma (csv)');
    expect(file.name).toBe('afrekeningen.csv');
    expect(file.text).toContain(`Fit ${ending};`);
    expect(file.text).toMatch(/;1;15,00;15,00;/);
    expect(file.text).not.toContain('Anna');

    const other = await pageOf(bram, javaScript);
    for (const path of ['afrekeningen', 'afrekeningen.csv']) {
      const reply = await other.goto(at(`/organisaties/${shop}/${path}`));
      expect([path, reply?.status()]).toEqual([path, 404]);
    }
    await page.context().close();
    await other.context().close();
  });

  it('what is reserved is read one by one, by its owner with what for, by the treasurer without', async () => {
    const [payer, payee] = [
      await house.guest(`Gerda Koper ${ending}`),
      await house.guest(`Hans Maker ${ending}`),
    ];
    await till.issue(payer, 5000);
    const page = await pageOf(payer, javaScript);
    await page.goto(at('/portemonnee/gereserveerd'));
    await text(page, 'Er is niets gereserveerd');
    const [from, to] = [await till.holder(payer), await till.holder(payee)];
    await inTransaction(house.services.db, (tx) =>
      house.services.book.post(tx, house.wijk.id, [
        {
          ...{ id: randomUUID(), kind: 'pending', code: 'order' },
          expiresAt: new Date(house.clock.now().getTime() + 7 * DAY_MS),
          legs: [
            { account: from.accountId, side: 'debit', amount: 1200 },
            { account: to.accountId, side: 'credit', amount: 1200 },
          ],
        },
      ]),
    );
    await page.goto(at('/portemonnee'));
    await page.getByRole('link', { name: /Daarvan is Ȼ.12,00 gereserveerd/ }).click();
    await text(page, `Bestelling bij ${payee.name}`);
    await text(page, /Blijft staan tot/);
    expect(await faults(page)).toEqual([]);
    const theirs = await pageOf(payee, javaScript);
    await theirs.goto(at('/portemonnee'));
    await theirs.getByRole('link', { name: /Er is Ȼ.12,00 voor u gereserveerd/ }).click();
    await text(theirs, `Bestelling van ${payer.name}`);

    const room = await pageOf(treasurer, javaScript);
    await room.goto(at('/penningmeester/reserveringen'));
    const line = room.getByRole('listitem').filter({ hasText: payer.name });
    await line.getByText(/Ȼ.12,00/).waitFor();
    expect(await room.locator('main').textContent()).not.toContain(payee.name);
    expect(await faults(room)).toEqual([]);
    await line.getByRole('link', { name: payer.name }).click();
    await room.getByRole('heading', { level: 1, name: payer.name }).waitFor();
    for (const one of [page, theirs, room]) await one.context().close();
  });

  it("a year is saved as a file: one's own, an account's and the wijk's", async () => {
    const saver = await house.guest(`Iris Spaarder ${ending}`);
    await till.issue(saver, 4000);
    await till.pay(saver, bram, 250);
    const page = await pageOf(saver, javaScript);
    await page.goto(at('/portemonnee'));
    await page.getByRole('link', { name: 'Jaaroverzicht' }).click();
    await page.getByRole('heading', { level: 1, name: /Jaaroverzicht 202\d/ }).waitFor();
    expect(await faults(page)).toEqual([]);
    const own = await save(page, 'Download voor een rekenprogramma (csv)');
    expect(own.name).toMatch(/^jaaroverzicht-202\d\.csv$/);
    expect(own.text).toContain('Eigen rekening;Einde van het jaar;;;;37,50');
    const room = await pageOf(treasurer, javaScript);
    await room.goto(at('/penningmeester/jaar'));
    const wijk = await save(room, 'Download voor een rekenprogramma (csv)');
    expect(wijk.name).toMatch(/^jaaroverzicht-.+-202\d\.csv$/);
    expect(wijk.text).toContain('\r\nbewoners;Betalingen;');
    const { accountId } = await till.holder(saver);
    await room.goto(at(`/penningmeester/rekeningen/${accountId}/jaar`));
    const account = await save(room, 'Download voor een rekenprogramma (csv)');
    expect(account.text).toContain('Einde van het jaar;;;;37,50');
    expect((await page.goto(at('/penningmeester/jaar.csv')))?.status()).toBe(403);
    await page.context().close();
    await room.context().close();
  });

  it('the parts of the control room are one row on a phone, the rest is opened by key', async () => {
    const page = await pageOf(treasurer, javaScript, PHONE);
    await page.goto(at('/penningmeester/beleid'));
    const parts = page.getByRole('navigation', { name: 'Onderdelen voor de penningmeester' });
    const [box, log] = [await parts.boundingBox(), parts.getByRole('link', { name: 'Logboek' })];
    expect(box?.height).toBeLessThan(60);
    expect(await log.isVisible()).toBe(false);
    expect(await parts.getByRole('link', { name: 'Beleid' }).getAttribute('aria-current')).toBe(
      'page',
    );
    await parts.getByRole('button', { name: 'Meer' }).focus();
    await page.keyboard.press('Enter');
    await log.waitFor();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await log.isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    // the next stop of the keyboard is the first part
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Overzicht');
    await log.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Logboek' }).waitFor();
    expect(await parts.getByRole('link', { name: 'Omloop' }).isVisible()).toBe(false);
    expect((await parts.boundingBox())?.height).toBeLessThan(60);

    await page.setViewportSize({ width: 1280, height: 900 });
    await parts.getByRole('link', { name: 'Omloop' }).waitFor();
    expect(await parts.getByRole('button', { name: 'Meer' }).isVisible()).toBe(false);
    await page.context().close();
  });
});
