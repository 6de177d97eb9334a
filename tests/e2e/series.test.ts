import { sql } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPages } from '../../apps/api/src/http/web.ts';
import { type ServedHouse, serveHouse } from '../api/served-house.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { dutchIn, gapsIn, readable } from '../support/english.ts';
import type { Guest } from '../support/house.ts';
import { readThrough } from '../support/judge-book.ts';
import { keepPicture, SIZES, sideways } from '../support/looks.ts';
import { type Market, openMarket } from '../support/market.ts';
import { ownDatabase } from '../support/own-database.ts';
import { openTill, type Till } from '../support/wallet.ts';

/**
 * Help that comes back, in a real browser with and without JavaScript: agreed once, made by the clock, a time skipped,
 * another price agreed to, stopped; and two windows that press at the same moment.
 */

let house: ServedHouse;
let till: Till;
let market: Market;
let browser: Browser;
let sam: Guest;
let henk: Guest;
let master: Guest;

beforeAll(async () => {
  const [database, pages] = await Promise.all([ownDatabase(), loadPages()]);
  const now = '2026-10-12T08:00:00Z';
  house = await serveHouse({ database, pages, now, env: { STRICT_LIMITS: 'no' } });
  browser = await launchBrowser();
  till = openTill(house);
  market = await openMarket(house);
  sam = await house.guest('Sam de Wit');
  henk = await house.guest('Henk Brouwer');
  master = await house.guest('Mees Meester', ['market-master']);
  await till.issue(sam, 20_000);
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
const moved = async (iso: string) => {
  house.clock.set(iso);
  await house.work();
};
const rows = async (query: ReturnType<typeof sql>) => (await house.owner.execute(query)).rows;

/** Nothing is wrong for who cannot see it, and nothing sticks out at any width, in any look. */
async function right(page: Page, name: string): Promise<void> {
  expect([name, await findings(page)]).toEqual([name, []]);
  const before = page.viewportSize();
  for (const colorScheme of ['light', 'dark'] as const)
    for (const size of SIZES) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      expect([name, size.width, await sideways(page)]).toEqual([name, size.width, 0]);
      await keepPicture(page, `series-${name}-${size.width}-${colorScheme}`);
    }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('two neighbours, %s', (_, javaScript) => {
  it('agree once, and each time follows; one is skipped, the price changes, and it stops', async () => {
    await moved(javaScript ? '2026-10-12T08:00:00Z' : '2027-01-11T08:00:00Z');
    const title = javaScript ? 'Boodschappen tillen' : 'Vuilnisbakken buitenzetten';
    const listing = await market.listing(henk, { title });
    const page = await pageOf(sam, javaScript);
    await page.goto(at(`/markt/${listing}/een-klus/vraag`));
    await page.getByLabel('Hoeveel tijd').selectOption('60');
    await page.getByLabel('Hoe vaak').selectOption('week');
    await page.getByLabel('Uw bericht').fill('Tillen gaat niet meer zo goed.');
    await press(page, 'Vraag het');
    await text(page, /Welke dag: Vul dit in/);
    await text(page, /Aantal keren: Vul dit in/);
    expect(await page.getByLabel('Hoe vaak').inputValue()).toBe('week');
    expect(await page.getByLabel('Uw bericht').inputValue()).toBe('Tillen gaat niet meer zo goed.');
    if (javaScript) await right(page, 'ask-refused');
    await page.getByLabel('Welke dag').fill(javaScript ? '2026-10-20' : '2027-01-19');
    await page.getByLabel('Hoe laat').fill('10:00');
    await page.getByLabel('Aantal keren').fill('4');
    await press(page, 'Vraag het');
    await text(page, 'Uw vraag is verstuurd.');
    await text(page, 'elke dinsdag om 10.00 uur, 4 keer');
    const order = page.url().split('/').at(-1) ?? '';

    const helper = await pageOf(henk, javaScript);
    await helper.goto(at(`/afspraken/${order}`));
    await text(helper, /dan spreekt u de hele reeks af: elke dinsdag om 10.00 uur, 4 keer/);
    if (javaScript) await right(helper, 'to-answer');
    await press(helper, 'Ja, afgesproken');
    await text(helper, 'Afgesproken.');
    await text(helper, 'Keer 1 van 4');

    await moved(javaScript ? '2026-10-22T09:00:00Z' : '2027-01-21T09:00:00Z');
    await page.goto(at('/meldingen'));
    await text(page, 'Uw volgende vaste afspraak staat klaar');
    await page.goto(at('/afspraken'));
    await text(page, 'Vaste afspraken');
    if (javaScript) await right(page, 'mine');
    await follow(page, title);
    await text(page, 'staat vast');
    if (javaScript) await right(page, 'one');

    await page
      .getByRole('link', { name: /^Sla over/ })
      .first()
      .click();
    await text(page, /Dit kost niets/);
    if (javaScript) await right(page, 'skip');
    await press(page, 'Sla deze keer over');
    await text(page, 'Overgeslagen. De ander krijgt bericht.');
    await text(page, 'overgeslagen');

    const series = page.url().split('/').at(-1) ?? '';
    await helper.goto(at(`/afspraken/reeks/${series}`));
    await follow(helper, 'Stel een andere prijs voor');
    await press(helper, 'Stuur het voorstel');
    await text(helper, /Vul dit in/);
    await helper.getByLabel('Nieuwe prijs per uur').fill('7,50');
    await press(helper, 'Stuur het voorstel');
    await text(helper, 'Uw voorstel is verstuurd.');
    await page.goto(at('/afspraken'));
    await text(page, /Henk Brouwer stelt een andere prijs voor/);
    await follow(page, title);
    if (javaScript) await right(page, 'price');
    await press(page, /Ja, Ȼ\s7,50 per keer/);
    await text(page, /De nieuwe prijs geldt vanaf de volgende keer/);
    await text(page, /Ȼ\s7,50 per keer/);

    await follow(page, 'Stop met deze vaste afspraak');
    if (javaScript) await right(page, 'stop');
    await press(page, 'Stop');
    await text(page, 'Gestopt. De ander krijgt bericht.');
    expect(
      await rows(sql`select e.step from market.series_event e join market.series s
        on s.wijk_id = e.wijk_id and s.id = e.series_id where s.ref = ${series} order by e.nr`),
    ).toEqual(['begin', 'make', 'skip', 'propose', 'agree', 'stop'].map((step) => ({ step })));
  });

  it('have one effect where both press at the same moment, each in a window of their own', async () => {
    const order = await market.agreed(sam, henk, { title: 'Heg knippen' });
    const [page, helper] = [await pageOf(sam, javaScript), await pageOf(henk, javaScript)];
    for (const window of [page, helper]) {
      await window.goto(at(`/afspraken/${order}/afzeggen`));
      await text(window, 'Afzeggen kost niets.');
      await window.getByLabel(/Bericht aan de ander/).fill('Het gaat niet.');
    }
    await Promise.all([press(page, 'Zeg af'), press(helper, 'Zeg af')]);
    const outcome = async (window: Page) => {
      const went = window.getByText('De afspraak is afgezegd.').first();
      const late = window.getByText(/heeft intussen afgezegd/).first();
      await went.or(late).first().waitFor();
      return (await went.isVisible()) ? 'went' : 'late';
    };
    expect([await outcome(page), await outcome(helper)].sort()).toEqual(['late', 'went']);
    expect(
      await rows(sql`select count(*)::int as n from market.order_event e join market."order" o
        on o.wijk_id = e.wijk_id and o.id = e.order_id where o.ref = ${order} and e.step = 'cancel'`),
    ).toEqual([{ n: 1 }]);
    expect((await market.read(sam, order)).reserved).toBe(0);
  });
});

it('waits for credits, and the market master looks at it and stops it with a reason', async () => {
  await moved('2027-03-01T09:00:00Z');
  const riet = await house.guest('Riet Bakker');
  await till.issue(riet, 600);
  const startsAt = '2027-03-09T09:00:00Z';
  const repeat = { every: 'week', times: 8 } as const;
  await market.agreed(riet, henk, { title: 'Ramen lappen' }, { startsAt, repeat });
  await moved('2027-03-11T09:00:00Z');
  const page = await pageOf(riet);
  await page.goto(at('/afspraken'));
  await text(page, /kunnen we nu geen credits apart zetten/);
  await right(page, 'waits');
  const desk = await pageOf(master);
  await desk.goto(at('/marktmeester/afspraken?toon=reeksen'));
  await right(desk, 'master');
  await follow(desk, 'Ramen lappen');
  await right(desk, 'master-one');
  await press(desk, 'Doe dit');
  await text(desk, /Wat doet u: Vul dit in/);
  await desk.getByLabel('Wat doet u?').selectOption('stop');
  await press(desk, 'Doe dit');
  await text(desk, /Reden: Vul dit in/);
  await desk.getByLabel('Reden').fill('Riet belde: het gaat niet meer.');
  await press(desk, 'Doe dit');
  await text(desk, 'Gestopt. De ander krijgt bericht.');
  await page.reload();
  await follow(page, 'Ramen lappen');
  await text(page, 'Riet belde: het gaat niet meer.');
});

it('reads in English as well', async () => {
  await moved('2027-05-03T08:00:00Z');
  const repeat = { every: 'month', until: '2027-12-31' } as const;
  const startsAt = '2027-05-11T08:00:00Z';
  const asked = await market.request(sam, await market.listing(henk, { title: 'Tap' }), {
    ...{ repeat, startsAt },
  });
  const order = await market.agreed(sam, henk, { title: 'Shed' }, { repeat, startsAt });
  const series = (await market.read(sam, order)).repeats?.series;
  const pages: readonly [Guest, string][] = [
    [sam, '/afspraken'],
    [sam, `/afspraken/${asked}`],
    [sam, `/afspraken/${order}`],
    [sam, `/afspraken/reeks/${series}`],
    [sam, `/afspraken/reeks/${series}/overslaan?keer=1`],
    [sam, `/afspraken/reeks/${series}/overslaan?keer=0`],
    [henk, `/afspraken/reeks/${series}/stoppen`],
    [henk, `/afspraken/reeks/${series}/prijs`],
    [master, '/marktmeester/afspraken?toon=reeksen'],
    [master, `/marktmeester/afspraken/reeksen/${series}`],
  ];
  for (const [who, path] of pages) {
    const cookie = `${await house.cookieOf(who)}; taal=en`;
    const { status, text: html } = await house.send({ path: at(path), headers: { cookie } });
    const words = readable(html);
    expect([path, status, dutchIn(words), gapsIn(words)]).toEqual([path, 200, [], []]);
  }
});

it('leaves the book in order', async () => {
  expect(await readThrough(house.services.book, house.wijk.id)).toMatchObject({ ok: true });
});
