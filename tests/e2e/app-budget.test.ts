import type { BodyOf } from '@wijk/contracts';
import * as contract from '@wijk/contracts';
import { FIRST_CRITERIA } from '@wijk/domain/market';
import { sql } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPages } from '../../apps/api/src/http/web.ts';
import { type ServedHouse, serveHouse } from '../api/served-house.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Guest, ok } from '../support/house.ts';
import { readThrough } from '../support/judge-book.ts';
import { type Market, openMarket } from '../support/market.ts';
import { ownDatabase } from '../support/own-database.ts';
import { openTill, type Till } from '../support/wallet.ts';

/** An app that two curators recommend is bought: what a programme gave for such apps goes first, the rest is one's own. */

let house: ServedHouse;
let till: Till;
let market: Market;
let browser: Browser;
let priya: Guest;
let kees: Guest;
let app: string;

const RECORD: BodyOf<typeof contract.saveAppRecord>['fields'] = {
  ...{ name: 'Slaapwende', release: '3.2', supplierName: 'Stichting Slaapwende' },
  ...{ supplierCountry: 'Nederland', supplierContact: 'hulp bij de stichting' },
  ...{ summary: 'Zesweekse cursus met een dagboek.', goal: 'lichaamsfuncties', theme: 'slaap' },
  ...{ level: 'beginner', audience: 'Wie slecht slaapt', notFor: '' },
  ...{ platforms: ['pwa'], languages: ['nl'], price: '18', priceAfter: 'Blijft gratis' },
  ...{ accountNeeded: 'nee', medicalClaim: 'nee', mdrClass: '', ce: '' },
  ...{ dataLocation: 'Nederland', retention: '12 maanden', shared: 'nee', sharedWith: '' },
  ...{ dpiaDate: '2026-02-17', nen7510: 'ja', evidenceLevel: 'guideline' },
  ...{ evidenceNote: 'Richtlijn', sus: '84', wcag: '2.2 AA', lowLiteracy: 'ja' },
  ...{ crisis: 'Huisarts', complaints: 'Bellen' },
};

/** Handed in, judged by two who do not know of each other, and decided by the second. */
async function recommended(): Promise<string> {
  const drafted = await house.call(contract.draftApp, priya, {
    body: { organisation: null, fields: RECORD },
  });
  const params = { listing: ok(drafted).ref };
  ok(await house.call(contract.submitApp, priya, { params }));
  let last: Guest | null = null;
  for (const name of ['Anil Ramdin', 'Noor van der Horst']) {
    last = await house.guest(name, ['curator']);
    const { round } = ok(await house.call(contract.readCuration, last, { params }));
    const interest = { round, conflict: false, note: '' };
    ok(await house.call(contract.declareInterest, last, { params, body: interest }));
    const scores = FIRST_CRITERIA.criteria.map(({ key }) => ({
      ...{ criterion: key, score: 4, note: 'Gezien en geprobeerd.', evidence: '' },
    }));
    const body = { round, scores, advice: 'recommend' as const, summary: 'Helpt, en is veilig.' };
    ok(await house.call(contract.reviewApp, last, { params, body }));
  }
  const { round } = ok(await house.call(contract.readCuration, last, { params }));
  const body = { round, reasons: 'Twee keer goed bevonden.', validUntil: '2027-06-30' };
  ok(await house.call(contract.decideApp, last, { params, body }));
  return params.listing;
}

beforeAll(async () => {
  const [database, pages] = await Promise.all([ownDatabase(), loadPages()]);
  const env = { STRICT_LIMITS: 'no' };
  house = await serveHouse({ database, pages, now: '2026-12-01T10:00:00Z', env });
  browser = await launchBrowser();
  till = openTill(house);
  market = await openMarket(house);
  await house.owner.execute(sql`insert into market.theme (wijk_id, slug, name, position, health)
    values (${house.wijk.id}, 'slaap', 'Slaap', 90, true)`);
  priya = await house.guest('Priya Mahabier', ['resident', 'provider']);
  kees = await house.guest('Kees Dijkgraaf', ['treasurer']);
  app = await recommended();
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function pageOf(who: Guest, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({
    ...{ baseURL: house.origin, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam' },
    ...{ reducedMotion: 'reduce', javaScriptEnabled, viewport: { width: 390, height: 844 } },
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

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('an app bought on a phone, %s', (_, javaScript) => {
  it('takes the budget for such apps first and the rest of one’s own, and nothing of it elsewhere', async () => {
    const sam = await house.guest(javaScript ? 'Sam de Wit' : 'Mia de Wit', ['resident']);
    await till.issue(sam, 1000);
    const programme = javaScript ? 'Slaap beter' : 'Slaap nog beter';
    const { id } = await till.programme({
      ...{ name: programme, suppliers: [priya], participants: [[sam, 1200]] },
    });
    await house.owner.execute(
      sql`update wallet.programme set kinds = '["ehealth"]', themes = '["slaap"]' where id = ${id}`,
    );
    // the same provider does other work too: the budget is not for that, and is whole afterwards
    const other = await market.agreed(sam, priya, { mode: 'fixed', rate: 100 }, { minutes: null });
    expect(await till.balance(sam)).toBe(1000);
    const earned = await till.balance(priya);

    const page = await pageOf(sam, javaScript);
    await page.goto(at('/markt?q=slaapwende'));
    await follow(page, /Slaapwende/);
    await text(page, 'Stichting Slaapwende');
    await page.locator(`a[href*="/markt/${app}/"][href*="/vraag"]`).first().click();
    if (javaScript) expect(await findings(page)).toEqual([]);
    await press(page, 'Vraag het');
    await text(page, 'Uw vraag is verstuurd.');
    const order = page.url().split('/').at(-1) ?? '';

    const seller = await pageOf(priya, javaScript);
    await seller.goto(at(`/afspraken/${order}`));
    await press(seller, 'Ja, afgesproken');
    await text(seller, 'Afgesproken.');

    await page.goto(at('/portemonnee/gereserveerd'));
    await text(page, /Ȼ\s18,00/);
    await text(page, /Daarvan Ȼ\s12,00 uit uw budget/);
    if (javaScript) expect(await findings(page)).toEqual([]);

    await seller.goto(at(`/afspraken/${order}`));
    await follow(seller, 'Het is klaar');
    await press(seller, 'Meld dat het klaar is');
    await text(seller, /U hebt gezegd dat het klaar is/);
    await page.goto(at(`/afspraken/${order}`));
    await follow(page, /Ja, betaal Ȼ\s18,00/);
    await press(page, 'Bevestig en betaal');
    await text(page, 'Deze afspraak is afgerond.');
    expect([await till.balance(sam), await till.balance(priya)]).toEqual([400, earned + 1800]);

    await page.goto(at('/portemonnee'));
    await text(page, /Ȼ\s12,00 met budget/);
    const treasurer = await pageOf(kees, javaScript);
    await treasurer.goto(at('/penningmeester/programmas'));
    await follow(treasurer, programme);
    await text(treasurer, /12,00/);
    if (javaScript) expect(await findings(treasurer)).toEqual([]);

    ok(await market.press(sam, other, { step: 'confirm' }));
    expect(await till.balance(sam)).toBe(300);
    expect(await readThrough(house.services.book, house.wijk.id)).toMatchObject({ ok: true });
    for (const one of [page, seller, treasurer]) await one.context().close();
  });
});
