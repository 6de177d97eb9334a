import { editOwnQuestion, getContext, withdrawQuestion } from '@wijk/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import {
  answer,
  ask,
  CHIEF,
  deviceOf,
  EDITOR,
  keepText,
  NEIGHBOUR,
  openByKeys,
  openDesk,
  RESIDENT,
  tabTo,
} from '../support/desk.ts';
import { signIn } from '../support/visitor.ts';

/** The morning of the redactie by keyboard alone, and two editors on one question. */

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

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const told = (page: Page, text: string | RegExp) =>
  page.locator('.undo [role="status"]').getByText(text).waitFor();
/** Out of the field and the form, to where letters are keys again. */
const leave = (page: Page) => page.locator('[data-pane]').focus();

describe('the morning by keyboard', () => {
  it('goes from the duty to the last question, with an undo for what was a mistake', async () => {
    const resident = await signIn(app.url, RESIDENT);
    const neighbour = await signIn(app.url, NEIGHBOUR);
    const { page, context, visitor, troubles } = await deviceOf(browser, app.url, EDITOR);
    const titles = {
      assign: 'Wie legt uit hoe mijn gehoorapparaat werkt?',
      back: 'Kan iemand mijn kast verplaatsen?',
      saved: 'Waar is er koffie in de wijk?',
      endorse: 'Hoe laat gaat het buurthuis open?',
      double: 'Wanneer is het buurthuis open?',
      redact: 'Piet Jansen van nummer 12 zoekt een maatje',
      remove: 'Koop nu goedkope zonnepanelen',
    };
    const refs: Record<string, string> = {};
    for (const [name, title] of Object.entries(titles)) refs[name] = await ask(resident, title);
    const at = (name: keyof typeof titles) => [refs[name] ?? '', titles[name]] as const;
    await answer(neighbour, refs.endorse ?? '', 'Elke dag om negen uur.');
    await keepText(visitor, 'Koffie in het buurthuis', 'Beste {{naam}},\n\nKom langs in {{wijk}}.');

    await openDesk(page, '/redactie');
    await tabTo(page, '[data-command="duty"]');
    await press(page, 'Enter');
    await page.getByText(/^Uw dienst loopt sinds/).waitFor();

    // claim, ask an expert, and take that back
    await openByKeys(page, 'n', ...at('assign'));
    await press(page, 'c');
    await page.getByText('U hebt deze vraag opgepakt').waitFor();
    await leave(page);
    await press(page, 'a');
    await tabTo(page, 'input[name="expert"]');
    await press(page, 'Space', 'Tab');
    await tabTo(page, 'textarea[name="note"]');
    await page.keyboard.type('Lukt het vandaag? c a x z');
    await press(page, 'Control+Enter');
    await page.getByText(/^Gevraagd aan/).waitFor();
    await press(page, 'z');
    await page.getByText(/^Gevraagd aan/).waitFor({ state: 'detached' });
    await press(page, 'c');
    await page.getByText('Nog niemand is met deze vraag bezig.').waitFor();

    // ask back: the clock stands still
    await openByKeys(page, 'n', ...at('back'));
    await press(page, 'b');
    await page.keyboard.type('Op welke verdieping woont u?');
    await press(page, 'Control+Enter');
    await page.getByText(/^U wacht op de vrager/).waitFor();
    await openByKeys(page, 'w', ...at('back'));

    // a saved text: its blanks are filled in and the cursor stands behind it
    await openByKeys(page, 'n', ...at('saved'));
    await press(page, 's');
    await page.keyboard.type('koffie');
    await press(page, 'Enter');
    await page.keyboard.type(' Tot gauw!');
    const field = page.locator('#answer-body');
    expect(await field.inputValue()).toMatch(
      /^Beste Fatima Amrani,\n\nKom langs in Onder de Elzen\. Tot gauw!$/,
    );
    await page.keyboard.type(' {{adres}}');
    await press(page, 'Control+Enter');
    await page.getByText('In de tekst staat nog {{adres}}.').first().waitFor();
    expect(await field.inputValue()).toContain('Tot gauw! {{adres}}');
    await field.focus();
    await press(page, 'Control+End');
    for (let i = 0; i < ' {{adres}}'.length; i += 1) await press(page, 'Backspace');
    await press(page, 'Control+Enter');
    await told(page, `Beantwoord: ${titles.saved}`);
    await page.getByText('Tot gauw!').first().waitFor();

    // stand behind what a neighbour answered
    await openByKeys(page, 'c', ...at('endorse'));
    await press(page, 'v');
    await told(page, /^De redactie staat achter het antwoord/);
    await page.getByText('Deze vraag is beantwoord.').waitFor();

    // the same question twice
    await openByKeys(page, 'n', ...at('double'));
    await press(page, 'd');
    await page.locator('#duplicate-q:focus').waitFor();
    await page.keyboard.type('buurthuis');
    const original = `#original-${refs.endorse}`;
    await page.locator(original).waitFor();
    // the arrows choose within the group, whichever of them stands first
    await tabTo(page, 'input[name="original"]');
    await tabTo(page, original, 'ArrowDown');
    await press(page, 'Space', 'Tab');
    await tabTo(page, '[data-command="duplicate"] button.button:not(.secondary)');
    await press(page, 'Enter');
    await told(page, `Gemarkeerd als dubbel: ${titles.double}`);
    await page.getByText('Deze vraag is dubbel. In haar plaats staat:').waitFor();

    // words that do not belong in public
    await openByKeys(page, 'n', ...at('redact'));
    await press(page, 'l');
    await press(page, 'Control+a');
    await page.keyboard.type('Een buurman zoekt een maatje');
    await press(page, 'Control+Enter');
    await page.getByRole('heading', { level: 2, name: 'Een buurman zoekt een maatje' }).waitFor();

    // away with it, with what the author reads; and back
    await openByKeys(page, 'n', ...at('remove'));
    await press(page, 'x');
    await page.keyboard.type('Reclame');
    const preview = page.locator('[data-command="remove"] .preview');
    await preview.getByText('Reden: Reclame.').waitFor();
    expect(await page.locator('#remove-message').inputValue()).toContain('reclame');
    expect(await findings(page)).toEqual([]);
    await press(page, 'Control+Enter');
    await told(page, `Weggehaald: ${titles.remove}`);
    await page.getByText('Deze vraag is weggehaald.').waitFor();
    await leave(page);
    await press(page, 'z');
    await page.getByText('Deze vraag is weggehaald.').waitFor({ state: 'detached' });

    // help, and letters can be turned off
    await press(page, '?');
    await page.getByRole('heading', { name: 'Sneltoetsen' }).waitFor();
    await tabTo(page, 'dialog p button');
    await press(page, 'Enter', 'Escape');
    await leave(page);
    await press(page, 'c');
    await press(page, '?');
    expect(await page.getByText('U hebt deze vraag opgepakt').count()).toBe(0);
    expect(await page.locator('dialog[open]').count()).toBe(0);
    expect(troubles).toEqual([]);
    await context.close();
  });
});

describe('two editors on one question', () => {
  it('one wins; the other sees who did what, keeps every word and can go on', async () => {
    const resident = await signIn(app.url, RESIDENT);
    const title = 'Wie weet een goede schilder?';
    const ref = await ask(resident, title);
    const [noor, johan] = await Promise.all([
      deviceOf(browser, app.url, EDITOR),
      deviceOf(browser, app.url, CHIEF),
    ]);
    await openDesk(noor.page, `/redactie/${ref}?toon=nieuw`);
    await openDesk(johan.page, `/redactie/${ref}?toon=nieuw`);

    // each sees that the other looks, in the list and at the question
    await noor.page.getByText('Johan Terpstra bekijkt dit').first().waitFor();
    await johan.page.locator(`#row-${ref}`).getByText('Noor van der Horst bekijkt dit').waitFor();

    // Johan types an answer and begins another title; Noor is quicker
    await johan.page.keyboard.press('r');
    await johan.page.keyboard.type('Vraag het eens aan Wil van de hoek.');
    await johan.page.locator('[data-pane]').focus();
    await johan.page.keyboard.press('e');
    await johan.page.keyboard.press('Control+a');
    await johan.page.keyboard.type('Schilder gezocht voor één deur');

    await noor.page.keyboard.press('e');
    await noor.page.keyboard.press('Control+a');
    await noor.page.keyboard.type('Wie weet een goede huisschilder?');
    await noor.page.keyboard.press('Control+Enter');
    const hers = { level: 2, name: 'Wie weet een goede huisschilder?' } as const;
    await noor.page.getByRole('heading', hers).waitFor();

    // Johan's page changes around what he types, and the focus stays
    await johan.page.getByRole('heading', hers).waitFor();
    await johan.page.getByText('Noor van der Horst paste titel of onderwerp aan.').waitFor();
    await johan.page.keyboard.type('!');
    const edit = johan.page.locator('#edit-title');
    expect(await edit.inputValue()).toBe('Schilder gezocht voor één deur!');
    await johan.page.keyboard.press('Control+Enter');
    const refused = johan.page.locator('[data-command="edit"] [role="alert"]');
    await refused.getByText('Noor van der Horst paste titel of onderwerp aan.').waitFor();
    await refused.getByText('Druk dan nog een keer.').waitFor();
    expect(await edit.inputValue()).toBe('Schilder gezocht voor één deur!');
    expect(await johan.page.locator('#answer-body').inputValue()).toContain('Wil van de hoek');
    expect(await findings(johan.page)).toEqual([]);

    // now that he knows, he may
    await edit.focus();
    await johan.page.keyboard.press('Control+Enter');
    const his = { level: 2, name: 'Schilder gezocht voor één deur!' } as const;
    await johan.page.getByRole('heading', his).waitFor();
    await noor.page.getByRole('heading', his).waitFor();

    // her undo comes too late, and she reads why
    await noor.page.locator('[data-pane]').focus();
    await noor.page.keyboard.press('z');
    await noor.page
      .getByText('Ongedaan maken lukt niet meer: Johan Terpstra paste titel of onderwerp aan.')
      .waitFor();

    // who leaves is no longer seen
    await johan.context.close();
    await noor.page.getByText('Johan Terpstra bekijkt dit').first().waitFor({ state: 'detached' });
    expect([...noor.troubles, ...johan.troubles]).toEqual([]);
    await noor.context.close();
  });
});

describe('who goes by keyboard keeps their place', () => {
  const rowInFocus = (page: Page) =>
    page.evaluate<string>('document.activeElement?.dataset?.row ?? ""');
  /** Whatever moves the focus after a change has done so. */
  const settled = (page: Page) =>
    page.evaluate('new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))');

  it('and who is quicker than the list that was asked for stays at the row they went to', async () => {
    const resident = await signIn(app.url, RESIDENT);
    const first = await ask(resident, 'Wie leent mij een ladder van drie meter?');
    const second = await ask(resident, 'Wie helpt mij met een schutting van vier meter?');
    const { page, context, troubles } = await deviceOf(browser, app.url, EDITOR);
    await openDesk(page, `/redactie/${first}?toon=nieuw`);
    let come = () => {};
    const held = new Promise<void>((resolve) => {
      come = resolve;
    });
    await page.route('**/__data.json*', async (route) => {
      await held;
      await route.continue();
    });
    await press(page, 'g', 'n', 'j');
    expect(await rowInFocus(page)).toBe(second);
    come();
    await page.locator('.desk:not(.reading)').waitFor();
    await settled(page);
    expect(await rowInFocus(page)).toBe(second);
    await press(page, 'Enter');
    await page.getByRole('heading', { level: 2, name: /schutting/ }).waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('when a change moves their row, and when it takes it away', async () => {
    const resident = await signIn(app.url, RESIDENT);
    const titles = ['rode', 'gele', 'blauwe'].map((word) => `Wie wil mijn ${word} fiets hebben?`);
    const refs: string[] = [];
    for (const title of titles) refs.push(await ask(resident, title));
    const [one = '', two = '', three = ''] = refs;
    const known = await resident.call(getContext, {});
    const theme = known.ok ? (known.data.wijk.themes[0]?.slug ?? '') : '';
    const { page, context, troubles } = await deviceOf(browser, app.url, EDITOR);
    const row = (ref: string) => page.locator(`[data-row="${ref}"]`);
    await openDesk(page, '/redactie?toon=nieuw');
    for (const [at, title] of [
      [three, titles[2] ?? ''],
      [one, titles[0] ?? ''],
    ] as const) {
      await row(at).focus();
      const urgent = { title, body: 'Ik wil niet meer leven.', theme, health: false };
      const edited = await resident.call(editOwnQuestion, {
        params: { question: at },
        body: { ...urgent, editedAt: null },
      });
      expect(edited.ok).toBe(true);
      // to the top of the list
      await page.locator(`li.urgent [data-row="${at}"]`).waitFor();
      await settled(page);
      expect(await rowInFocus(page)).toBe(at);
    }
    await row(two).focus();
    await press(page, 'k');
    const above = await rowInFocus(page);
    expect([two, '']).not.toContain(above);
    await press(page, 'j');
    const gone = await resident.call(withdrawQuestion, { params: { question: two } });
    expect(gone.ok).toBe(true);
    await row(two).waitFor({ state: 'detached' });
    await settled(page);
    // the last row went, so the one above it is the last now
    expect(await rowInFocus(page)).toBe(above);
    expect(troubles).toEqual([]);
    await context.close();
  });
});
