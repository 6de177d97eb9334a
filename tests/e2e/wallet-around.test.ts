import { readFile } from 'node:fs/promises';
import * as contract from '@wijk/contracts';
import { sql } from 'drizzle-orm';
import type { Browser, Download, Page } from 'playwright-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPages } from '../../apps/api/src/http/web.ts';
import { type ServedHouse, serveHouse } from '../api/served-house.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Guest, ok } from '../support/house.ts';
import { ownDatabase } from '../support/own-database.ts';
import { openTill, type Till } from '../support/wallet.ts';

/**
 * What goes on around a wallet, in a real browser, with and without JavaScript, on a house whose clock is
 * moved by hand: payments that are planned, statements to keep, organisations and who acts for them, and
 * credit for who lives here.
 */

const START = '2026-12-01T10:00:00Z';
const MEMO = 'Voor de fysiotherapie';

let house: ServedHouse;
let till: Till;
let browser: Browser;
let admin: Guest;
let noor: Guest;
let sam: Guest;
let fatima: Guest;

beforeAll(async () => {
  const [database, pages] = await Promise.all([ownDatabase(), loadPages()]);
  house = await serveHouse({ database, pages, now: START, env: { STRICT_LIMITS: 'no' } });
  browser = await launchBrowser();
  till = openTill(house);
  await till.adopt({ memberCredit: 5000, memberDaily: null });
  admin = await house.guest('Bea Heerder', ['admin']);
  noor = await house.guest('Noor Bakker');
  sam = await house.guest('Sam de Wit');
  fatima = await house.guest('Fatima Yilmaz');
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
    acceptDownloads: true,
  });
  context.setDefaultTimeout(30_000);
  const [name = '', value = ''] = (await house.cookieOf(who)).split('=');
  await context.addCookies([{ name, value, url: house.origin, httpOnly: true }]);
  return context.newPage();
}

const at = (path: string) => `/w/${house.wijk.slug}${path}`;
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const follow = (page: Page, name: string | RegExp) =>
  page.getByRole('link', { name }).first().click();
const text = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();
const moved = async (iso: string) => {
  house.clock.set(iso);
  await house.work();
};
const bookOf = async (who: Guest, before: string): Promise<number> => {
  const { accountId } = await till.holder(who);
  const { rows } = await house.owner.execute<{ n: string }>(sql`
    select coalesce(sum(case when debit then -posted else posted end), 0)::text as n from ledger.entry
    where account_id = ${accountId} and at < ${before}::timestamptz`);
  return Number(rows[0]?.n);
};
const minor = (words: string) => Number(words.replace(/[^\d−-]/g, '').replace('−', '-'));

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a member, %s', (_, javaScript) => {
  it('plans a payment, which is made when its morning comes, and stops it', async () => {
    await moved(javaScript ? '2026-12-01T10:00:00Z' : '2027-02-04T10:00:00Z');
    let page = await pageOf(sam, javaScript);
    await page.goto(at('/portemonnee'));
    await follow(page, 'Geplande betalingen');
    await follow(page, 'Plan een betaling');
    await page.getByLabel('Wie wilt u betalen?').fill('Fatima');
    await press(page, 'Zoek');
    await follow(page, 'Fatima Yilmaz');
    await press(page, 'Plan deze betaling');
    await text(page, /u moet aanpassen/);
    await page.getByLabel('Bedrag').fill('12,50');
    await page.getByLabel('Omschrijving').fill(MEMO);
    await page.getByLabel('Elke maand').check();
    await page.getByLabel('Eerste keer op').fill(javaScript ? '2026-12-31' : '2027-02-28');
    if (javaScript) expect(await findings(page)).toEqual([]);
    await press(page, 'Plan deze betaling');
    await text(page, 'De betaling is gepland.');
    await text(page, /volgende keer: (31 december 2026|28 februari 2027)/);
    if (javaScript) expect(await findings(page)).toEqual([]);

    // too little at six and at noon, enough in the evening
    const day = javaScript ? '2026-12-31' : '2027-02-28';
    const before = await till.balance(fatima);
    const left = await till.balance(sam);
    if (left > 0) await till.pay(sam, noor, left);
    const id = page.url().split('/').at(-1) ?? '';
    await moved(`${day}T05:00:00Z`);
    // weeks later, so they sign in again
    page = await pageOf(sam, javaScript);
    await page.goto(at(`/portemonnee/gepland/${id}`));
    await text(
      page,
      /Vandaag niet gelukt: er stond te weinig op\. We proberen het opnieuw om 12[:.]00/,
    );
    await page.goto(at('/meldingen'));
    await text(page, 'Een geplande betaling is nog niet gelukt');
    await follow(page, 'Bekijk de geplande betaling');
    await till.issue(sam, 5000);
    await moved(`${day}T17:00:00Z`);
    expect((await till.balance(fatima)) - before).toBe(1250);
    await page.reload();
    await text(
      page,
      javaScript ? /volgende keer: 31 januari 2027/ : /volgende keer: 28 maart 2027/,
    );
    await follow(page, /betaald/);
    await text(page, MEMO);
    await page.goto(at(`/portemonnee/gepland/${id}`));
    await press(page, 'Stop deze betaling');
    await text(page, 'De geplande betaling is gestopt.');
    await moved(javaScript ? '2027-01-31T18:00:00Z' : '2027-04-02T18:00:00Z');
    expect((await till.balance(fatima)) - before).toBe(1250);
  });

  it('keeps a statement that is to the cent what the book says', async () => {
    const until = javaScript ? '2027-02-02' : '2027-04-05';
    await moved(`${until}T10:00:00Z`);
    const page = await pageOf(sam, javaScript);
    await page.goto(at('/portemonnee/afschrift'));
    await follow(page, 'Download als pdf of csv');
    await page.getByText('Andere dagen').click();
    await page.getByLabel('Van', { exact: true }).fill('2026-12-01');
    await page.getByLabel('Tot en met', { exact: true }).fill(until);
    await press(page, 'Laat zien');
    await text(page, /1 december 2026 tot en met (2 februari|5 april) 2027/);
    if (javaScript) expect(await findings(page)).toEqual([]);
    const opening = await bookOf(sam, '2026-11-30T23:00:00Z');
    const closing = await bookOf(sam, `${until}T23:00:00Z`);
    const save = async (name: string): Promise<Buffer> => {
      const waiting: Promise<Download> = page.waitForEvent('download');
      await follow(page, name);
      return readFile(await (await waiting).path());
    };
    const csv = (await save('Download voor een rekenprogramma')).toString();
    const rows = csv
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(';'));
    expect([minor(rows[1]?.[6] ?? ''), minor(rows.at(-1)?.[6] ?? '')]).toEqual([opening, closing]);
    const lines = rows.slice(2, -1);
    const sum = lines.reduce(
      (all, [, , , way, amount = '']) => all + (way === 'Af' ? -1 : 1) * minor(amount),
      0,
    );
    expect(sum).toBe(closing - opening);
    const pdf = await getDocumentProxy(new Uint8Array(await save('Download als pdf')));
    const { text: words } = await extractText(pdf, { mergePages: true });
    const said = (label: string) =>
      minor(new RegExp(`${label}\\s+(−?[\\d.]+,\\d\\d)`).exec(words)?.[1] ?? '');
    expect([said('Beginsaldo'), said('Eindsaldo')]).toEqual([opening, closing]);
    expect(words.match(/\d\d-\d\d-20\d\d (Betaling|Uitgifte)/g)).toHaveLength(lines.length);
    for (const file of [csv, words]) expect(file).not.toContain('fysiotherapie');

    await page.getByText('Andere dagen').click();
    await page.getByLabel('Van', { exact: true }).fill('2027-01-04');
    await page.getByLabel('Tot en met', { exact: true }).fill('2027-01-01');
    await press(page, 'Laat zien');
    await text(page, 'De eerste dag ligt na de laatste.');
  });

  it('acts for an organisation within their limit of the day, until it is taken away', async () => {
    await moved(javaScript ? '2027-02-03T10:00:00Z' : '2027-04-06T10:00:00Z');
    const name = javaScript ? 'Bakkerij Noor' : 'Fietsenmaker Noor';
    const office = await pageOf(admin, javaScript);
    await office.goto(at('/organisaties'));
    await follow(office, 'Nieuwe organisatie');
    await office.getByLabel('Naam', { exact: true }).fill(name);
    await office.getByLabel('E-mailadres van wie het beheert').fill('wie@nergens.example');
    await press(office, 'Maak de organisatie');
    await text(office, 'Niemand in deze wijk heeft dit e-mailadres.');
    await office.getByLabel('E-mailadres van wie het beheert').fill(noor.email);
    await press(office, 'Maak de organisatie');
    await text(office, 'De organisatie is er, met een eigen portemonnee.');
    const id = office.url().split('/').at(-1) ?? '';
    await till.issue({ kind: 'organisation', organisationId: id }, 10_000);

    const manager = await pageOf(noor, javaScript);
    await manager.goto(at('/portemonnee'));
    await follow(manager, name);
    await follow(manager, 'Wie handelt voor deze organisatie');
    await manager.getByLabel('Wie komt erbij?').fill('sam');
    await press(manager, 'Zoek');
    if (javaScript) expect(await findings(manager)).toEqual([]);
    await follow(manager, 'Sam de Wit');
    await text(manager, 'U geeft dit recht aan Sam de Wit.');
    const add = manager.locator('form[action$="geef"]');
    await add.getByLabel('Grens per dag').fill('20');
    if (javaScript) expect(await findings(manager)).toEqual([]);
    await press(manager, 'Geef dit recht');
    await text(manager, '20,00 per dag, vandaag 0,00 betaald');

    const operator = await pageOf(sam, javaScript);
    const pay = async (amount: string) => {
      await operator.goto(at(`/portemonnee/sturen?aan=m-${fatima.membershipId}&voor=${id}`));
      await operator.getByLabel('Bedrag').fill(amount);
      await press(operator, 'Verder');
      await press(operator, /^Betaal/);
    };
    await pay('15');
    await text(operator, /U hebt .*15,00 betaald aan Fatima Yilmaz/);
    await text(operator, 'Sam de Wit');
    await pay('5,01');
    await text(operator, 'Vandaag mag u nog 5,00 wijk-credits betalen.');
    await manager.reload();
    await text(manager, '20,00 per dag, vandaag 15,00 betaald');
    await manager
      .locator('li', { hasText: 'Sam de Wit' })
      .getByRole('button', { name: /Neem Sam de Wit dit recht af/ })
      .click();
    await text(manager, `Sam de Wit handelt niet meer voor ${name}.`);
    await operator.goto(at(`/portemonnee?voor=${id}`));
    await text(operator, 'Deze pagina is niet voor u');
  });

  it('has credit once the wijk confirms that they live here', async () => {
    const who = await house.guest(javaScript ? 'Anna de Vries' : 'Bram Bos');
    const own = await pageOf(who, javaScript);
    await own.goto(at('/portemonnee'));
    expect(await own.getByText('onder nul').count()).toBe(0);
    const office = await pageOf(admin, javaScript);
    await office.goto(at(`/beheer/mensen/${who.membershipId}`));
    await text(office, 'Niet bevestigd.');
    await press(office, 'Bevestig dat deze persoon hier woont');
    await text(office, 'De bevestiging geldt nu.');
    await text(office, /mag tot 50,00 wijk-credits onder nul/);
    await text(office, /bevestigd door Bea Heerder/);
    if (javaScript) expect(await findings(office)).toEqual([]);
    const { credit } = ok(await house.call(contract.readWallet, who, {}));
    expect(credit).toBe(5000);
    await press(office, 'Trek de bevestiging in');
    await text(office, 'De bevestiging is ingetrokken.');
    expect(ok(await house.call(contract.readWallet, who, {})).credit).toBe(0);
  });

  it('asks a payment back, once, of the treasurer', async () => {
    await till.issue(sam, 3000);
    const { payment } = await till.pay(sam, fatima, 1234, { memo: MEMO });
    const page = await pageOf(sam, javaScript);
    await page.goto(at(`/portemonnee/betaling/${payment.id}`));
    await follow(page, 'Vraag deze betaling terug');
    await press(page, 'Vraag terug');
    await text(page, /u moet aanpassen/);
    await page.getByLabel('Waarom vraagt u dit terug?').fill('Twee keer betaald');
    if (javaScript) expect(await findings(page)).toEqual([]);
    await press(page, 'Vraag terug');
    await text(page, 'Uw vraag is bij de penningmeester.');
    expect(
      await house.owner
        .execute(
          sql`select kind, amount::int, reason, decision from wallet.proposal where payment_id = ${payment.id}`,
        )
        .then(({ rows }) => rows),
    ).toEqual([{ kind: 'refund', amount: 1234, reason: 'Twee keer betaald', decision: null }]);
    await page.goto(at(`/portemonnee/betaling/${payment.id}/terugvragen`));
    await page.getByLabel('Waarom vraagt u dit terug?').fill('Nog eens');
    await press(page, 'Vraag terug');
    await text(page, /al/);
  });
});
