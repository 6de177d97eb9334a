import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openComplaints } from '../support/complaints.ts';
import { type Guest, ok } from '../support/house.ts';
import { type Market, openMarket } from '../support/market.ts';
import { followIn, openWalk, pressIn, textIn, type Walk } from '../support/market-walk.ts';

/** A pledge of hours, kept by an order and by hours that somebody wrote down, and read back as a file (M10). */

let walk: Walk;
let market: Market;
let sam: Guest;
let henk: Guest;
let manager: Guest;
let master: Guest;
let organisation: string;

beforeAll(async () => {
  // the page itself speaks by the clock of the machine: the day is typed
  walk = await openWalk('2026-12-10T10:00:00Z');
  market = await openMarket(walk.house);
  sam = await walk.house.guest('Sam de Wit');
  henk = await walk.house.guest('Henk Brouwer');
  manager = await walk.house.guest('Ina Verhuur');
  master = await walk.house.guest('Mees Meester', ['market-master']);
  organisation = await openComplaints(walk.house).organisation('Woonstichting', manager);
});
afterAll(() => walk?.close());

/** Fills what is found by name, in either way of working. */
const find = async (page: Page, label: string, words: string, name: string) => {
  await page.getByLabel(label).fill(words);
  await pressIn(page, 'Zoek');
  await followIn(page, name);
};

it('a pledge is agreed to, its standing moves, and the quarter is read back', async () => {
  const { at, pageOf, right } = walk;
  const office = await pageOf(manager);
  await office.goto(at(`/organisaties/${organisation}/uren`));
  await textIn(office, 'Geen uren in dit kwartaal');
  await right(office, 'hours-organisation-empty');
  await followIn(office, 'Stel een toezegging voor');
  await find(office, 'Aan wie?', 'Henk', 'Henk Brouwer');
  await textIn(office, 'Aan Henk Brouwer.');
  await office.getByLabel('Vanaf welke dag?').fill('2026-12-01');
  await pressIn(office, 'Verstuur het voorstel');
  await textIn(office, /Hoeveel per maand: /);
  await right(office, 'pledge-refused');
  await office.getByLabel('Hoeveel per maand?').selectOption('600');
  await office.getByLabel('In ruil waarvoor?').fill('Lage huur');
  await pressIn(office, 'Verstuur het voorstel');
  await textIn(office, 'Het voorstel is verstuurd aan Henk Brouwer.');

  const page = await pageOf(henk);
  await page.goto(at('/uren'));
  await textIn(page, 'Woonstichting stelt u voor: 10 uur per maand.');
  await right(page, 'hours-proposed');
  await pressIn(page, 'Ja, dat doe ik');
  await textIn(page, 'Afgesproken. Dank u wel.');
  await textIn(page, 'Nog te doen: 10 uur.');

  // an order that is delivered and confirmed
  const order = await market.agreed(sam, henk, { mode: 'free' }, { minutes: 90 });
  ok(await market.press(henk, order, { step: 'deliver', workedMinutes: 90 }));
  ok(await market.press(sam, order, { step: 'confirm' }));
  await walk.house.work();
  await page.goto(at('/uren'));
  await textIn(page, 'Nog te doen: 8 uur en 30 minuten.');
  await textIn(page, '1 uur en 30 minuten gedaan');
  await right(page, 'hours-standing');

  // and hours that Henk writes down, without JavaScript
  const plain = await pageOf(henk, false);
  await plain.goto(at('/uren/opschrijven'));
  await find(plain, 'Wie hielp u?', 'Sam', 'Sam de Wit');
  await plain.getByLabel('Wanneer?').fill('2026-12-08');
  await pressIn(plain, 'Vraag om bevestiging');
  await textIn(plain, /Hoe lang: /);
  await plain.getByLabel('Hoe lang?').selectOption('120');
  await plain.getByLabel('Wat deed u?').fill('Samen gewandeld');
  await pressIn(plain, 'Vraag om bevestiging');
  await textIn(plain, 'Opgeschreven. Sam de Wit krijgt bericht.');
  const receiver = await pageOf(sam, false);
  await receiver.goto(at('/uren'));
  await textIn(receiver, 'Henk Brouwer hielp u 2 uur op 8 december 2026.');
  await pressIn(receiver, /Bevestig de uren van Henk Brouwer/);
  await textIn(receiver, 'Dank u wel. De uren tellen nu mee.');

  // a correction stands beside it
  await page.goto(at('/uren'));
  await textIn(page, 'Nog te doen: 6 uur en 30 minuten.');
  await page.getByRole('link', { name: /^Pas aan.*2\suur voor Sam de Wit/ }).click();
  await textIn(page, /Er staat 2 uur voor Sam de Wit/);
  await right(page, 'hours-fix');
  await page.getByLabel('Hoe lang was het?').selectOption('60');
  await pressIn(page, 'Vraag om bevestiging');
  await textIn(page, 'Uw verbetering wacht op bevestiging.');
  await receiver.goto(at('/uren'));
  await textIn(receiver, /veranderen van 2 uur naar 1 uur/);
  await pressIn(receiver, /Bevestig de uren van Henk Brouwer/);
  await textIn(receiver, 'Dank u wel. De uren tellen nu mee.');

  // the quarter of the organisation, on the page and in a file
  await office.goto(at(`/organisaties/${organisation}/uren`));
  await textIn(office, '4e kwartaal van 2026');
  await textIn(office, '2 uur en 30 minuten');
  await right(office, 'hours-organisation');
  const [download] = await Promise.all([
    office.waitForEvent('download'),
    followIn(office, 'Bewaar als CSV'),
  ]);
  const lines = (await readFile((await download.path()) ?? '', 'utf8')).split('\r\n');
  expect(lines[3]).toBe('2026-Q4;2026-12;Woonstichting;Henk Brouwer;10,00;2,50;7,50;0,00');
  expect(lines.join()).not.toMatch(/Sam|gewandeld/);

  const overview = await pageOf(master);
  await overview.goto(at('/marktmeester/klachten'));
  await followIn(overview, 'Uren');
  await textIn(overview, 'Woonstichting');
  await right(overview, 'hours-overview');
});
