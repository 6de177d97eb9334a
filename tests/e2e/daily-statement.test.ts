import { randomUUID } from 'node:crypto';
import { connect, type Database } from '@wijk/db/kernel';
import { openAccount, readHead, readTotalsBefore, sealBlock } from '@wijk/db/ledger';
import { createWijk } from '@wijk/db/seed';
import { addStatement } from '@wijk/db/wallet';
import { runningEmbedded } from '@wijk/infra/embedded';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { BookOfTests } from '../support/book.ts';
import { launchBrowser } from '../support/browser.ts';
import { keepPicture, LOOKS, lookAs, sideways, sizesOf } from '../support/looks.ts';

/** The public page of a day (W3), without an account and without a script. */

let app: AppProcess;
let browser: Browser;
let db: Database;
let wijkId: string;
/** a wijk of its own, in which nobody but the test pays */
const SLUG = 'beuken';
const DAYS = ['2026-11-28', '2026-11-29', '2026-11-30'] as const;

beforeAll(async () => {
  [app, browser] = await Promise.all([
    // without the worker: no statement comes but those of the test
    startApp({
      env: {
        WIJK_MODE: 'demonstration',
        WIJK_PROCESS: 'api',
        STRICT_LIMITS: 'no',
        LOG_LEVEL: 'error',
      },
    }),
    launchBrowser(),
  ]);
  const url = runningEmbedded(app.dataDir)?.ownerUrl() ?? '';
  db = connect({ url, role: 'wijk_app', max: 2 });
  const owner = connect({ url, max: 1 });
  wijkId = (await createWijk(owner, { slug: SLUG, name: 'Onder de Beuken', now: new Date() })).id;
  await owner.$client.end();
});

afterAll(async () => {
  await db?.$client.end();
  await browser?.close();
  await app?.dispose();
});

async function open(path: string): Promise<Page> {
  const { context } = await lookAs(browser, app.url, '', 'light', false);
  const page = await context.newPage();
  await page.goto(`/w/${SLUG}${path}`);
  return page;
}

/** Three days in which a wijk issues and people pay; the shops are few at first. */
async function live(): Promise<void> {
  const book = new BookOfTests(db, wijkId, { seed: 3, start: new Date('2026-11-28T08:00:00Z') });
  await book.open(12);
  for (const [i, day] of DAYS.entries()) {
    book.at = new Date(`${day}T09:00:00Z`);
    for (const id of [1, 2, 3].map(() => randomUUID()))
      await openAccount(
        db,
        { wijkId, id, kind: 'organisation', limits: { min: 0, max: null, daily: null } },
        book.at,
      );
    await book.live(15);
    await sealBlock(db, wijkId, book.at);
    const head = await readHead(db, wijkId);
    await addStatement(db, {
      wijkId,
      day,
      height: head?.height ?? 0,
      head: head?.hash ?? '',
      totals: await readTotalsBefore(db, wijkId, new Date(`${day}T23:00:00Z`)),
      payments: i * 12,
      volume: i * 31_250,
      madeAt: new Date(`${day}T23:05:00Z`),
    });
  }
}

it('says where everything is, comes to zero, and can be taken home and compared', async () => {
  const empty = await open('/wijk-credits/dagstaat');
  expect(await empty.getByRole('heading', { level: 1 }).textContent()).toBe(
    'Dagstaat van de wijk-credits',
  );
  expect(await empty.locator('main').textContent()).toContain('Er is nog geen dagstaat');
  await live();
  const page = await open('');
  await page.getByRole('link', { name: 'Dagstaat wijk-credits' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
    'Dagstaat van 30 november 2026',
  );
  expect(await page.locator('tbody th').allTextContents()).toEqual([
    'Buurtgenoten',
    'Organisaties',
    'Fonds van de wijk',
    'Uitgifte door de wijk',
  ]);
  expect(await page.locator('tfoot strong').textContent()).toMatch(/0,00$/);
  expect(await page.locator('main').textContent()).toContain('24 betalingen');
  // the seal on the page is the one in the file and in the database
  const shown = (await page.locator('.seal code').textContent())?.replace(/\s/g, '');
  const { rows: blocks } = await db.$client.query(
    `select encode(hash, 'hex') as hash, height from ledger.block where wijk_id = $1 order by height desc limit 1`,
    [wijkId],
  );
  expect(shown).toBe(blocks[0]?.hash);
  const file = await page.request.get(
    `${app.url}/w/${SLUG}/wijk-credits/dagstaat/2026-11-30/dagstaat.json`,
  );
  expect(file.headers()['content-disposition']).toContain('dagstaat-beuken-2026-11-30.json');
  expect(await file.json()).toMatchObject({
    wijk: SLUG,
    day: '2026-11-30',
    head: shown,
    height: blocks[0]?.height,
    payments: 24,
  });
  // the day before, on which there were few organisations, is a link away
  await page.getByRole('link', { name: 'Dag ervoor: 29 november 2026' }).click();
  await page.getByRole('link', { name: 'Dag ervoor: 28 november 2026' }).click();
  expect(await page.locator('tbody').textContent()).toContain('Buurtgenoten en organisaties');
  expect(await page.locator('main').textContent()).toContain('Er is op deze dag niet betaald.');
  expect(await page.getByRole('link', { name: /Dag ervoor/ }).count()).toBe(0);
  for (const none of ['2026-11-01', '2026-13-45', 'gisteren'])
    expect((await page.goto(`/w/${SLUG}/wijk-credits/dagstaat/${none}`))?.status(), none).toBe(404);
});

it('is readable in every look at every width', async () => {
  for (const look of LOOKS) {
    const { context, troubles } = await lookAs(browser, app.url, '', look);
    const page = await context.newPage();
    for (const size of sizesOf(look)) {
      await page.setViewportSize(size);
      for (const day of ['', '/2026-11-28']) {
        await page.goto(`/w/${SLUG}/wijk-credits/dagstaat${day}`);
        await keepPicture(page, `dagstaat${day.replace('/', '-')}-${look}-${size.width}`);
        expect(await findings(page), `${look} ${size.width}`).toEqual([]);
        expect(await sideways(page), `${look} ${size.width}`).toBe(0);
      }
    }
    expect(troubles).toEqual([]);
    await context.close();
  }
});
