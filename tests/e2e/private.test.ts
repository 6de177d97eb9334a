import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { answerQuestion, askQuestion, getContext } from '@wijk/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { CHIEF, type Device, deviceOf, EDITOR, NEIGHBOUR, RESIDENT } from '../support/desk.ts';

/**
 * Names that stay hidden (V3): a private question gets a public version that its asker agrees to and
 * takes back, and a look at who asked is told to whom it concerns. With and without JavaScript.
 */

const SECRET = 'Zeewierstraat 12';
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

/** A picture at three widths, light and dark, where a folder is given. */
async function keepPictures(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize();
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({
        path: join(folder, `${name}-${width}-${colorScheme}.png`),
        fullPage: true,
      });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before) await page.setViewportSize(before);
}

const ask = async ({ visitor }: Device, title: string, visibility: 'private' | 'anonymous') => {
  const context = await visitor.call(getContext, {});
  const theme = context.ok ? (context.data.wijk.themes[0]?.slug ?? '') : '';
  const asked = await visitor.call(askQuestion, {
    body: { title, body: `Ik woon in de ${SECRET}.`, theme, visibility },
    key: crypto.randomUUID(),
  });
  if (!asked.ok) throw new Error(asked.problem.code);
  return asked.data.ref;
};

const open = (email: string, scripted: boolean) =>
  deviceOf(browser, app.url, email, {
    javaScriptEnabled: scripted,
    viewport: scripted ? { width: 1280, height: 900 } : { width: 360, height: 740 },
  });

const status = async (path: string) => (await fetch(app.url + path, { redirect: 'follow' })).status;

describe.each([
  ['with JavaScript', true],
  ['without JavaScript at 360 px', false],
])('%s', (how, scripted) => {
  it('a private question is answered, published without a name after consent, and taken back', async () => {
    const asker = await open(RESIDENT, scripted);
    const editor = await open(EDITOR, scripted);
    const title = `Wie helpt mij met douchen, ${how}?`;
    const ref = await ask(asker, title, 'private');
    const body = `Bel het wijkteam. Ik kom ook langs in de ${SECRET}.`;
    const answered = await editor.visitor.call(answerQuestion, {
      params: { question: ref },
      body: { body },
      key: crypto.randomUUID(),
    });
    expect(answered.ok).toBe(true);
    expect(await status(`/vragen/${ref}`)).toBe(404);

    const desk = editor.page;
    await desk.goto(`/redactie/${ref}`);
    await desk.getByRole('link', { name: 'Openbare versie', exact: true }).click();
    await desk.getByRole('heading', { level: 2, name: 'Openbare versie' }).waitFor();
    const traces = desk.locator('.traces');
    await expect.poll(() => traces.textContent()).toContain(SECRET);
    await keepPictures(desk, `twin-propose-${scripted ? 'js' : 'plain'}`);
    const redacted = `Krijg ik hulp bij het douchen, ${how}?`;
    await desk.getByLabel('De vraag', { exact: true }).fill(redacted);
    await desk.getByLabel('De tekst erbij').fill('Ik kan het niet meer alleen.');
    await desk.getByLabel('Antwoord dat meegaat').selectOption({ index: 1 });
    await desk.locator('#answerBody').fill('Bel het wijkteam.');
    if (!scripted) await desk.getByRole('button', { name: 'Kijk alles na' }).click();
    await expect.poll(() => traces.textContent()).not.toContain(SECRET);
    await desk.getByLabel('Bericht aan de vrager').fill('Meer buren vragen dit.');
    if (scripted) expect(await findings(desk)).toEqual([]);
    await desk.getByRole('button', { name: 'Stuur het voorstel' }).click();
    await desk.getByText('Wacht op de vrager', { exact: true }).waitFor();

    const mine = asker.page;
    await expect
      .poll(
        async () => {
          await mine.goto('/meldingen');
          return mine.content();
        },
        { timeout: 15_000 },
      )
      .toContain('De redactie stelt een openbare versie van uw vraag voor');
    await mine.goto(`/vragen/${ref}`);
    await keepPictures(mine, `own-question-${scripted ? 'js' : 'plain'}`);
    await mine.getByRole('link', { name: 'De redactie stelt een openbare versie voor' }).click();
    await mine.getByRole('heading', { level: 3, name: redacted }).waitFor();
    await mine.getByText('Meer buren vragen dit.').waitFor();
    if (scripted) expect(await findings(mine)).toEqual([]);
    await keepPictures(mine, `own-side-proposal-${scripted ? 'js' : 'plain'}`);
    // nothing is agreed to by accident
    await mine.getByRole('button', { name: 'Zet deze versie op de site' }).click();
    await mine.getByText('Zet een vinkje als u het goed vindt').first().waitFor();
    await mine.getByLabel('Ja, dit vind ik goed').check();
    await mine.getByRole('button', { name: 'Zet deze versie op de site' }).click();
    await mine.getByRole('heading', { name: 'Er is een openbare versie' }).waitFor();
    await keepPictures(mine, `own-side-published-${scripted ? 'js' : 'plain'}`);
    const href = await mine
      .getByRole('link', { name: /Bekijk de openbare versie/ })
      .getAttribute('href');
    const path = href ?? '';

    const reader = await fetch(app.url + path);
    const html = await reader.text();
    expect(reader.status).toBe(200);
    for (const words of [
      redacted,
      'een buurtgenoot',
      'Bel het wijkteam.',
      'Geplaatst door de redactie',
    ])
      expect(html.replaceAll('&#39;', "'")).toContain(words);
    for (const word of [SECRET, 'Fatima', 'Amrani', ref, title]) expect(html).not.toContain(word);
    expect(await (await fetch(`${app.url}/vragen`)).text()).toContain(redacted);
    const neighbour = await open(NEIGHBOUR, scripted);
    await neighbour.page.goto(path);
    await keepPictures(neighbour.page, `twin-public-${scripted ? 'js' : 'plain'}`);
    expect(await neighbour.page.content()).not.toContain(ref);
    await desk.goto(`/redactie/${path.split('/')[2]}`);
    await desk.getByRole('link', { name: 'De privévraag hierachter' }).click();
    await desk.getByRole('link', { name: /Naar de privévraag/ }).waitFor();

    await mine.getByRole('button', { name: 'Haal de openbare versie weg' }).click();
    await mine.getByRole('heading', { name: 'U trok uw toestemming in' }).waitFor();
    expect(await status(path)).toBe(410);
    expect(await (await fetch(`${app.url}/vragen`)).text()).not.toContain(redacted);
    await mine.goto(`/vragen/${ref}`);
    await mine.getByRole('heading', { level: 1, name: title }).waitFor();
    for (const { troubles } of [asker, editor, neighbour]) expect(troubles).toEqual([]);
    for (const { context } of [asker, editor, neighbour]) await context.close();
  }, 180_000);

  it('a look at who asked is shown once, and told to the asker and to who supervises', async () => {
    const asker = await open(RESIDENT, scripted);
    const editor = await open(EDITOR, scripted);
    const chief = await open(CHIEF, scripted);
    const ref = await ask(asker, `Zonder naam, ${how}`, 'anonymous');
    const desk = editor.page;
    await desk.goto(`/redactie/${ref}`);
    expect(await desk.content()).not.toContain('Amrani');
    await desk.getByRole('link', { name: 'Nakijken wie dit vroeg' }).click();
    await desk.getByText('Wij bewaren dat u keek').waitFor();
    await keepPictures(desk, `look-${scripted ? 'js' : 'plain'}`);
    await desk
      .getByLabel('Waarom kijkt u?')
      .selectOption({ label: 'Er is misschien iemand in gevaar' });
    await desk.getByLabel('Toelichting').fill('De huisarts belde.');
    await desk.getByRole('button', { name: 'Laat zien wie dit vroeg' }).click();
    await desk.getByText('Fatima Amrani').waitFor();
    await desk.getByText(RESIDENT).waitFor();
    if (scripted) expect(await findings(desk)).toEqual([]);
    await keepPictures(desk, `look-found-${scripted ? 'js' : 'plain'}`);
    await desk.goto(`/redactie/${ref}`);
    expect(await desk.content()).not.toContain('Amrani');
    if (scripted) {
      await desk.goBack();
      expect(await desk.content()).not.toContain('Amrani');
    }

    const mine = asker.page;
    await mine.goto(`/vragen/${ref}`);
    await mine
      .getByRole('link', { name: 'Iemand van de redactie keek wie uw vraag stelde' })
      .click();
    await mine.getByText('Noor van der Horst, redactie').waitFor();
    await mine.getByText('De huisarts belde.').waitFor();
    if (scripted) expect(await findings(mine)).toEqual([]);
    await keepPictures(mine, `own-side-look-${scripted ? 'js' : 'plain'}`);

    await chief.page.goto('/redactie/logboek');
    await chief.page.getByRole('link', { name: 'Inzage' }).click();
    await chief.page.getByText('De huisarts belde.').first().waitFor();
    expect(await chief.page.content()).not.toContain('Amrani');
    if (scripted) expect(await findings(chief.page)).toEqual([]);
    await keepPictures(chief.page, `looks-${scripted ? 'js' : 'plain'}`);
    expect(await status('/inzage')).toBe(200); // a visitor is asked to sign in
    await mine.goto('/inzage');
    expect(await mine.content()).not.toContain('De huisarts belde.');
    for (const { troubles } of [asker, editor, chief]) expect(troubles).toEqual([]);
    for (const { context } of [asker, editor, chief]) await context.close();
  }, 180_000);
});
