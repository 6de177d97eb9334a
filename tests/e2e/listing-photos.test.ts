import * as contract from '@wijk/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Guest, ok } from '../support/house.ts';
import { openMarket } from '../support/market.ts';
import { followIn, openWalk, pressIn, textIn, type Walk } from '../support/market-walk.ts';
import { picture, withPlace } from '../support/photos.ts';

/** Photos with a listing, as its author, a neighbour and the market master meet them (M1). */

let walk: Walk;
let henk: Guest;
let master: Guest;

beforeAll(async () => {
  walk = await openWalk('2026-12-01T10:00:00Z');
  await openMarket(walk.house);
  henk = await walk.house.guest('Henk Brouwer');
  master = await walk.house.guest('Mees Meester', ['market-master']);
}, 120_000);
afterAll(() => walk?.close());

const file = async (name: string, bytes: Promise<Buffer> | Buffer) => ({
  ...{ name, mimeType: 'image/jpeg', buffer: await bytes },
});
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

describe.each([true, false])('with scripts: %s', (scripts) => {
  it('they come with a draft, are described, shown, and taken away with a reason', async () => {
    const look = async (page: Page, name: string) => {
      if (scripts) await walk.right(page, name);
    };
    const title = scripts ? 'Ik naai uw gordijnen' : 'Ik naai uw broeken';
    const page = await walk.pageOf(henk, scripts);
    await page.goto(walk.at('/markt/nieuw'));
    await pressIn(page, /Ik bied iets aan/);
    await page.getByLabel('Titel').fill(title);
    await page.getByLabel('Vertel wat meer').fill('Met de machine of met de hand.');
    await page.getByLabel('Onderwerp').selectOption({ label: 'Klussen' });
    await page.getByLabel('Buurt', { exact: true }).selectOption({ label: 'Noord' });
    const ref = /\/markt\/([a-z0-9]{8})\//.exec(page.url())?.[1] ?? '';
    await pressIn(page, 'Bewaar en ga naar de foto’s');
    await heading(page, 'Foto’s bij uw advertentie').waitFor();
    await look(page, 'photos-none');
    await page
      .locator('input[type=file]')
      .setInputFiles([
        await file('een.jpg', withPlace(900, 600)),
        await file('brief.jpg', Buffer.from('geen foto')),
      ]);
    await pressIn(page, 'Zet erbij');
    await textIn(page, 'brief.jpg: Dit is geen foto die we kunnen gebruiken.');
    await page.getByRole('region', { name: 'Foto 1' }).waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles([await file('twee.jpg', picture(300, 200).jpeg().toBuffer())]);
    await pressIn(page, 'Zet erbij');
    const second = page.getByRole('region', { name: 'Foto 2' });
    await second.waitFor();
    await second.getByLabel('Wat staat er op de foto?').fill('Een rode zoom');
    await second.getByRole('button', { name: 'Bewaar de beschrijving' }).click();
    await textIn(page, 'De beschrijving is bewaard.');
    await second.getByRole('button', { name: 'Zet deze vooraan' }).click();
    const first = page.getByRole('region', { name: 'Foto 1' });
    await first.getByRole('img', { name: 'Een rode zoom' }).waitFor();
    await look(page, 'photos-two');
    await followIn(page, 'Terug naar de tekst');
    expect(await page.getByLabel('Titel').inputValue()).toBe(title);
    await pressIn(page, 'Stuur naar de marktmeester');
    await heading(page, 'Mijn aanbod en vragen').waitFor();

    const desk = await walk.pageOf(master, scripts);
    await desk.goto(walk.at(`/marktmeester/${ref}`));
    await desk.getByRole('img', { name: 'Een rode zoom' }).waitFor();
    await followIn(desk, 'Een foto weghalen');
    const other = desk.getByRole('region', { name: 'Foto 2' });
    await other.getByText('Haal deze foto weg').click();
    await other.getByRole('button', { name: 'Ja, wis deze foto' }).click();
    await textIn(desk, 'Kies een van de mogelijkheden.');
    await other.getByLabel('Waarom haalt u deze foto weg?').selectOption('private-details');
    await other.getByLabel('Bericht aan wie hem plaatste').fill('Uw buurvrouw staat erop.');
    await look(desk, 'photos-master');
    await other.getByRole('button', { name: 'Ja, wis deze foto' }).click();
    await textIn(desk, 'De foto is gewist.');
    const params = { listing: ref };
    const { version } = ok(await walk.house.call(contract.reviewListing, master, { params }));
    const body = { decision: 'publish' as const, version };
    ok(await walk.house.call(contract.decideListing, master, { params, body }));
    await walk.house.work();

    await page.goto(walk.at(`/markt/${ref}`));
    await page.getByRole('img', { name: 'Een rode zoom' }).waitFor();
    expect(await page.locator('.photos img').count()).toBe(1);
    await look(page, 'listing-with-photo');
    await page.goto(walk.at(`/markt?q=${encodeURIComponent(title)}`));
    await page.getByRole('article').filter({ hasText: title }).locator('img').waitFor();
    await look(page, 'market-with-photo');
    await page.context().close();
    await desk.context().close();
  }, 180_000);
});
