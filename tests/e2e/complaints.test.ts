import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openComplaints } from '../support/complaints.ts';
import { type Guest, ok } from '../support/house.ts';
import { type Market, openMarket } from '../support/market.ts';
import { followIn, openWalk, pressIn, textIn, type Walk } from '../support/market-walk.ts';

/** A complaint from the order to the board, on phones: answered, not right, mediated late, decided (M8). */

let walk: Walk;
let market: Market;
let sam: Guest;
let henk: Guest;
let board: Guest;
let master: Guest;
let organisation: string;

beforeAll(async () => {
  walk = await openWalk('2026-12-01T10:00:00Z');
  market = await openMarket(walk.house);
  sam = await walk.house.guest('Sam de Wit');
  henk = await walk.house.guest('Henk Brouwer');
  board = await walk.house.guest('Bea Stuur');
  master = await walk.house.guest('Mees Meester', ['market-master']);
  organisation = await openComplaints(walk.house).organisation('Klussenclub', henk);
});
afterAll(() => walk?.close());

const say = async (page: Page, label: string, words: string, button: string) => {
  await page.getByLabel(label).fill(words);
  await pressIn(page, button);
};

it.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a complaint comes to the board, %s', async (_, javaScript) => {
  const { at, pageOf, right } = walk;
  walk.house.clock.set('2026-12-01T10:00:00Z');
  const look = async (page: Page, name: string) => {
    if (javaScript) await right(page, name);
  };
  const order = await market.agreed(sam, henk, {
    ...{ mode: 'free', title: 'Gordijnen ophangen', organisation },
  });

  // who acts for the organisation names who decides
  const desk = await pageOf(henk, javaScript);
  await desk.goto(at(`/organisaties/${organisation}/klachten`));
  if (javaScript) {
    await textIn(desk, 'Er is niemand gekozen.');
    await look(desk, 'complaint-board');
  }
  await desk.getByRole('textbox', { name: 'Wie beslist?' }).fill('Bea');
  await pressIn(desk, 'Zoek');
  await followIn(desk, 'Bea Stuur');
  await textIn(desk, 'U kiest Bea Stuur.');
  await pressIn(desk, 'Kies deze persoon');
  await textIn(desk, 'Bewaard.');

  // lodged from the order, with every fault at its field
  const page = await pageOf(sam, javaScript);
  await page.goto(at(`/afspraken/${order}`));
  await followIn(page, 'Klacht indienen');
  await textIn(page, /U krijgt uiterlijk dinsdag 12 januari antwoord/);
  await look(page, 'complaint-new');
  await page.getByLabel('Wat is er gebeurd?').fill('Ze kwamen niet.');
  await pressIn(page, 'Dien de klacht in');
  await textIn(page, /Waar gaat het over: /);
  expect(await page.getByLabel('Wat is er gebeurd?').inputValue()).toBe('Ze kwamen niet.');
  await look(page, 'complaint-new-refused');
  await page.getByLabel('Waar gaat het over?').selectOption('appointment');
  await pressIn(page, 'Dien de klacht in');
  await textIn(page, 'Uw klacht is ingediend. U leest hier wat er gebeurt, en wanneer.');
  await textIn(page, /U hoort uiterlijk dinsdag 8 december dat die gelezen is/);
  await look(page, 'complaint-lodged');
  const address = page.url();

  // the term goes by, and both see it
  await walk.moved('2026-12-09T10:00:00Z');
  await page.reload();
  await textIn(page, 'Die termijn is voorbij.');
  await textIn(page, 'De termijn ging voorbij.');
  await look(page, 'complaint-late');
  const mediator = await pageOf(master, javaScript);
  await mediator.goto(at('/marktmeester/klachten'));
  await textIn(mediator, '1 werkdag te laat');
  await look(mediator, 'complaint-master');

  // answered, and not right
  await desk.goto(at('/klachten'));
  await followIn(desk, 'Van Sam de Wit');
  await followIn(desk, 'Geef antwoord');
  await pressIn(desk, 'Verstuur het antwoord');
  await textIn(desk, /Wat vindt u van de klacht: /);
  await look(desk, 'complaint-answer-refused');
  await desk.locator('label', { hasText: 'Niet gegrond' }).click();
  await say(desk, 'Uw antwoord: wat vindt u ervan', 'We waren er wel.', 'Verstuur het antwoord');
  await textIn(desk, 'Uw antwoord is verstuurd.');
  await page.goto(address);
  await textIn(page, 'We waren er wel.');
  await look(page, 'complaint-answered');
  await followIn(page, 'Het is niet goed');
  await say(page, 'Wat is er nog niet goed?', 'Er was niemand.', 'Vraag de marktmeester');
  await textIn(page, 'De marktmeester kijkt er nu naar.');

  await mediator.goto(address);
  await followIn(mediator, 'Doe een voorstel');
  await mediator.locator('label', { hasText: 'Deels gegrond' }).click();
  await say(
    mediator,
    'Wat stelt u voor',
    'Kom samen een keer koffie drinken.',
    'Verstuur het voorstel',
  );
  await textIn(mediator, 'Uw voorstel is verstuurd.');

  // whoever decides reads it from now on
  const decider = await pageOf(board, javaScript);
  const early = await decider.goto(address);
  expect(early?.status()).toBe(404);
  await page.goto(address);
  await followIn(page, 'Vraag om een besluit');
  await textIn(page, /Bea Stuur, namens het bestuur, leest dan de hele klacht/);
  await say(page, 'Waarom is het nog niet goed?', 'Ik wil excuses.', 'Vraag om een besluit');
  await textIn(page, 'Er komt nu een besluit.');
  await decider.goto(at('/klachten'));
  await followIn(decider, 'Sam de Wit over Klussenclub');
  await textIn(decider, 'U beslist.');
  await look(decider, 'complaint-board-decides');
  await followIn(decider, 'Neem een besluit');
  await decider.locator('label', { hasText: 'Gegrond: de klacht is terecht' }).click();
  await say(
    decider,
    'Uw besluit, met de redenen',
    'Er stond niemand op de lijst.',
    'Neem dit besluit',
  );
  await textIn(decider, 'De klacht is afgerond.');
  await page.goto(address);
  await textIn(page, 'Er stond niemand op de lijst.');
  await textIn(page, 'Gegrond: de klacht is terecht');
  expect(await page.getByRole('link', { name: 'Voeg iets toe' }).count()).toBe(0);
  await look(page, 'complaint-closed');
});

it('shows figures of a provider from the third on', async () => {
  const complaints = openComplaints(walk.house);
  const provider = `/markt/aanbieder/o-${organisation}`;
  const page = await walk.pageOf(sam);
  await market.listing(henk, { organisation, mode: 'free' });
  await page.goto(walk.at(provider));
  await textIn(page, 'Klacht indienen');
  expect(await page.getByText(/afgerond/).count()).toBe(0);
  const ref = await complaints.lodge(sam, { provider: `o-${organisation}` });
  ok(await complaints.press(sam, ref, 'withdraw'));
  await page.goto(walk.at(provider));
  await textIn(page, '3 klachten zijn afgerond.');
  await textIn(page, '2 gegrond, 0 deels gegrond, 0 niet gegrond, 1 ingetrokken.');
  await textIn(page, '1 daarvan is binnen de termijn behandeld.');
  await walk.right(page, 'complaint-figures');
});
