import { getScore, listQuestions, similarQuestions } from '@wijk/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { codeIn, mailTo, visit } from '../support/visitor.ts';

/** Finding what was asked before: by searching, and beside a question that one is writing. */

const title = 'Wie betaalt een traplift voor mijn moeder?';
const found = 'Wie betaalt een traplift?';

let app: AppProcess;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
  // the demonstration is indexed by the worker, a batch at a time
  await vi.waitFor(
    async () => {
      const outcome = await visit(app.url).call(similarQuestions, { body: { title } });
      expect(outcome).toMatchObject({ ok: true, data: { theme: { slug: 'zorg-regelen' } } });
    },
    { timeout: 60_000, interval: 500 },
  );
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

async function device(options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: app.url,
    locale: 'nl-NL',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(30_000);
  return context.newPage();
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/inloggen');
  await page.getByLabel('Uw e-mailadres').fill(email);
  await page.getByRole('button', { name: 'Mail mij een code' }).click();
  await page.getByRole('heading', { name: 'Vul de code in' }).waitFor();
  const code = codeIn(await mailTo(visit(app.url), email, /\d{3} ?\d{3}/));
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Verder' }).click();
  await page.getByText('u bent ingelogd').first().waitFor();
}

const deflected = async () => {
  const score = await visit(app.url).call(getScore, {});
  return score.ok ? score.data.total.deflected : Number.NaN;
};
const suggestion = (page: Page) => page.locator('details', { hasText: found });

it('shows the answer while somebody types; that ends the flow and is counted once', async () => {
  const before = await deflected();
  const page = await device();
  await page.goto('/vragen/nieuw');
  await page.getByLabel('Uw vraag in één zin').fill(title);
  await page.getByLabel('Vertel er iets meer over').fill('Zij is 84.');
  await suggestion(page).waitFor();
  expect(await page.getByRole('status').filter({ hasText: 'die hierop' }).count()).toBe(1);
  // the theme is proposed, and a choice is never changed
  const theme = page.getByLabel('Onderwerp');
  await expect.poll(() => theme.inputValue()).toBe('zorg-regelen');
  await theme.selectOption('wonen');
  await page.getByLabel('Uw vraag in één zin').fill(`${title} Help`);
  await page.waitForResponse((response) => response.url().endsWith('/similar'));
  expect(await theme.inputValue()).toBe('wonen');
  expect(await findings(page)).toEqual([]);

  await suggestion(page).locator('summary').click();
  await suggestion(page).getByText('Wmo-loket').waitFor();
  await suggestion(page).getByRole('button', { name: 'Dit beantwoordt mijn vraag' }).click();
  await page.getByRole('heading', { name: 'Fijn, u hebt uw antwoord' }).waitFor();
  await page.getByText('Wmo-loket').first().waitFor();
  expect(await findings(page)).toEqual([]);
  await page.reload();
  expect((await deflected()) - before).toBe(1);
  await page.goto('/stand');
  await page.getByText(/keer vond iemand het antwoord/).waitFor();

  // what was typed is kept until somebody says that it may go
  await page.goBack();
  await page.getByRole('link', { name: 'Toch mijn vraag stellen' }).click();
  expect(await page.getByLabel('Uw vraag in één zin').inputValue()).toBe(`${title} Help`);
  await page.goBack();
  await page.getByRole('button', { name: 'Gooi weg wat ik typte' }).click();
  await page.getByText('Wat u typte, is weggegooid.').waitFor();
  await page.goto('/vragen/nieuw');
  expect(await page.getByLabel('Uw vraag in één zin').inputValue()).toBe('');
  await page.context().close();
});

it('"ook mijn vraag" follows and counts, and can be taken back', async () => {
  const page = await device();
  await signIn(page, 'johan.terpstra@voorbeeld.example');
  await page.goto('/vragen/nieuw');
  await page.getByLabel('Uw vraag in één zin').fill(title);
  await suggestion(page).locator('summary').click();
  await suggestion(page).getByRole('button', { name: 'Ook mijn vraag' }).click();
  await page.getByRole('heading', { name: found }).waitFor();
  await page.getByText('1 buurtgenoot heeft deze vraag ook').waitFor();
  await page.getByRole('button', { name: 'Niet meer volgen' }).waitFor();
  await page.getByRole('button', { name: 'Toch niet mijn vraag' }).click();
  await page.getByRole('button', { name: 'Ook mijn vraag' }).waitFor();
  expect(await page.getByText('heeft deze vraag ook').count()).toBe(0);
  await page.context().close();
});

it.each([true, false])(
  'finds in spite of a typing error, and by parts of a compound (script: %s)',
  async (script) => {
    const page = await device({ javaScriptEnabled: script });
    await page.goto('/');
    await page.getByRole('searchbox', { name: 'Zoek in alle vragen' }).fill('huurtoeslg aanvragen');
    await page.getByRole('button', { name: 'Zoek', exact: true }).click();
    await page.getByRole('heading', { name: /vragen? gevonden/ }).waitFor();
    const first = page.locator('.question-card').first();
    expect(await first.textContent()).toContain('Huurtoeslagaanvraag');
    expect(await first.locator('mark').count()).toBeGreaterThan(0);
    await page.getByText('We zochten op “huurtoeslag').waitFor();
    expect(await page.locator('meta[name=robots]').getAttribute('content')).toBe('noindex');
    await page.getByRole('searchbox').fill('lift voor de trap');
    await page.getByRole('button', { name: 'Zoek', exact: true }).click();
    await page.getByRole('link', { name: found }).waitFor();
    if (script) expect(await findings(page)).toEqual([]);

    await page.getByRole('searchbox').fill('qwrtpsdfg <b>zxcvb</b>');
    await page.getByRole('button', { name: 'Zoek', exact: true }).click();
    await page.getByRole('heading', { name: 'Niets gevonden' }).waitFor();
    if (script) expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stel deze vraag' }).click();
    expect(await page.getByLabel('Uw vraag in één zin').inputValue()).toBe(
      'qwrtpsdfg <b>zxcvb</b>',
    );
    await page.context().close();
  },
);

it('without JavaScript it is a step of its own, and nothing that was typed is lost', async () => {
  const page = await device({ javaScriptEnabled: false });
  await signIn(page, 'fatima.amrani@voorbeeld.example');
  await page.goto('/vragen/nieuw');
  await page.getByLabel('Uw vraag in één zin').fill(title);
  await page.getByLabel('Vertel er iets meer over').fill('Zij is 84.\nEn woont boven.');
  await page.getByLabel('Onderwerp').selectOption('zorg-regelen');
  await page.getByRole('button', { name: 'Plaats mijn vraag' }).click();
  await page.getByRole('heading', { name: 'Deze vragen lijken op die van u' }).waitFor();
  await suggestion(page).locator('summary').click();
  await suggestion(page).getByText('Wmo-loket').waitFor();
  expect(await page.getByLabel('Vertel er iets meer over').inputValue()).toBe(
    'Zij is 84.\nEn woont boven.',
  );
  expect(await page.getByLabel('Onderwerp').inputValue()).toBe('zorg-regelen');
  await page.getByRole('button', { name: 'Toch vragen' }).click();
  await page.getByRole('heading', { name: title }).waitFor();
  const list = await visit(app.url).call(listQuestions, {});
  const posted = list.ok ? list.data.items.filter((item) => item.title === title) : [];
  expect(posted).toHaveLength(1);

  // the step itself can end the flow as well, by a plain form that holds no more than a key
  const before = await deflected();
  await page.goto('/vragen/nieuw');
  await page.getByLabel('Uw vraag in één zin').fill('Wie betaalt de traplift eigenlijk?');
  await page.getByLabel('Onderwerp').selectOption('zorg-regelen');
  await page.getByRole('button', { name: 'Plaats mijn vraag' }).click();
  await suggestion(page).first().locator('summary').click();
  await suggestion(page)
    .first()
    .getByRole('button', { name: 'Dit beantwoordt mijn vraag' })
    .click();
  await page.getByRole('heading', { name: 'Fijn, u hebt uw antwoord' }).waitFor();
  expect((await deflected()) - before).toBe(1);
  await page.context().close();
});

it('words that an editor adds work at once', async () => {
  const page = await device();
  await signIn(page, 'noor.vanderhorst@voorbeeld.example');
  await page.goto('/zoeken?q=zwiepzoef');
  await page.getByRole('heading', { name: 'Niets gevonden' }).waitFor();
  await page.goto('/redactie/woorden');
  const words = page.getByLabel('Woorden die hetzelfde betekenen').first();
  await words.fill('zwiepzoef');
  await page.getByRole('button', { name: 'Voeg toe' }).click();
  await page.getByText('Geef ten minste twee verschillende woorden.').first().waitFor();
  await words.fill('zwiepzoef\ntraplift');
  await page.getByRole('button', { name: 'Voeg toe' }).click();
  await page.getByText('Toegevoegd: zwiepzoef, traplift').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.goto('/zoeken?q=zwiepzoef');
  await page.getByRole('link', { name: found }).waitFor();
  await page.goto('/redactie/woorden?woord=zwiep');
  await page.locator('summary', { hasText: 'Weghalen' }).click();
  await page.getByRole('button', { name: 'Ja, haal deze woorden weg' }).click();
  await page.getByText('Weggehaald: zwiepzoef, traplift').waitFor();
  await page.context().close();
});
