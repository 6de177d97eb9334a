import * as contract from '@wijk/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPages } from '../../apps/api/src/http/web.ts';
import { type ServedHouse, serveHouse } from '../api/served-house.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Guest, ok } from '../support/house.ts';
import { keepPicture, SIZES, sideways } from '../support/looks.ts';
import { type Market, openMarket } from '../support/market.ts';
import { ownDatabase } from '../support/own-database.ts';

/**
 * Times in a real browser, with and without JavaScript (M5): set, asked for, agreed, in both calendars, on a phone's
 * calendar, taken meanwhile by somebody else, and free again.
 */

const START = '2026-12-01T10:00:00Z';

let house: ServedHouse;
let market: Market;
let browser: Browser;
let sam: Guest;
let noor: Guest;
let henk: Guest;

beforeAll(async () => {
  const [database, pages] = await Promise.all([ownDatabase(), loadPages()]);
  house = await serveHouse({ database, pages, now: START, env: { STRICT_LIMITS: 'no' } });
  browser = await launchBrowser();
  market = await openMarket(house);
  sam = await house.guest('Sam de Wit');
  noor = await house.guest('Noor Bakker');
  henk = await house.guest('Henk Brouwer');
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

async function pageOf(who: Guest, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({
    ...{ baseURL: house.origin, locale: 'nl-NL', timezoneId: 'Europe/Amsterdam' },
    ...{ reducedMotion: 'reduce', javaScriptEnabled },
  });
  context.setDefaultTimeout(15_000);
  const [name = '', value = ''] = (await house.cookieOf(who)).split('=');
  await context.addCookies([{ name, value, url: house.origin, httpOnly: true }]);
  return context.newPage();
}

const at = (path: string) => `/w/${house.wijk.slug}${path}`;
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const follow = (page: Page, name: string | RegExp) =>
  page.getByRole('link', { name }).first().click();
const text = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();
const choose = (page: Page, name: string | RegExp) =>
  page.locator('label', { hasText: name }).first().click();

async function right(page: Page, name: string): Promise<void> {
  expect([name, await findings(page)]).toEqual([name, []]);
  const before = page.viewportSize();
  for (const colorScheme of ['light', 'dark'] as const)
    for (const size of SIZES) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      expect([name, size.width, await sideways(page)]).toEqual([name, size.width, 0]);
      await keepPicture(page, `appointments-${name}-${size.width}-${colorScheme}`);
    }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a time, %s', (_, javaScript) => {
  it('is offered, chosen, agreed, in both calendars, and free again when it is off', async () => {
    const title = javaScript ? 'Kleine klussen in huis' : 'Hulp met de tuin';
    const listing = await market.listing(henk, { mode: 'free', title });
    const looks = (page: Page, name: string) => (javaScript ? right(page, name) : undefined);
    const [weekday, day] = javaScript
      ? ['maandag', 'maandag 7 december']
      : ['dinsdag', 'dinsdag 8 december'];

    const helper = await pageOf(henk, javaScript);
    await helper.goto(at('/markt/mijn'));
    await follow(helper, new RegExp(`^Tijden.*${title}`));
    await text(helper, 'Kunnen buren een tijd kiezen?');
    await choose(helper, 'Ja, buren kiezen een vrije tijd');
    await press(helper, 'Bewaar de tijden');
    await text(helper, /Een gewone week: Vul dit in/);
    await looks(helper, 'times-refused');
    const field = (part: string) =>
      helper.getByLabel(new RegExp(`^${weekday},? ${part}`, 'i')).first();
    await field('van').fill('09:00');
    await field('tot').fill('12:00');
    await press(helper, 'Bewaar de tijden');
    await text(helper, 'Uw tijden zijn bewaard.');
    await text(helper, 'Zo zien buren het');
    await looks(helper, 'times');

    const page = await pageOf(sam, javaScript);
    await page.goto(at(`/markt/${listing}`));
    await text(page, 'Eerste vrije tijden');
    await text(page, day);
    await looks(page, 'listing');
    await follow(page, new RegExp(`${day}.*10.00 – 11.00`));
    await text(page, 'Kies een dag en een tijd');
    expect(await page.locator('input[name=slot]:checked').getAttribute('value')).toMatch(/T09:00/);
    await looks(page, 'ask');
    await page.getByLabel('Uw bericht').fill('De kraan lekt.');

    // somebody else is first
    const startsAt = `2026-12-0${javaScript ? 7 : 8}T09:00:00.000Z`;
    const other = await market.request(noor, listing, { startsAt });
    ok(await market.press(henk, other, { step: 'accept' }));
    await press(page, 'Vraag het');
    await text(page, /Deze tijd is net bezet/);
    await looks(page, 'ask-taken');
    expect(await page.getByLabel('Uw bericht').inputValue()).toBe('De kraan lekt.');
    expect(
      await page.locator('label', { hasText: '10.00 – 11.00' }).filter({ hasText: day }).count(),
    ).toBe(0);
    await page.locator('label', { hasText: '11.00 – 12.00' }).filter({ hasText: day }).click();
    await press(page, 'Vraag het');
    await text(page, 'Uw vraag is verstuurd.');
    const order = page.url().split('/').at(-1) ?? '';

    // the helper agreed to something else at that moment, and reads what is free
    await helper.goto(at(`/afspraken/${order}`));
    const late = { startsAt: startsAt.replace('T09', 'T10') };
    const first = await market.request(noor, listing, late);
    ok(await market.press(henk, first, { step: 'accept' }));
    await press(helper, /^Ja/);
    await text(helper, 'Deze tijd is net bezet. Kies een andere tijd.');
    await text(helper, 'Deze tijden zijn nog vrij');
    await looks(helper, 'accept-taken');
    await follow(helper, new RegExp(`${day}.*09.00 – 10.00`));
    await text(helper, 'Doe een ander voorstel');
    expect(await helper.locator('input[name=slot]:checked').getAttribute('value')).toMatch(
      /T08:00/,
    );
    await looks(helper, 'counter');
    await press(helper, 'Stuur het voorstel');
    await text(helper, 'Uw voorstel is verstuurd.');

    await page.reload();
    await press(page, /^Ja/);
    await text(page, 'Afgesproken.');
    await text(page, '09.00 – 10.00');
    await looks(page, 'agreed');
    const file = await page.request.get(at(`/afspraken/${order}/afspraak.ics`));
    expect(file.headers()['content-type']).toBe('text/calendar; charset=utf-8');
    expect(await file.text()).toContain('DTSTART:202612');
    await page.goto(at('/afspraken/agenda'));
    await text(page, title);
    await text(page, 'Henk Brouwer helpt u');
    await helper.goto(at('/afspraken/agenda'));
    await text(helper, 'u helpt Sam de Wit');
    await looks(helper, 'calendar');

    await helper.getByLabel('Ik kan de hele dag niet').check();
    await press(helper, 'Zet in mijn agenda');
    await text(helper, /Welke dag, of de eerste dag: Vul dit in/);
    await looks(helper, 'days-refused');
    await helper.getByLabel('Welke dag, of de eerste dag').fill(startsAt.slice(0, 10));
    await press(helper, 'Zet in mijn agenda');
    await text(helper, /Let op: u hebt dan nog 3 afspraken/);
    await press(helper, /^Haal weg/);
    await text(helper, 'Het is weg uit uw agenda.');

    await press(page, 'Maak een adres');
    await text(page, 'Dit is uw geheime adres');
    const told = await page.getByLabel('Dit is uw geheime adres').inputValue();
    const address = house.origin + new URL(told).pathname;
    await looks(page, 'feed');
    const elsewhere = await browser.newContext();
    const feed = await elsewhere.request.get(address);
    expect([feed.status(), await feed.text()]).toEqual([
      200,
      expect.stringContaining('Afspraak in'),
    ]);
    const etag = feed.headers().etag ?? '';
    const again = await elsewhere.request.get(address, { headers: { 'if-none-match': etag } });
    expect(again.status()).toBe(304);

    ok(await market.press(sam, order, { step: 'cancel' }));
    await page.goto(at('/afspraken/agenda'));
    await text(page, 'Er staat niets in uw agenda');
    await page.goto(at(`/markt/${listing}`));
    await text(page, '09.00 – 10.00');
    await page.goto(at('/afspraken/agenda'));
    await press(page, 'Stop dit adres');
    await text(page, 'Het adres werkt niet meer.');
    expect((await elsewhere.request.get(address)).status()).toBe(404);
    for (const one of [other, first]) ok(await market.press(henk, one, { step: 'cancel' }));
    const free = await house.call(contract.readFreeTimes, null, { params: { listing } });
    expect(ok(free).days[0]?.slots).toHaveLength(3);
    await elsewhere.close();
  });
});
