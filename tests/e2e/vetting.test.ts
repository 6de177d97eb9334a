import * as contract from '@wijk/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, ok } from '../support/house.ts';
import { followIn, openWalk, pressIn, textIn, type Walk } from '../support/market-walk.ts';
import { openVetting, type Vetters } from '../support/vetting.ts';

/** A provider asks to be vetted, signs, is judged by two, and is on the market; the wijk sets the rules by pages. */

let walk: Walk;
let vet: Vetters;
let bart: Guest;
let ineke: Guest;
let anil: Guest;
let yusuf: Guest;
let fatima: Guest;

beforeAll(async () => {
  walk = await openWalk('2026-12-01T09:00:00Z');
  const { house } = walk;
  vet = openVetting(house);
  [bart, ineke, anil, yusuf, fatima] = await Promise.all([
    house.guest('Bart Hoekstra', ['resident', 'provider']),
    house.guest('Ineke Bloemhof', ['resident', 'market-master']),
    house.guest('Anil Ramdin', ['resident', 'curator']),
    house.guest('Yusuf Demirci', ['resident', 'market-master']),
    house.guest('Fatima Amrani', ['resident']),
  ]);
}, 120_000);
afterAll(() => walk?.close());

const field = (page: Page, name: string | RegExp) => page.getByLabel(name).first();

async function judge(page: Page, key: string): Promise<void> {
  await page.goto(walk.at(`/toetsing/${key}`));
  await pressIn(page, 'Nee, ik heb geen belang');
  await textIn(page, 'Uw beoordeling');
  await pressIn(page, 'Beoordeling vastleggen');
  await page.getByRole('heading', { name: /dingen die u moet aanpassen/ }).waitFor();
  for (const section of await page.locator('section[aria-labelledby^="c-"]').all()) {
    await section.getByRole('radio').nth(3).check();
    await section.getByLabel('Waarom dit cijfer?').fill('Nagekeken.');
  }
  await page.locator('label', { hasText: 'Goedkeuren' }).click();
  await page.getByLabel('Samengevat').fill('In orde.');
  await pressIn(page, 'Beoordeling vastleggen');
  await textIn(page, 'Uw beoordeling is vastgelegd.');
}

describe.each([true, false])('with scripts: %s', (javaScript) => {
  const name = javaScript ? 'Fysio Molenwal' : 'Fysio Zuid';
  let key: string;
  let provider: Page;
  let master: Page;
  let curator: Page;
  beforeAll(async () => {
    key = await vet.organisation(name, bart);
    provider = await walk.pageOf(bart, javaScript);
    master = await walk.pageOf(ineke, javaScript);
    curator = await walk.pageOf(anil, javaScript);
  });
  const looked = async (page: Page, what: string) => {
    if (javaScript) await walk.right(page, what);
  };

  it('the wijk asks for it by a page, and says what is wrong at its field', async () => {
    await master.goto(walk.at('/marktbeheer'));
    await looked(master, 'setup');
    await followIn(master, 'Regels');
    await field(master, 'Professionals moeten getoetst zijn').check();
    await field(master, 'Hoelang mag iemand over een verzoek nadenken?').fill('veel');
    await pressIn(master, 'Bewaar');
    await master.getByRole('heading', { name: /moet aanpassen/ }).waitFor();
    expect(await field(master, 'Hoelang mag iemand over').inputValue()).toBe('veel');
    await looked(master, 'rules-wrong');
    await field(master, 'Hoelang mag iemand over').fill(javaScript ? '4' : '5');
    await pressIn(master, 'Bewaar');
    await textIn(master, 'De nieuwe regels gelden vanaf nu.');
    await textIn(master, new RegExp(`nadenken\\?: \\d werd ${javaScript ? 4 : 5}`));
  });

  it('an offer waits and says why', async () => {
    const ref = await vet.offer(bart, key, { title: `Oefenen bij ${name}` });
    expect(await vet.submit(bart, ref)).toBe('review');
    await provider.goto(walk.at('/markt/mijn'));
    await textIn(provider, 'Dit wacht op uw toetsing.');
    await looked(provider, 'own-held');
    await provider
      .getByRole('article')
      .filter({ hasText: `Oefenen bij ${name}` })
      .getByRole('link', { name: 'Naar toetsing en afspraken' })
      .click();
    await textIn(provider, 'Niet getoetst');
    await looked(provider, 'own-vetting-empty');
    await pressIn(provider, 'Stuur in');
    await provider.getByRole('heading', { name: /moet aanpassen/ }).waitFor();
    for (const [label, text] of [
      [/Wat doet u/, 'Fysiotherapie aan huis.'],
      [/Nummer bij de KvK/, 'KvK 12345678'],
      [/Welke opleiding/, 'Drie fysiotherapeuten.'],
      [/Wie komt er/, 'Drie mensen met een VOG.'],
      [/Hoe bent u verzekerd/, 'Tot een miljoen.'],
      [/Waar kan iemand/, 'De klachtencommissie.'],
    ] as const)
      await field(provider, label).fill(text);
    await pressIn(provider, 'Stuur in');
    await textIn(provider, 'Uw aanvraag is ingestuurd.');
    await looked(provider, 'own-vetting');
  });

  it('its provider signs by name, and keeps a paper of it', async () => {
    await followIn(provider, /Lees.* en teken/);
    await provider.getByRole('heading', { level: 1, name: 'Lees en teken' }).waitFor();
    await looked(provider, 'sign');
    await pressIn(provider, 'Teken');
    await textIn(provider, 'Zonder kunt u niet tekenen');
    await field(provider, 'Uw naam').fill('Bart Hoekstra');
    await field(provider, /Ik heb de tekst gelezen/).check();
    await pressIn(provider, 'Teken');
    await textIn(provider, 'U hebt getekend.');
    const href = await provider
      .getByRole('link', { name: 'Download wat u tekende (PDF)' })
      .getAttribute('href');
    const file = await provider.request.get(new URL(href ?? '', provider.url()).href);
    expect([file.status(), file.headers()['content-type']]).toEqual([200, 'application/pdf']);
    expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is judged by two apart from each other, and the market master publishes', async () => {
    await master.goto(walk.at('/toetsing'));
    await looked(master, 'vetting-desk');
    await judge(master, key);
    await curator.goto(walk.at(`/toetsing/${key}`));
    await textIn(curator, 'Er is 1 andere beoordeling');
    expect(await curator.getByText('In orde.').count()).toBe(0);
    await judge(curator, key);
    await textIn(curator, 'Samen komen de beoordelingen uit op');
    await looked(curator, 'vetting-judged');
    await curator.getByLabel('Waarom?').fill('Goed geregeld en duidelijk over de kosten.');
    await curator.getByLabel(/Geldig tot/).fill('2027-06-30');
    await pressIn(curator, 'Besluit vastleggen');
    await textIn(curator, 'Het besluit is vastgelegd.');
    await master.goto(walk.at('/marktmeester'));
    await master.getByRole('link', { name: `Oefenen bij ${name}` }).click();
    await pressIn(master, /Plaats|Publiceer|Zet/);
    await master.getByRole('heading', { level: 1, name: 'Marktmeester' }).waitFor();
  });

  it('its mark explains itself to everybody', async () => {
    const neighbour = await walk.pageOf(fatima, javaScript);
    await neighbour.goto(walk.at(`/markt/aanbieder/${key}`));
    await textIn(neighbour, 'Getoetste aanbieder');
    await neighbour
      .getByRole('link', { name: `Oefenen bij ${name}` })
      .first()
      .click();
    await textIn(neighbour, 'geldig tot en met 30 juni 2027');
    await followIn(neighbour, 'Wat betekent dat?');
    await textIn(neighbour, 'Goed geregeld en duidelijk over de kosten.');
    await textIn(neighbour, /Ineke Bloemhof/);
    await textIn(neighbour, `Getekend op 1 december 2026, versie ${javaScript ? 1 : 2}`);
    await looked(neighbour, 'badge');
    await neighbour.context().close();
  });

  it('another version of the criteria leaves it as it was judged', async () => {
    await master.goto(walk.at('/marktbeheer/criteria/aanbieders'));
    await looked(master, 'criteria');
    const fresh = `Bereikbaarheid ${name}`;
    await field(master, 'Nieuw criterium').fill(fresh);
    await pressIn(master, 'Neem deze versie aan');
    await master.getByRole('heading', { name: /moet aanpassen/ }).waitFor();
    const row = master
      .locator('li')
      .filter({ has: master.getByLabel('Nieuw criterium') })
      .first();
    await row.getByLabel('Wat vraagt wie toetst zich af?').fill('Is iemand te bereiken?');
    await pressIn(master, 'Neem deze versie aan');
    await textIn(master, 'De nieuwe versie is vastgesteld.');
    await textIn(master, 'Twee versies vergelijken');
    await textIn(master, fresh);
    await looked(master, 'criteria-compared');
    await master.goto(walk.at(`/markt/aanbieder/${key}/keurmerk`));
    await textIn(master, `Getoetst met versie ${javaScript ? 1 : 2}.0`);
  });

  it('another text asks for another signature, and lets offers stand still after the term', async () => {
    await master.goto(walk.at('/marktbeheer/voorwaarden'));
    const text = await field(master, 'De tekst').inputValue();
    await field(master, 'De tekst').fill(`${text}\n- Nieuw sinds ${name}.`);
    await field(master, /Hoeveel dagen/).fill('7');
    await pressIn(master, 'Maak deze tekst bekend');
    await textIn(master, 'De nieuwe tekst is bekendgemaakt.');
    await looked(master, 'terms');
    await provider.goto(walk.at(`/markt/toetsing/${key}`));
    await textIn(provider, /Er is een nieuwe tekst. Teken vóór/);
    await looked(provider, 'own-due');
  });
});

it('what is on the market stands still when the term is over, and comes back with the signature', async () => {
  const page = await walk.pageOf(bart);
  await walk.moved('2026-12-09T09:00:00Z');
  await page.goto(walk.at('/markt/mijn'));
  await textIn(page, 'Dit staat stil tot u de samenwerkingsafspraken tekent.');
  await page.goto(walk.at('/meldingen'));
  await textIn(page, 'Uw aanbod staat stil tot u tekent');
  await followIn(page, 'Lees en teken');
  await field(page, 'Uw naam').fill('Bart Hoekstra');
  await field(page, /Ik heb de tekst gelezen/).check();
  await pressIn(page, 'Teken');
  await textIn(page, 'U hebt getekend.');
  expect(await page.getByText('niet op tijd getekend').count()).toBe(0);
  await page.context().close();
});

it('an author appeals, and somebody who did not decide grants it', async () => {
  const { house } = walk;
  const ref = await vet.offer(fatima, `m-${fatima.membershipId}`, {
    shell: 1,
    title: 'Soep koken',
  });
  await vet.submit(fatima, ref);
  const params = { listing: ref };
  const { version } = ok(await house.call(contract.reviewListing, ineke, { params }));
  const body = { decision: 'refuse' as const, reason: 'commercial' as const, note: 'Reclame?' };
  ok(await house.call(contract.decideListing, ineke, { params, body: { ...body, version } }));
  const author = await walk.pageOf(fatima);
  await author.goto(walk.at('/markt/mijn'));
  await followIn(author, /Ik ben het hier niet mee eens/);
  await author.getByRole('heading', { level: 1, name: 'Bezwaar maken' }).waitFor();
  await pressIn(author, 'Maak bezwaar');
  await author.getByRole('heading', { name: /moet aanpassen/ }).waitFor();
  await field(author, 'Waarom bent u het niet eens?').fill('Ik kook gewoon soep voor de buurt.');
  await walk.right(author, 'appeal');
  await pressIn(author, 'Maak bezwaar');
  await textIn(author, 'Uw bezwaar wacht op antwoord.');
  const other = await walk.pageOf(yusuf);
  await other.goto(walk.at('/marktbeheer/bezwaren'));
  await textIn(other, 'Ik kook gewoon soep voor de buurt.');
  await walk.right(other, 'appeals');
  await field(other, /Uw antwoord/).fill('Dit is geen reclame.');
  await pressIn(other, 'Geef gelijk');
  await textIn(other, 'Er zijn geen bezwaren');
  await author.reload();
  await textIn(author, 'U kreeg gelijk');
  await author.goto(walk.at(`/markt/${ref}`));
  await author.getByRole('heading', { level: 1, name: 'Soep koken' }).waitFor();
  await author.context().close();
  await other.context().close();
});
