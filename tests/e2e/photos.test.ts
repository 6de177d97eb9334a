import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listQuestions } from '@wijk/contracts';
import exifr from 'exifr';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { picture, withPlace } from '../support/photos.ts';
import { codeIn, mailTo, signIn, visit } from '../support/visitor.ts';

/**
 * A photo with a question, as residents meet it: chosen, described, sent; without JavaScript in a form
 * that was refused once; the place it was taken in, and nowhere afterwards; taken away by the redactie.
 */

let app: AppProcess;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

async function device(javaScriptEnabled: boolean, cookie?: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL: app.url,
    locale: 'nl-NL',
    reducedMotion: 'reduce',
    viewport: { width: 360, height: 800 },
    javaScriptEnabled,
  });
  context.setDefaultTimeout(30_000);
  if (cookie) {
    const [name = '', value = ''] = cookie.split(/=(.*)/s);
    await context.addCookies([{ name, value, url: app.url }]);
  }
  return context.newPage();
}

/** In three widths and both looks, for whoever wants to see the pages. */
async function keepPictures(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [360, 768, 1280]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const path = join(folder, `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage: true });
    }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 360, height: 800 });
}

async function fillIn(page: Page, asked: { title: string; name: string; email: string }) {
  await page.getByLabel('Uw vraag in één zin').fill(asked.title);
  await page.getByLabel('Onderwerp').selectOption({ label: 'Wonen' });
  await page.getByLabel('Uw naam').fill(asked.name);
  await page.getByLabel('Uw e-mailadres').fill(asked.email);
}

/** Sends the form; where questions like it are shown first, once more. */
async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Mail mij een code' }).click();
  const code = page.getByRole('heading', { name: 'Vul de code in' });
  const anyway = page.getByRole('button', { name: 'Toch vragen' });
  await code.or(anyway).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  await code.waitFor();
}

async function typeCode(page: Page, email: string): Promise<void> {
  const code = codeIn(await mailTo(visit(app.url), email, /\d{3} ?\d{3}/));
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Verder' }).click();
}

const refOf = async (title: string) => {
  const found = await visit(app.url).call(listQuestions, { query: { limit: 50 } });
  return found.ok ? (found.data.items.find((item) => item.title === title)?.ref ?? '') : '';
};

const JPEG = 'image/jpeg';
const uploads = (page: Page) => page.locator('input[type=file]');

/** Every photo on the page, as a browser gets it. */
async function bytesOn(page: Page): Promise<Buffer[]> {
  const links = await page.locator('.photos a').all();
  const images = await page.locator('.photos img').all();
  const addresses = [
    ...(await Promise.all(links.map((link) => link.getAttribute('href')))),
    ...(await Promise.all(images.map((image) => image.getAttribute('src')))),
  ];
  return Promise.all(
    addresses.map(async (address) => {
      const reply = await fetch(app.url + (address ?? ''));
      expect(reply.headers.get('content-type')).toBe('image/webp');
      return Buffer.from(await reply.arrayBuffer());
    }),
  );
}

it('a photo is sent when it is chosen, waits on the device, and shows without its place', async () => {
  const email = 'greet@voorbeeld.example';
  const title = 'Welke plant groeit hier tussen de tegels?';
  const page = await device(true);
  await page.goto('/vragen/nieuw');
  // a photo of a telephone: large, with a place in it
  const taken = await withPlace(3000, 2000);
  expect(await exifr.gps(taken)).toBeTruthy();
  await uploads(page).setInputFiles([
    { name: 'IMG_1.jpg', mimeType: JPEG, buffer: taken },
    { name: 'notitie.jpg', mimeType: JPEG, buffer: Buffer.from('geen foto') },
  ]);
  await page.getByText('notitie.jpg: Dit is geen foto die we kunnen gebruiken.').waitFor();
  const words = page.getByLabel('Foto 1: Wat staat er op de foto?');
  await words.fill('Een groene plant tussen stoeptegels');
  expect(await findings(page)).toEqual([]);
  await keepPictures(page, 'vraag-met-foto');

  // the tab is closed and opened again: the photo was sent, so it is still there
  await page.reload();
  await words.waitFor();
  expect(await words.inputValue()).toBe('Een groene plant tussen stoeptegels');
  await uploads(page).setInputFiles([
    { name: 'IMG_2.png', mimeType: 'image/png', buffer: await picture(80, 60).png().toBuffer() },
  ]);
  await page.getByLabel('Foto 2: Wat staat er op de foto?').waitFor();
  await page.getByRole('button', { name: 'Zet foto 2 eerder' }).click();
  await page.getByRole('button', { name: 'Haal foto 1 weg' }).click();
  await page.getByLabel('Foto 2: Wat staat er op de foto?').waitFor({ state: 'detached' });

  await fillIn(page, { title, name: 'Greet Mulder', email });
  await send(page);
  await typeCode(page, email);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  const image = page.getByRole('img', { name: 'Een groene plant tussen stoeptegels' });
  await image.waitFor();
  // standing upright, as it was held
  expect(
    await image.evaluate(async (el) => {
      // it stands on the page before its bytes have come
      const shown = el as unknown as { decode(): Promise<void>; naturalHeight: number };
      await shown.decode();
      return shown.naturalHeight;
    }),
  ).toBe(480);
  expect(await findings(page)).toEqual([]);
  await keepPictures(page, 'vraagpagina-met-foto');
  const bytes = await bytesOn(page);
  expect(bytes).toHaveLength(2);
  for (const one of bytes) {
    expect(await exifr.parse(one, true).catch(() => undefined)).toBeUndefined();
    expect(one.toString('latin1')).not.toMatch(/Telefoonmaker|Amrani|EXIF/);
  }

  await page.getByRole('link', { name: 'Foto’s bij uw vraag aanpassen' }).click();
  await page.getByRole('heading', { level: 1, name: 'Foto’s bij uw vraag' }).waitFor();
  expect(await findings(page)).toEqual([]);
  await keepPictures(page, 'fotos-van-mij');
  await page.getByLabel('Wat staat er op de foto?').fill('Zevenblad');
  await page.getByRole('button', { name: 'Bewaar de beschrijving' }).click();
  await page.getByText('De beschrijving is bewaard.').waitFor();
  await page.goto(`/vragen/${await refOf(title)}`);
  await page.getByRole('img', { name: 'Zevenblad' }).waitFor();
});

it('without JavaScript a refused form loses nothing, and an editor takes a photo away', async () => {
  const email = 'harm@voorbeeld.example';
  const title = 'Wie maakt deze scheur in de muur dicht?';
  const page = await device(false);
  await page.goto('/vragen/nieuw');
  await uploads(page).setInputFiles([
    { name: 'muur.jpg', mimeType: JPEG, buffer: await withPlace() },
    { name: 'tekening.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') },
    { name: 'dichtbij.jpg', mimeType: JPEG, buffer: await withPlace(500, 300) },
  ]);
  await fillIn(page, { title, name: 'Harm Dekker', email });
  await page.getByRole('button', { name: 'Mail mij een code' }).click();
  await page.getByText('tekening.svg: Dit is geen foto die we kunnen gebruiken.').first().waitFor();
  expect(await page.getByLabel('Uw vraag in één zin').inputValue()).toBe(title);
  await page.getByLabel('Foto 1: Wat staat er op de foto?').fill('Een scheur boven het raam');
  await page.getByLabel('Foto 2: Wat staat er op de foto?').fill('De scheur van dichtbij');
  // shown from the page itself: no address with a secret
  expect(await page.locator('.chosen img').first().getAttribute('src')).toMatch(
    /^data:image\/webp/,
  );
  await keepPictures(page, 'geweigerd-zonder-script');

  // another fault: what was sent is still there, with its words
  await page.getByLabel('Uw e-mailadres').fill('geen adres');
  await page.getByRole('button', { name: 'Mail mij een code' }).click();
  await page.getByText('Dit is geen e-mailadres.').first().waitFor();
  expect(await page.getByLabel('Foto 1: Wat staat er op de foto?').inputValue()).toBe(
    'Een scheur boven het raam',
  );
  await page.getByLabel('Uw e-mailadres').fill(email);
  await send(page);
  await typeCode(page, email);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.getByRole('img', { name: 'Een scheur boven het raam' }).waitFor();

  const ref = await refOf(title);
  const noor = await signIn(app.url, 'noor.vanderhorst@voorbeeld.example');
  const desk = await device(false, noor.cookie);
  await desk.goto(`/redactie/${ref}`);
  await desk.getByRole('img', { name: 'De scheur van dichtbij' }).waitFor();
  await desk.getByRole('link', { name: 'Een foto weghalen' }).click();
  await desk.getByText('De foto wordt meteen gewist. Dat kan niet ongedaan').first().waitFor({
    state: 'attached',
  });
  const second = desk.getByRole('region', { name: 'Foto 2' });
  await second.getByText('Haal deze foto weg').click();
  await second.getByRole('button', { name: 'Ja, wis deze foto' }).click();
  // a reason is needed
  await desk.getByText('Kies een van de mogelijkheden.').first().waitFor();
  await second.getByLabel('Waarom haalt u deze foto weg?').selectOption('private-data');
  await second.getByLabel('Bericht aan de vrager').fill('Uw buurvrouw staat erop.');
  await keepPictures(desk, 'foto-wissen');
  await second.getByRole('button', { name: 'Ja, wis deze foto' }).click();
  await desk.getByText('De foto is gewist.').waitFor();
  expect(await desk.getByRole('region').count()).toBe(1);

  await page.goto(`/vragen/${ref}`);
  await page.getByText('De redactie heeft een foto bij uw vraag verwijderd.').waitFor();
  expect(await page.locator('.photos img').count()).toBe(1);
  await page.getByRole('link', { name: 'Lees waarom en wat u kunt doen' }).click();
  await page.getByText('Uw buurvrouw staat erop.').waitFor();
});

it('photos that are too large together for one form: the page says so in plain words', async () => {
  const page = await device(false);
  await page.goto('/vragen/nieuw');
  // as files: the browser is handed their names instead of their bytes
  const folder = mkdtempSync(join(tmpdir(), 'wijk-photos-'));
  const files = [1, 2, 3, 4, 5].map((n) => join(folder, `groot-${n}.jpg`));
  for (const file of files) writeFileSync(file, Buffer.alloc(11 * 1024 * 1024, 0xff));
  await uploads(page).setInputFiles(files);
  await page.getByRole('button', { name: 'Mail mij een code' }).click();
  await page.getByRole('heading', { name: 'Dit is te groot om te versturen' }).waitFor();
  rmSync(folder, { recursive: true });
});
