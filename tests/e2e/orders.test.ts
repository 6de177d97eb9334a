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
 * Orders in a real browser, with and without JavaScript, on a house whose clock is moved by hand: asked,
 * countered, agreed, reserved, delivered, confirmed and paid; a dispute that is split; both sides at once.
 */

const START = '2026-12-01T10:00:00Z';

let house: ServedHouse;
let till: Till;
let market: Market;
let browser: Browser;
let sam: Guest;
let henk: Guest;
let master: Guest;

beforeAll(async () => {
  const [database, pages] = await Promise.all([ownDatabase(), loadPages()]);
  house = await serveHouse({ database, pages, now: START, env: { STRICT_LIMITS: 'no' } });
  browser = await launchBrowser();
  till = openTill(house);
  market = await openMarket(house);
  sam = await house.guest('Sam de Wit');
  henk = await house.guest('Henk Brouwer');
  master = await house.guest('Mees Meester', ['market-master']);
  await till.issue(sam, 10_000);
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

const at = (path: string) => `/w/${house.wijk.slug}${path}`;
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const follow = (page: Page, name: string | RegExp) =>
  page.getByRole('link', { name }).first().click();
const text = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();
const moved = async (iso: string) => {
  house.clock.set(iso);
  await house.work();
};

/** Nothing is wrong for who cannot see it, and nothing sticks out at any width, in any look. */
async function right(page: Page, name: string): Promise<void> {
  expect([name, await findings(page)]).toEqual([name, []]);
  const before = page.viewportSize();
  for (const colorScheme of ['light', 'dark'] as const)
    for (const size of SIZES) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      expect([name, size.width, await sideways(page)]).toEqual([name, size.width, 0]);
      await keepPicture(page, `orders-${name}-${size.width}-${colorScheme}`);
    }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('two neighbours, %s', (_, javaScript) => {
  it('agree, and one is helped and pays while the other is paid', async () => {
    await moved(javaScript ? START : '2026-12-10T10:00:00Z');
    const before = await till.balance(sam);
    const listing = await market.listing(henk, {
      title: javaScript
        ? 'Kleine klussen: druppende kranen, losse plinten en dat ene lampje'
        : 'Kleine klussen in en om het huis',
    });
    const page = await pageOf(sam, javaScript);
    await page.goto(at(`/markt/${listing}/een-klus/vraag`));
    await text(page, 'Vraag dit aan Henk Brouwer');
    if (javaScript) await right(page, 'ask');
    await press(page, 'Vraag het');
    await text(page, /Hoeveel tijd: Vul dit in/);
    await page.getByLabel('Hoeveel tijd').selectOption('60');
    await page.getByLabel('Welke dag').fill(javaScript ? '2026-12-03' : '2026-12-13');
    await press(page, 'Vraag het');
    await text(page, /Hoe laat: Vul dit in/);
    if (javaScript) await right(page, 'ask-refused');
    await page.getByLabel('Hoe laat').fill('14:00');
    await page.getByLabel('Uw bericht').fill('De kraan in de keuken lekt.');
    await press(page, 'Vraag het');
    await text(page, 'Uw vraag is verstuurd.');
    await text(page, /Henk Brouwer heeft uw vraag gekregen/);
    const order = page.url().split('/').at(-1) ?? '';
    if (javaScript) await right(page, 'requested');

    const helper = await pageOf(henk, javaScript);
    await helper.goto(at('/meldingen'));
    await house.work();
    await helper.reload();
    const leads = helper.locator(`a[href$="/afspraken/${order}"]`);
    const notice = helper.locator('li', { hasText: 'Iemand wil iets met u afspreken' });
    await notice.filter({ has: leads }).getByRole('link', { name: 'Bekijk de afspraak' }).click();
    await text(helper, 'Sam de Wit wacht op uw antwoord.');
    await text(helper, 'De kraan in de keuken lekt.');
    if (javaScript) await right(helper, 'to-answer');
    await follow(helper, 'Doe een ander voorstel');
    await helper.getByLabel('Hoeveel tijd').selectOption('90');
    await helper.getByLabel('Hoe laat').fill('');
    await press(helper, 'Stuur het voorstel');
    await text(helper, /Hoe laat: Vul dit in/);
    await helper.getByLabel('Hoe laat').fill('15:30');
    if (javaScript) await right(helper, 'counter');
    await press(helper, 'Stuur het voorstel');
    await text(helper, 'Uw voorstel is verstuurd.');

    await page.reload();
    await text(page, 'Henk Brouwer doet u een ander voorstel.');
    await text(page, /Na een ja zetten we Ȼ\s9,00 apart/);
    await page.goto(at('/afspraken'));
    await text(page, 'Wacht op u');
    if (javaScript) await right(page, 'mine');
    await follow(page, /Kleine klussen/);
    await press(page, /Ja, zet Ȼ\s9,00 apart/);
    await text(page, 'Afgesproken.');
    await text(page, 'U hebt een afspraak met Henk Brouwer.');
    if (javaScript) await right(page, 'agreed');
    await page.goto(at('/portemonnee'));
    await text(page, /Ȼ\s9,00/);
    expect(await till.balance(sam)).toBe(before);

    await moved(javaScript ? '2026-12-03T16:30:00Z' : '2026-12-13T16:30:00Z');
    const [had, earned] = [await till.balance(sam), await till.balance(henk)];
    const done = await pageOf(henk, javaScript);
    await done.goto(at(`/afspraken/${order}`));
    await follow(done, 'Het is klaar');
    if (javaScript) await right(done, 'deliver');
    await done.getByLabel('Hoeveel tijd hebt u gewerkt?').selectOption('120');
    await press(done, 'Meld dat het klaar is');
    await text(done, /U hebt gezegd dat het klaar is/);

    const payer = await pageOf(sam, javaScript);
    await payer.goto(at(`/afspraken/${order}`));
    await text(payer, 'Henk Brouwer zegt dat het klaar is. Klopt dat?');
    if (javaScript) await right(payer, 'delivered');
    await follow(payer, /Ja, betaal Ȼ\s9,00/);
    await text(payer, 'Er is langer gewerkt dan afgesproken');
    if (javaScript) await right(payer, 'confirm');
    if (javaScript) await payer.locator('label', { hasText: 'Ja, ook de extra tijd' }).click();
    await press(payer, 'Bevestig en betaal');
    await text(payer, 'Deze afspraak is afgerond.');
    if (javaScript) await right(payer, 'completed');
    const paid = javaScript ? 1200 : 900;
    expect(had - (await till.balance(sam))).toBe(paid);
    expect((await till.balance(henk)) - earned).toBe(paid);
    await payer.goto(at('/portemonnee'));
    await text(payer, 'Henk Brouwer');
    await done.goto(at('/afspraken/werkplek'));
    await text(done, 'december 2026');
    if (javaScript) await right(done, 'desk');
    await done.goto(at('/afspraken/afgelopen'));
    await text(done, 'Afgerond');
    if (javaScript) await right(done, 'over');
  });

  it('do not agree, and the market master splits it', async () => {
    await moved(javaScript ? '2026-12-04T10:00:00Z' : '2026-12-14T10:00:00Z');
    const [before, earned] = [await till.balance(sam), await till.balance(henk)];
    const order = await market.agreed(sam, henk, { title: 'Schuurtje opruimen' });
    await market.press(henk, order, { step: 'deliver', workedMinutes: 60 });
    const page = await pageOf(sam, javaScript);
    await page.goto(at(`/afspraken/${order}`));
    await follow(page, 'Er klopt iets niet');
    await press(page, 'Leg het voor');
    await text(page, /Wat klopt er niet: Vul dit in/);
    if (javaScript) await right(page, 'dispute');
    await page.getByLabel('Wat klopt er niet?').fill('De helft staat er nog.');
    await press(page, 'Leg het voor');
    await text(page, /De marktmeester kijkt ernaar en beslist/);

    const desk = await pageOf(master, javaScript);
    await desk.goto(at('/marktmeester/afspraken'));
    if (javaScript) await right(desk, 'master');
    await follow(desk, 'Schuurtje opruimen');
    await text(desk, 'De helft staat er nog.');
    if (javaScript) await right(desk, 'master-one');
    await desk.getByLabel('Hoeveel krijgt Henk Brouwer?').fill('7,00');
    await press(desk, 'Neem dit besluit');
    await text(desk, /moet aanpassen/);
    await desk.getByLabel('Hoeveel krijgt Henk Brouwer?').fill('2,50');
    await desk.getByLabel('Waarom?').fill('De helft is gedaan.');
    await press(desk, 'Neem dit besluit');
    await text(desk, 'Uw besluit is uitgevoerd.');
    await page.reload();
    await text(page, 'De marktmeester heeft beslist. Deze afspraak is klaar.');
    await text(page, 'De helft is gedaan.');
    if (javaScript) await right(page, 'settled');
    expect([before - (await till.balance(sam)), (await till.balance(henk)) - earned]).toEqual([
      250, 250,
    ]);
  });

  it('press at the same moment: one wins, the other reads what happened and loses nothing typed', async () => {
    const order = await market.agreed(sam, henk, { title: 'Heg knippen' });
    const page = await pageOf(sam, javaScript);
    await page.goto(at(`/afspraken/${order}/afzeggen`));
    await text(page, 'Afzeggen kost niets.');
    if (javaScript) await right(page, 'cancel');
    await page.getByLabel(/Bericht aan de ander/).fill('Ik ben ziek geworden.');
    await market.press(henk, order, { step: 'deliver', workedMinutes: 60 });
    await press(page, 'Zeg af');
    await text(page, /Henk Brouwer heeft intussen gezegd dat het klaar is/);
    expect(await page.getByLabel(/Bericht aan de ander/).inputValue()).toBe(
      'Ik ben ziek geworden.',
    );
    if (javaScript) await right(page, 'raced');
    await follow(page, 'Bekijk de afspraak');
    await text(page, 'Henk Brouwer zegt dat het klaar is. Klopt dat?');
    const { rows } = await house.owner.execute(sql`
      select count(*)::int as n from market.order_event e join market."order" o
        on o.wijk_id = e.wijk_id and o.id = e.order_id where o.ref = ${order}`);
    expect(rows).toEqual([{ n: 3 }]);
  });
});

it('costs something to cancel late, and that is read before it is pressed', async () => {
  await moved('2026-12-20T10:00:00Z');
  const startsAt = '2026-12-20T13:00:00Z';
  const order = await market.agreed(sam, henk, { title: 'Ramen lappen' }, { startsAt });
  const page = await pageOf(sam);
  await page.goto(at(`/afspraken/${order}`));
  await text(page, /Daarna kost afzeggen Ȼ\s3,00/);
  await follow(page, 'Zeg de afspraak af');
  await text(page, /Daarom gaat Ȼ\s3,00 naar Henk Brouwer/);
  await right(page, 'cancel-late');
  const before = await till.balance(sam);
  await press(page, /Zeg af en betaal Ȼ\s3,00/);
  await text(page, 'Deze afspraak is afgezegd.');
  expect(before - (await till.balance(sam))).toBe(300);
});

it('reads in English as well', async () => {
  // words of its own: the interface speaks Dutch in none of them
  const listing = await market.listing(henk, { title: 'Tap' });
  const asked = await market.request(sam, listing);
  const agreed = await market.agreed(sam, henk, { title: 'Shed' });
  const disputed = await market.agreed(sam, henk, { title: 'Hedge' });
  await market.press(sam, disputed, { step: 'dispute', note: 'Not done' });
  const pages: readonly [Guest, string][] = [
    [sam, '/afspraken'],
    [sam, '/afspraken/afgelopen'],
    [henk, '/afspraken/werkplek'],
    [sam, `/afspraken/${asked}`],
    [sam, `/afspraken/${asked}/intrekken`],
    [henk, `/afspraken/${asked}/voorstel`],
    [henk, `/afspraken/${asked}/nee-zeggen`],
    [henk, `/afspraken/${agreed}/klaar`],
    [sam, `/afspraken/${agreed}/bevestigen`],
    [sam, `/afspraken/${agreed}/afzeggen`],
    [sam, `/afspraken/${agreed}/voorleggen`],
    [sam, `/markt/${listing}/een-klus/vraag`],
    [master, '/marktmeester/afspraken'],
    [master, `/marktmeester/afspraken/${disputed}`],
    [master, `/marktmeester/afspraken/${agreed}`],
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
