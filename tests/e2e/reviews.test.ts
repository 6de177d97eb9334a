import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Guest } from '../support/house.ts';
import { ok } from '../support/house.ts';
import { type Market, openMarket } from '../support/market.ts';
import { followIn, openWalk, pressIn, textIn, type Walk } from '../support/market-walk.ts';

/** Both sides of an order say how it went, on their phones, and the market master takes one away (M8). */

let walk: Walk;
let market: Market;
let sam: Guest;
let henk: Guest;
let master: Guest;

beforeAll(async () => {
  walk = await openWalk('2026-12-01T10:00:00Z');
  market = await openMarket(walk.house);
  sam = await walk.house.guest('Sam de Wit');
  henk = await walk.house.guest('Henk Brouwer');
  master = await walk.house.guest('Mees Meester', ['market-master']);
});
afterAll(() => walk?.close());

it.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('two sides say how it went, %s', async (_, javaScript) => {
  const { at, pageOf, right } = walk;
  const look = async (page: Awaited<ReturnType<typeof pageOf>>, name: string) => {
    if (javaScript) await right(page, name);
  };
  const order = await market.agreed(sam, henk, { mode: 'free', title: 'Gordijnen ophangen' });
  const page = await pageOf(sam, javaScript);
  await page.goto(at(`/afspraken/${order}/beoordeling`));
  await textIn(page, /De afspraak is nog niet klaar/);
  ok(await market.press(sam, order, { step: 'confirm' }));
  await page.goto(at(`/afspraken/${order}`));
  await followIn(page, 'Hoe ging het?');
  await textIn(page, /U leest elkaars woorden pas als u allebei iets schreef/);
  await look(page, 'review');
  await pressIn(page, 'Bewaar');
  await textIn(page, /Wat vond u ervan: /);
  await look(page, 'review-refused');
  await page.locator('label', { hasText: 'Niet goed' }).click();
  await page.getByLabel('Wilt u er iets bij vertellen?').fill('Wat een prutser.');
  await pressIn(page, 'Bewaar');
  await textIn(page, /Bewaard/);
  await look(page, 'review-waits');

  const other = await pageOf(henk, javaScript);
  await other.goto(at(`/afspraken/${order}/beoordeling`));
  await textIn(other, /Zeg hoe het ging met Sam de Wit/);
  expect(await other.getByText('prutser').count()).toBe(0);
  await other.locator('label', { hasText: 'Heel goed' }).click();
  await pressIn(other, 'Bewaar');
  await textIn(other, 'Wat een prutser.');
  await look(other, 'review-both');
  await other.getByLabel('Wilt u antwoorden?').fill('Ik kwam twee keer terug.');
  await pressIn(other, 'Plaats het antwoord');
  await textIn(other, 'Uw antwoord staat eronder.');
  await other.getByText('Klopt dit niet met de regels?').click();
  await other.getByLabel('Wat is er mis?').selectOption('insulting');
  await pressIn(other, 'Vraag de marktmeester te kijken');
  await textIn(other, 'De marktmeester kijkt hiernaar.');
  await look(other, 'review-flagged');

  const desk = await pageOf(master, javaScript);
  await desk.goto(at('/marktmeester'));
  await followIn(desk, 'Beoordelingen');
  await textIn(desk, 'Wat een prutser.');
  await look(desk, 'review-master');
  await desk.getByLabel('Wat besluit u?').selectOption('remove');
  await desk.getByLabel('Toelichting').fill('Zo praten we niet.');
  await pressIn(desk, 'Neem dit besluit');
  await textIn(desk, /Reden: /);
  await desk.getByLabel('Reden').selectOption('insulting');
  await pressIn(desk, 'Neem dit besluit');
  await textIn(desk, /Het is weggehaald/);
  await page.goto(at(`/afspraken/${order}/beoordeling`));
  await textIn(page, /Zo praten we niet/);
  await look(page, 'review-removed');
});

it('shows a figure with the third', async () => {
  const listing = await market.listing(henk, { mode: 'free', title: 'Kast in elkaar zetten' });
  for (const [i, name] of ['Noor Bakker', 'Piet Dijk', 'Ina Vos'].entries()) {
    const who = await walk.house.guest(name);
    const order = await market.request(who, listing);
    ok(await market.press(henk, order, { step: 'accept' }));
    ok(await market.press(who, order, { step: 'confirm' }));
    const page = await walk.pageOf(who);
    await page.goto(walk.at(`/markt/${listing}/een-klus`));
    expect(await page.getByText(/van 5/).count()).toBe(0);
    await page.goto(walk.at(`/afspraken/${order}/beoordeling`));
    await page.locator('label', { hasText: i === 0 ? /^Goed/ : 'Heel goed' }).click();
    await page.getByLabel('Wilt u er iets bij vertellen?').fill('Het staat als een huis.');
    await pressIn(page, 'Bewaar');
    await textIn(page, /Bewaard/);
    const helper = await walk.pageOf(henk);
    await helper.goto(walk.at(`/afspraken/${order}/beoordeling`));
    await helper.locator('label', { hasText: 'Heel goed' }).click();
    await pressIn(helper, 'Bewaar');
    await textIn(helper, 'Het staat als een huis.');
  }
  const page = await walk.pageOf(sam);
  await page.goto(walk.at(`/markt/${listing}/een-klus`));
  await textIn(page, '4,7 van 5 (3 beoordelingen)');
  await walk.right(page, 'rating-listing');
  await followIn(page, 'Henk Brouwer');
  await textIn(page, 'Wat buren ervan vonden');
  expect(await page.getByText(/Bakker|Dijk|Vos/).count()).toBe(0);
  await walk.right(page, 'rating-provider');
});
