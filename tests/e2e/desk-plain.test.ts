import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import {
  ask,
  CHIEF,
  deviceOf,
  EDITOR,
  keepText,
  NEIGHBOUR,
  openDesk,
  RESIDENT,
} from '../support/desk.ts';
import { signIn } from '../support/visitor.ts';

/** The desk without JavaScript, and on a phone of 360 pixels. */

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

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const box = (page: Page, name: string) => page.locator(`details[data-command="${name}"]`);

/** Opens a form of the pane, and `Meer` around it, as one does with a mouse. */
async function unfold(page: Page, name: string) {
  const form = box(page, name);
  const summary = form.locator('> summary');
  if (!(await summary.isVisible())) await page.locator('#meer > summary').click();
  if ((await form.getAttribute('open')) === null) await summary.click();
  return form;
}

describe('without JavaScript', () => {
  it('everything at a question can be done, and taken back', async () => {
    const resident = await signIn(app.url, RESIDENT);
    const title = 'Wie wil met mij wandelen, bel Piet op 06-12345678?';
    const ref = await ask(resident, title, 'Liefst in de ochtend.');
    const { page, context, visitor, troubles } = await deviceOf(browser, app.url, EDITOR, {
      javaScriptEnabled: false,
    });
    await keepText(visitor, 'Wandelgroep', 'Beste {{naam}}, de wandelgroep gaat {{dag}}.');

    await page.goto('/redactie');
    await button(page, 'Dienst beginnen').click();
    await page.getByText(/^Uw dienst loopt sinds/).waitFor();

    await page.goto(`/redactie/${ref}?toon=nieuw`);
    await button(page, /^Oppakken/).click();
    await page.getByText('U hebt deze vraag opgepakt').waitFor();
    await button(page, 'Ongedaan maken').click();
    await page.getByText('Nog niemand is met deze vraag bezig.').waitFor();
    expect(page.url()).toContain('toon=nieuw');

    // a saved text is put in by a press; what stays open is pointed out and nothing is lost
    const answer = await unfold(page, 'answer');
    await answer.getByLabel('Antwoord van de redactie').fill('Leuk dat u dit vraagt.');
    await answer.getByText('Bewaarde tekst gebruiken').click();
    await answer.getByRole('button', { name: /Wandelgroep/ }).click();
    const text = page.getByLabel('Antwoord van de redactie');
    const filled = 'Leuk dat u dit vraagt.\n\nBeste Fatima Amrani, de wandelgroep gaat {{dag}}.';
    expect(await text.inputValue()).toBe(filled);
    await button(page, 'Plaats het antwoord').click();
    await page.locator('.field .error').getByText('In de tekst staat nog {{dag}}.').waitFor();
    expect(await text.inputValue()).toBe(filled);
    expect(await page.title()).toMatch(/^\(1 fout\)/);

    const back = await unfold(page, 'ask-back');
    await back.getByLabel('Wat wilt u weten?').fill('Op welke dagen kunt u?');
    await back.getByRole('button').last().click();
    await page.getByText(/^U wacht op de vrager/).waitFor();
    await button(page, 'Ongedaan maken').click();
    await page.getByText(/^U wacht op de vrager/).waitFor({ state: 'detached' });

    const edit = await unfold(page, 'edit');
    await edit.getByLabel('De vraag in één zin').fill('Wie');
    await edit.getByLabel('De vraag in één zin').fill('Wie wandelt met mij? Bel Piet');
    await edit.getByRole('button').click();
    await page.getByRole('heading', { level: 2, name: 'Wie wandelt met mij? Bel Piet' }).waitFor();
    await page.getByText('Eerder stond er').waitFor();

    const redact = await unfold(page, 'redact');
    await redact.getByLabel('De vraag', { exact: true }).fill('Wie wandelt met mij?');
    await redact.getByRole('button', { name: 'Vervang de woorden' }).click();
    await page.getByRole('heading', { level: 2, name: 'Wie wandelt met mij?' }).waitFor();

    // a reason has to be chosen; without words of one's own its standard text goes along
    const hide = await unfold(page, 'hide');
    await hide.getByRole('button').click();
    await page.locator('.field .error').getByText('Kies een van de mogelijkheden.').waitFor();
    await page.locator('#hide-reason').selectOption({ label: 'Grof of kwetsend' });
    await box(page, 'hide').getByRole('button').click();
    await page.getByText('Beslis: weer tonen of weghalen.').waitFor();
    await page.locator('summary', { hasText: 'Besluiten' }).click();
    await page.locator('ol p', { hasText: 'woorden die anderen kunnen kwetsen' }).waitFor();
    await page
      .locator('.standing')
      .getByRole('button', { name: /Weer tonen/ })
      .click();
    await page.getByText('Beslis: weer tonen of weghalen.').waitFor({ state: 'detached' });

    const remove = await unfold(page, 'remove');
    await remove.locator('select').selectOption({ label: 'Iets anders' });
    await remove.getByRole('button').click();
    await page.locator('.field .error').getByText('Schrijf erbij wat er aan de hand is.').waitFor();
    await page.locator('#remove-message').fill('U vroeg ons zelf om dit weg te halen.');
    await box(page, 'remove').getByRole('button').click();
    await page.getByText('Deze vraag is weggehaald.').waitFor();
    await button(page, 'Ongedaan maken').click();
    await page.getByText('Deze vraag is weggehaald.').waitFor({ state: 'detached' });

    expect(troubles).toEqual([]);
    await context.close();
  });

  it('a duplicate is found and marked; a colleague who was first is named', async () => {
    const resident = await signIn(app.url, RESIDENT);
    const neighbour = await signIn(app.url, NEIGHBOUR);
    const original = await ask(neighbour, 'Waar kan ik een rollator lenen?');
    const ref = await ask(resident, 'Rollator te leen?');
    const plain = { javaScriptEnabled: false };
    const noor = await deviceOf(browser, app.url, EDITOR, plain);
    const johan = await deviceOf(browser, app.url, CHIEF, plain);
    await johan.page.goto(`/redactie/${ref}`);
    await noor.page.goto(`/redactie/${ref}`);
    await button(johan.page, /^Oppakken/).click();
    await johan.page.getByText('U hebt deze vraag opgepakt').waitFor();
    await button(noor.page, /^Oppakken/).click();
    await noor.page.getByText('Johan Terpstra heeft deze vraag opgepakt. U kunt').waitFor();
    await button(johan.page, /^Loslaten/).click();
    await johan.page.getByText('Nog niemand is met deze vraag bezig.').waitFor();

    await noor.page.goto(`/redactie/${ref}`);
    const double = await unfold(noor.page, 'duplicate');
    await double.getByLabel('Zoek de andere vraag').fill('rollator lenen');
    await double.getByRole('button', { name: 'Zoek', exact: true }).click();
    await noor.page.locator(`#original-${original}`).check();
    await button(noor.page, 'Markeer als dubbel').click();
    await noor.page.getByText('Deze vraag is dubbel. In haar plaats staat:').waitFor();
    await noor.page.getByRole('link', { name: 'Waar kan ik een rollator lenen?' }).first().click();
    await noor.page.getByText('Hier wachten ook de vragers van dubbele vragen').waitFor();
    expect([...noor.troubles, ...johan.troubles]).toEqual([]);
    await Promise.all([noor.context.close(), johan.context.close()]);
  });

  it('roster, texts and log are kept', async () => {
    const { page, context, troubles } = await deviceOf(browser, app.url, EDITOR, {
      javaScriptEnabled: false,
    });
    await page.goto('/redactie/rooster');
    await page
      .getByRole('button', { name: /^Ik doe deze dag/ })
      .last()
      .click();
    await page.getByText(/^Noor van der Horst heeft dienst op/).waitFor();
    await page
      .getByRole('button', { name: /^Haal Noor van der Horst van/ })
      .last()
      .click();
    await page.getByText(/^Noor van der Horst heeft geen dienst meer op/).waitFor();

    await page.goto('/redactie/teksten');
    const fresh = page.locator('section', { hasText: 'Nieuwe tekst' }).last();
    await fresh.getByLabel('Naam van de tekst').fill('Dank voor uw vraag');
    await button(page, 'Bewaar deze tekst').click();
    await fresh.locator('.error').first().waitFor();
    expect(await fresh.getByLabel('Naam van de tekst').inputValue()).toBe('Dank voor uw vraag');
    await fresh.getByLabel('Tekst', { exact: true }).fill('Beste {{naam}}, dank u wel.');
    await button(page, 'Bewaar deze tekst').click();
    await page.getByText('Bewaard: Dank voor uw vraag').waitFor();
    await page.getByRole('heading', { level: 3, name: 'Dank voor uw vraag' }).waitFor();

    await page.goto('/redactie/logboek');
    const rows = page.getByRole('main').locator('ol > li');
    await rows.filter({ hasText: 'Noor van der Horst haalde de vraag weg' }).first().waitFor();
    expect(await rows.filter({ hasText: 'teruggedraaid' }).count()).toBeGreaterThanOrEqual(2);
    expect(troubles).toEqual([]);
    await context.close();
  });
});

describe('on a phone of 360 pixels', () => {
  it('the list and the question take turns, with everything in reach of the thumb', async () => {
    const resident = await signIn(app.url, RESIDENT);
    const title = 'Meervoudigepersoonlijkheidsstoornisondersteuningsgroep in de buurt?';
    const ref = await ask(resident, title);
    const { page, context, troubles } = await deviceOf(browser, app.url, EDITOR, {
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
    });
    const calm = async () => {
      const sideways =
        'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate<number>(sideways)).toBe(0);
      expect(await findings(page)).toEqual([]);
    };
    await openDesk(page, '/redactie?toon=nieuw');
    const header = await page.locator('.site-header').boundingBox();
    expect(header?.height).toBeLessThan(70);
    expect(await page.locator('.pane').isVisible()).toBe(false);
    await calm();

    await page.getByRole('link', { name: title }).tap();
    await page.getByRole('heading', { level: 2, name: title }).waitFor();
    expect(await page.locator('.queue').isVisible()).toBe(false);
    const bar = page.getByRole('navigation', { name: 'Wat u kunt doen' });
    for (const target of await bar.locator('a, button').all()) {
      const size = await target.boundingBox();
      expect(size?.height).toBeGreaterThanOrEqual(44);
      expect(size?.width).toBeGreaterThanOrEqual(44);
    }
    await calm();
    await bar.getByRole('button', { name: 'Oppakken' }).tap();
    await page.getByText('U hebt deze vraag opgepakt').waitFor();
    await page.getByRole('button', { name: 'Ongedaan maken' }).tap();
    await bar.getByRole('button', { name: 'Oppakken' }).waitFor();
    await bar.getByRole('link', { name: 'Meer' }).tap();
    await page.locator('details[data-command="remove"] > summary').tap();
    await page.locator('#remove-reason').selectOption({ label: 'Reclame' });
    await calm();
    await bar.getByRole('link', { name: 'Antwoord' }).tap();
    await page.locator('#answer-body:focus').waitFor();
    await page.locator('#answer-body').fill('Die is er, elke maandag.');
    await page.getByRole('button', { name: 'Plaats het antwoord' }).tap();
    await page.getByText('Die is er, elke maandag.').first().waitFor();
    await page.getByRole('link', { name: 'Naar de lijst' }).tap();
    await page.locator('.queue').waitFor();
    expect(page.url()).toContain('toon=nieuw');
    await expect.poll(() => page.getByRole('link', { name: title }).count()).toBe(0);
    expect(ref).not.toBe('');
    expect(troubles).toEqual([]);
    await context.close();
  });
});
