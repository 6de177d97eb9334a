import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Guest, ok } from '../support/house.ts';
import { type Market, openMarket } from '../support/market.ts';
import { followIn, openWalk, pressIn, textIn, type Walk } from '../support/market-walk.ts';

/** Two neighbours write to each other on their phones, and the market master reads what was reported (M6). */

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
])('two write about a listing, agree, and reach each other, %s', async (_, javaScript) => {
  const { at, pageOf, right } = walk;
  if (!javaScript) await walk.moved('2026-12-01T12:00:00Z');
  const look = async (page: Awaited<ReturnType<typeof pageOf>>, name: string) => {
    if (javaScript) await right(page, name);
  };
  const listing = await market.listing(henk, { mode: 'free', title: 'Gordijnen ophangen' });
  const page = await pageOf(sam, javaScript);
  await page.goto(at(`/markt/${listing}/een-klus`));
  await followIn(page, 'Stuur een bericht');
  await textIn(page, 'Schrijf aan Henk Brouwer');
  await look(page, 'message-new');
  await pressIn(page, 'Verstuur');
  await textIn(page, /Uw bericht: /);
  await page.getByLabel('Uw bericht').fill('Kan het maandag? Bel 06-12345678.');
  await pressIn(page, 'Verstuur');
  await textIn(page, /ziet het telefoonnummer, mailadres of adres hierin pas/);
  await look(page, 'message-sent');

  await walk.house.work();
  const other = await pageOf(henk, javaScript);
  await other.goto(at('/meldingen'));
  const notice = other.locator('li', { hasText: 'Er is een bericht voor u' }).first();
  await notice.getByRole('link', { name: 'Lees het bericht' }).click();
  await textIn(other, /telefoonnummer: te lezen na de afspraak/);
  expect(await other.content()).not.toContain('12345678');
  await other.goto(at('/berichten'));
  await look(other, 'messages');
  await followIn(other, 'Sam de Wit');
  await other.getByLabel('Bericht aan Sam de Wit').fill('Maandag is goed.');
  await pressIn(other, 'Verstuur');
  await textIn(other, 'Maandag is goed.');
  // live: it comes by itself where there are scripts
  if (!javaScript) await page.reload();
  await textIn(page, 'Maandag is goed.');

  const order = await market.request(sam, listing);
  ok(await market.press(henk, order, { step: 'accept' }));
  await other.goto(at(`/afspraken/${order}`));
  await followIn(other, 'Stuur Sam de Wit een bericht');
  await textIn(other, /06-12345678/);
  await look(other, 'message-agreed');
  await other.getByText('Gaat hier iets mis?').click();
  await pressIn(other, 'Vraag de marktmeester te lezen');
  await textIn(other, /Wat is er mis: /);
  await other.getByLabel('Wat is er mis?').selectOption('money');
  await pressIn(other, 'Vraag de marktmeester te lezen');
  await textIn(other, 'U hebt de marktmeester gevraagd dit gesprek te lezen.');

  const desk = await pageOf(master, javaScript);
  await desk.goto(at('/marktmeester'));
  await followIn(desk, 'Gesprekken');
  await textIn(desk, 'Henk Brouwer over Sam de Wit');
  expect(await desk.content()).not.toContain('Maandag');
  await look(desk, 'reports');
  await pressIn(desk, 'Lees het gesprek');
  await textIn(desk, 'Maandag is goed.');
  await look(desk, 'report-read');
  await desk.getByLabel('Wat hebt u gedaan?').fill('Ik belde met u beiden.');
  await pressIn(desk, 'Handel dit af');
  await textIn(desk, 'Er is niets gemeld');
  await page.reload();
  await textIn(page, /De marktmeester las dit gesprek/);
  await textIn(page, /Ik belde met u beiden/);
  await look(page, 'message-looked');
});
