import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Guest } from '../support/house.ts';
import { type Market, openMarket } from '../support/market.ts';
import { followIn, openWalk, pressIn, textIn, type Walk } from '../support/market-walk.ts';
import { openTill } from '../support/wallet.ts';

/** The market master sees what nobody has taken, and hands it over; its author reads what fits it (M7). */

let walk: Walk;
let market: Market;
let sam: Guest;
let henk: Guest;
let wil: Guest;
let master: Guest;

beforeAll(async () => {
  walk = await openWalk('2026-12-01T10:00:00Z');
  market = await openMarket(walk.house);
  sam = await walk.house.guest('Sam de Wit');
  henk = await walk.house.guest('Henk Brouwer');
  wil = await walk.house.guest('Wil Zijn');
  master = await walk.house.guest('Mees Meester', ['market-master']);
  await openTill(walk.house).organisation('Welzijn Elzenhof', [[wil, null]]);
});
afterAll(() => walk?.close());

it.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a request that nobody takes is handed over, %s', async (_, javaScript) => {
  const { at, house, pageOf, right } = walk;
  if (!javaScript) await walk.moved('2026-12-01T12:00:00Z');
  const look = async (page: Awaited<ReturnType<typeof pageOf>>, label: string) => {
    if (javaScript) await right(page, label);
  };
  const title = `Wie maakt mijn kraan${javaScript ? '' : ' boven'}?`;
  const listing = await market.listing(sam, { kind: 'request', mode: 'free', title });
  await market.listing(henk, { mode: 'free', title: 'Lekkende kraan maken' });
  await house.work();
  const own = await pageOf(sam, javaScript);
  await own.goto(at(`/markt/${listing}/een-klus`));
  await textIn(own, 'Wie kan dit misschien?');
  await textIn(own, 'zelfde onderwerp');
  await look(own, 'matches-own');

  const desk = await pageOf(master, javaScript);
  await desk.goto(at('/marktmeester'));
  await followIn(desk, 'Nog niemand');
  await textIn(desk, title);
  if (javaScript) {
    await desk
      .getByLabel('Wie helpt als niemand zich meldt?')
      .last()
      .selectOption('Welzijn Elzenhof');
    await pressIn(desk, 'Bewaar');
    await textIn(desk, 'Bewaard.');
  }
  await look(desk, 'unmatched');
  const one = desk.getByRole('region', { name: title });
  await one.getByLabel('Bericht erbij').fill('Zij is alleen thuis.');
  await one.getByRole('button', { name: 'Draag over aan Welzijn Elzenhof' }).click();
  await textIn(desk, /Overgedragen aan Welzijn Elzenhof/);
  await look(desk, 'handed-over');
  await desk.getByRole('link', { name: 'Aangeboden' }).click();
  await textIn(desk, 'Lekkende kraan maken');

  await house.work();
  const helper = await pageOf(wil, javaScript);
  await helper.goto(at('/meldingen'));
  await followIn(helper, 'Bekijk het verzoek');
  await textIn(helper, title);
  await textIn(helper, /Zij is alleen thuis/);
  await own.reload();
  await textIn(own, /Welzijn Elzenhof kijkt mee/);
  expect(await own.getByText('Zij is alleen thuis').count()).toBe(0);
});
