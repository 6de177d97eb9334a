import * as contract from '@wijk/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, ok } from '../support/house.ts';
import { type Market, openMarket } from '../support/market.ts';
import { followIn, openWalk, pressIn, textIn, type Walk } from '../support/market-walk.ts';

/** From a question to the market and back (M9), as the people who do it meet it. */

let walk: Walk;
let market: Market;
let fatima: Guest;
let henk: Guest;
let sam: Guest;
let master: Guest;

beforeAll(async () => {
  walk = await openWalk('2026-12-01T10:00:00Z');
  const { house } = walk;
  market = await openMarket(house);
  fatima = await house.guest('Fatima Amrani');
  henk = await house.guest('Henk Brouwer');
  sam = await house.guest('Sam de Wit');
  master = await house.guest('Mees Meester', ['market-master']);
}, 120_000);
afterAll(() => walk?.close());

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const ask = async (title: string, visibility: 'public' | 'anonymous' | 'private') => {
  const body = { title, body: 'Hij drupt al een week.', theme: 'wonen', visibility };
  return ok(await walk.house.call(contract.askQuestion, fatima, { body })).ref;
};
const publish = async (listing: string) => {
  const params = { listing };
  const { version } = ok(await walk.house.call(contract.reviewListing, master, { params }));
  const body = { decision: 'publish' as const, version };
  ok(await walk.house.call(contract.decideListing, master, { params, body }));
};
const refIn = (page: Page) => /\/markt\/([a-z0-9]{8})\/bewerken/.exec(page.url())?.[1] ?? '';

/** Chooses what a request still misses and hands it in; the market master publishes it. */
async function finish(page: Page): Promise<string> {
  await heading(page, 'Wat vraagt u?').waitFor();
  await page.getByLabel('Onderwerp').selectOption({ label: 'Klussen' });
  await page.getByLabel('Buurt', { exact: true }).selectOption({ label: 'Noord' });
  const ref = refIn(page);
  await pressIn(page, 'Stuur naar de marktmeester');
  await heading(page, 'Mijn aanbod en vragen').waitFor();
  await publish(ref);
  return ref;
}

describe.each([true, false])('with scripts: %s', (scripts) => {
  const look = async (page: Page, name: string) => {
    if (scripts) await walk.right(page, name);
  };
  const word = scripts ? 'kraan' : 'goot';
  let of: { fatima: Page; henk: Page; sam: Page };
  let question: string;
  const here = () => walk.at(`/vragen/${question}`);

  beforeAll(async () => {
    of = {
      fatima: await walk.pageOf(fatima, scripts),
      henk: await walk.pageOf(henk, scripts),
      sam: await walk.pageOf(sam, scripts),
    };
    question = await ask(`Wie maakt mijn ${word} weer dicht?`, 'public');
    ok(
      await walk.house.call(contract.answerQuestion, henk, {
        params: { question },
        body: { body: `Voor zo een ${word} is er iemand in de wijk.` },
      }),
    );
    await market.listing(sam, { title: `Ik repareer uw ${word}`, mode: 'free' });
    await walk.house.work();
  }, 60_000);
  afterAll(async () => {
    for (const page of Object.values(of)) await page.context().close();
  });

  it('who answered puts an offer under the answer, found by a word', async () => {
    const page = of.henk;
    await page.goto(here());
    await followIn(page, 'Zet er aanbod van de markt bij (antwoord van Henk Brouwer)');
    await heading(page, 'Aanbod bij een antwoord').waitFor();
    await page.getByLabel('Wat zoekt u?').fill('xyzzyq');
    await pressIn(page, 'Zoek');
    await page.waitForURL(/q=xyzzyq/);
    await textIn(page, 'Er is niets gevonden');
    await page.getByLabel('Wat zoekt u?').fill(word);
    await pressIn(page, 'Zoek');
    await page.waitForURL((url) => url.searchParams.get('q') === word);
    await pressIn(page, new RegExp(`Zet erbij.*repareer uw ${word}`));
    await page.getByRole('button', { name: new RegExp(`Haal weg.*repareer uw ${word}`) }).waitFor();
    await look(page, 'attach');
    await followIn(page, `Wie maakt mijn ${word} weer dicht?`);
    const card = page.getByRole('complementary', { name: /Hulp van de markt/ });
    await card.getByText('Gratis').waitFor();
    await card.getByText('Noord').waitFor();
  });

  it('a reader asks for it from there, and the order tells both which question it was', async () => {
    const page = of.fatima;
    await page.goto(here());
    await look(page, 'question-with-offer');
    await followIn(page, `Ik repareer uw ${word}`);
    await heading(page, `Ik repareer uw ${word}`).waitFor();
    await followIn(page, 'Vraag dit');
    await textIn(page, 'U kwam hier vanaf een vraag');
    await pressIn(page, 'Vraag het');
    await textIn(page, 'Kwam uit deze vraag');
    await look(page, 'order-from-question');
    const order = /\/afspraken\/([a-z0-9]{8})/.exec(page.url())?.[1] ?? '';
    await of.sam.goto(walk.at(`/afspraken/${order}`));
    await followIn(of.sam, `Wie maakt mijn ${word} weer dicht?`);
    await heading(of.sam, `Wie maakt mijn ${word} weer dicht?`).waitFor();
  });

  it('its asker makes a request of it, and both point to each other', async () => {
    const page = of.fatima;
    await page.goto(here());
    await followIn(page, 'Maak hier een hulpvraag van');
    await heading(page, 'Maak een hulpvraag van uw vraag').waitFor();
    await look(page, 'request-from-question');
    expect(await page.getByLabel('Titel').inputValue()).toBe(`Wie maakt mijn ${word} weer dicht?`);
    await page.getByLabel('Vertel wat meer').fill('Graag deze week.');
    await pressIn(page, 'Verder met de hulpvraag');
    const ref = await finish(page);
    await of.henk.goto(here());
    await textIn(of.henk, 'Hieruit kwam een hulpvraag op de markt:');
    await of.henk.goto(walk.at(`/markt/${ref}`));
    await textIn(of.henk, 'Kwam uit deze vraag:');
    await look(of.henk, 'listing-from-question');
  });

  it('of a question without a name a request says that it shows one, and nothing is kept', async () => {
    const page = of.fatima;
    const hidden = await ask(`Wie weet iets van een lekke ${word}?`, 'anonymous');
    await page.goto(walk.at(`/vragen/${hidden}`));
    await followIn(page, 'Maak hier een hulpvraag van');
    await textIn(page, 'Op de markt ziet iedereen wél wie om hulp vraagt');
    await look(page, 'request-from-nameless');
    await page.getByLabel('Titel').fill(`Wie plakt mijn ${word}?`);
    await pressIn(page, 'Verder met de hulpvraag');
    await textIn(page, 'Zet hier een vinkje als u dit weet');
    expect(await page.getByLabel('Titel').inputValue()).toBe(`Wie plakt mijn ${word}?`);
    await page.getByLabel(/Ik weet dat iedereen mijn naam/).check();
    await pressIn(page, 'Verder met de hulpvraag');
    const ref = await finish(page);
    await of.henk.goto(walk.at(`/markt/${ref}`));
    await heading(of.henk, `Wie plakt mijn ${word}?`).waitFor();
    expect(await of.henk.getByText('Kwam uit deze vraag').count()).toBe(0);
    await of.henk.goto(walk.at(`/vragen/${hidden}`));
    await heading(of.henk, `Wie weet iets van een lekke ${word}?`).waitFor();
    expect(await of.henk.getByText('hulpvraag op de markt').count()).toBe(0);
    const { rows } = await walk.house.owner.$client.query(
      'select question_id, became_question_id from market.listing where ref = $1',
      [ref],
    );
    expect(rows).toEqual([{ question_id: null, became_question_id: null }]);
  });

  it('a request that finds nobody becomes a question, filled in, and both point to each other', async () => {
    const page = of.fatima;
    const title = `Wie brengt mijn ${word} naar de stort?`;
    const listing = await market.listing(fatima, { kind: 'request', mode: 'free', title });
    await page.goto(walk.at(`/markt/${listing}`));
    await followIn(page, 'Stel het als vraag aan de wijk');
    await heading(page, 'Stel een vraag').waitFor();
    await textIn(page, 'Wij hebben uw hulpvraag hier alvast ingevuld');
    const field = page.getByLabel('Uw vraag in één zin');
    expect(await field.inputValue()).toBe(title);
    await look(page, 'question-from-request');
    await page.getByLabel('Onderwerp').selectOption({ label: 'Wonen' });
    await pressIn(page, /Plaats mijn vraag|Toch vragen/);
    // shown questions like it first, the form still knows where it came from
    const anyway = page.getByRole('button', { name: 'Toch vragen' });
    await anyway.or(page.getByText('Dit was eerst een hulpvraag')).first().waitFor();
    if (await anyway.isVisible()) await anyway.click();
    await textIn(page, 'Dit was eerst een hulpvraag op de markt:');
    await followIn(page, title);
    await textIn(page, 'Hierover is ook een vraag gesteld:');
  });
});
