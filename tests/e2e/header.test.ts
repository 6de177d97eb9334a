import { grantRole, listPeople } from '@wijk/contracts';
import { DEMONSTRATION_ACCOUNTS } from '@wijk/db/seed';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { headerFaults } from '../support/header.ts';
import { keepPicture, lookAs, sideways } from '../support/looks.ts';
import { signIn } from '../support/visitor.ts';

/**
 * The way through the site fits on every window, for every role: nothing is cut off, hidden under
 * something else or too small to press, also in a wijk with a long name and with one part more.
 */

const WIDTHS = [320, 360, 768, 1024, 1280];
const LONG = 'Verzetsheldenbuurt en Binnenstedelijk Industriegebied-Noordoost';

const PEOPLE = {
  resident: 'fatima.amrani@voorbeeld.example',
  editor: 'noor.vanderhorst@voorbeeld.example',
  admin: 'sander.vroom@voorbeeld.example',
  'editor and admin': 'johan.terpstra@voorbeeld.example',
  'platform admin': DEMONSTRATION_ACCOUNTS.find((one) => one.role === 'platform-admin')?.email,
};

let app: AppProcess;
let browser: Browser;
const cookies = new Map<string, string>();

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
  const admin = await signIn(app.url, PEOPLE.admin);
  const listed = await admin.call(listPeople, { query: { search: 'Johan Terpstra' } });
  const member = listed.ok ? (listed.data.items[0]?.id ?? '') : '';
  const granted = await admin.call(grantRole, { params: { member, role: 'admin' } });
  if (!granted.ok) throw new Error(granted.problem.code);
  for (const [who, email] of Object.entries(PEOPLE))
    cookies.set(who, (await signIn(app.url, email ?? '')).cookie);
});

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

/** In every width: what is shown fits; so many links are there, those of the menu too. */
async function fits(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    expect([width, await headerFaults(page), await sideways(page)]).toEqual([width, [], 0]);
    await keepPicture(page, `header-${name.replaceAll(' ', '-')}-${width}`, false);
  }
}

describe.each([
  ['visitor', ['Vragen', 'Stand', 'Inloggen']],
  ['resident', ['Vragen', 'Stand', 'melding', 'Mijn zaken']],
  ['editor', ['Vragen', 'Stand', 'Redactie', 'melding', 'Mijn zaken']],
  ['admin', ['Vragen', 'Stand', 'Beheer', 'melding', 'Mijn zaken']],
  ['editor and admin', ['Vragen', 'Stand', 'Redactie', 'Beheer', 'melding', 'Mijn zaken']],
  ['platform admin', ['Vragen', 'Stand', 'Beheer', 'melding', 'Mijn zaken']],
])('the header for: %s', (who, names) => {
  it.each([true, false])('fits in every width, with JavaScript: %s', async (scripted) => {
    const cookie = cookies.get(who) ?? '';
    const { context, troubles } = await lookAs(browser, app.url, cookie, 'light', scripted);
    const page = await context.newPage();
    await page.setViewportSize({ width: 320, height: 800 });
    await page.goto('/vragen');
    const main = page.getByRole('navigation', { name: 'Hoofdmenu' });
    for (const name of names)
      expect([name, await main.getByRole('link', { name }).isVisible()]).toEqual([name, true]);
    await fits(page, who);
    if (scripted) {
      await page.evaluate(`document.querySelector('.brand span').firstChild.data = '${LONG}';
        const part = document.querySelector('.site-parts li').cloneNode(true);
        part.firstChild.textContent = 'Zoeken';
        document.querySelector('.site-parts').append(part);`);
      await fits(page, `long-${who}`);
    }
    expect(troubles).toEqual([]);
    await context.close();
  });
});

describe('at the desk on a phone', () => {
  it.each([true, false])(
    'the parts wait behind a button, with JavaScript: %s',
    async (scripted) => {
      const cookie = cookies.get('editor and admin') ?? '';
      const { context, troubles } = await lookAs(browser, app.url, cookie, 'light', scripted);
      const page = await context.newPage();
      await page.goto('/redactie');
      await fits(page, `desk-${scripted ? 'js' : 'plain'}`);
      await page.setViewportSize({ width: 360, height: 740 });
      const header = await page.locator('.site-header').boundingBox();
      expect(header?.height).toBeLessThan(70);
      const admin = page.getByRole('link', { name: 'Beheer', exact: true });
      expect(await admin.isVisible()).toBe(false);
      const menu = page.getByRole('button', { name: 'Menu' });
      await menu.press('Enter');
      await admin.waitFor();
      expect(await headerFaults(page)).toEqual([]);
      await keepPicture(page, `header-desk-menu-${scripted ? 'js' : 'plain'}`, false);
      if (scripted) expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      expect(await admin.isVisible()).toBe(false);
      await menu.press('Enter');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Vragen');
      await page.getByRole('link', { name: 'Redactie', exact: true }).press('Enter');
      await admin.waitFor({ state: 'hidden' });
      await menu.click();
      await admin.click();
      await page.getByRole('heading', { level: 1, name: 'Beheer' }).waitFor();
      expect(await headerFaults(page)).toEqual([]);
      expect(troubles).toEqual([]);
      await context.close();
    },
  );
});
