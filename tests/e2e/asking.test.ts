import { randomUUID } from 'node:crypto';
import { answerQuestion, listQuestions } from '@wijk/contracts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { ask, deviceOf, EDITOR, NEIGHBOUR, RESIDENT } from '../support/desk.ts';
import { codeIn, mailTo, signIn, type Visitor, visit } from '../support/visitor.ts';

/**
 * The resident's side: asking with a choice of who sees it, consent about health, a lost connection, a
 * changed question, an answer that did not help. On the built application; once without JavaScript.
 */

let app: AppProcess;
let browser: Browser;
let editor: Visitor;

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
  editor = await signIn(app.url, EDITOR);
});

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

const PHONE = { viewport: { width: 360, height: 740 } };
const member = (options = {}) => deviceOf(browser, app.url, RESIDENT, { ...PHONE, ...options });

async function stranger(options = {}) {
  const context = await browser.newContext({
    baseURL: app.url,
    locale: 'nl-NL',
    ...PHONE,
    ...options,
  });
  context.setDefaultTimeout(30_000);
  return { context, page: await context.newPage() };
}

const answer = (question: string, body: string) =>
  editor.call(answerQuestion, { params: { question }, body: { body }, key: randomUUID() });
const refOf = (url: string) => /\/vragen\/([0-9a-z]{8})/.exec(url)?.[1] ?? '';

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_, javaScriptEnabled) => {
  it('a guest asks without a name; the code is typed on another device; the name is nowhere', async () => {
    const title = `Wie weet een goede opticien, ${javaScriptEnabled ? 'dichtbij' : 'niet te duur'}?`;
    const who = {
      name: 'Geertruida Zandstra',
      email: `geertruida.${javaScriptEnabled}@voorbeeld.example`,
    };
    const { context, page } = await stranger({ javaScriptEnabled });
    await page.goto('/vragen/nieuw');
    await page.getByLabel('Uw vraag in één zin').fill(title);
    await page.getByLabel('Onderwerp').selectOption({ index: 1 });
    await page.getByRole('radio', { name: /Iedereen, zonder mijn naam/ }).check({ force: true });
    await page.getByLabel('Uw naam').fill(who.name);
    await page.getByLabel('Uw e-mailadres').fill(who.email);
    if (javaScriptEnabled) expect(await findings(page)).toEqual([]);
    const send = page.getByRole('button', { name: /Mail mij een code|Toch vragen/ });
    await send.click();
    const asked = page.getByRole('heading', { name: 'Vul de code in' });
    // what was asked before is shown once to whoever did not see it while typing
    if (!javaScriptEnabled && !(await asked.isVisible())) await send.click();
    await asked.waitFor();
    const code = codeIn(await mailTo(visit(app.url), who.email, /\d{3} ?\d{3}/));
    const other = await stranger({ javaScriptEnabled });
    await other.page.goto('/inloggen/code');
    await other.page.getByLabel('Uw e-mailadres').fill(who.email);
    await other.page.getByLabel('Code', { exact: true }).fill(code);
    await other.page.getByRole('button', { name: 'Verder' }).click();
    await other.page.getByRole('heading', { level: 1, name: title }).waitFor();
    const address = other.page.url();
    await answer(refOf(address), 'Bij het winkelcentrum zit een goede.');
    const reader = await stranger({ javaScriptEnabled });
    await reader.page.goto(address);
    await reader.page.getByText('Bij het winkelcentrum zit een goede.').waitFor();
    await reader.page.getByText('een buurtgenoot').first().waitFor();
    expect(await reader.page.content()).not.toContain('Geertruida');
    await Promise.all([context.close(), other.context.close(), reader.context.close()]);
  });

  it('a member asks privately about health: refused without consent, given, withdrawn', async () => {
    const title = `Hoe verzorg ik een wond, ${javaScriptEnabled ? 'thuis' : 'zelf'}?`;
    const { context, page, troubles } = await member({ javaScriptEnabled });
    await page.goto('/vragen/nieuw');
    await page.getByLabel('Uw vraag in één zin').fill(title);
    await page.getByLabel('Vertel er iets meer over').fill('Bel mij op 06-12345678.');
    await page.getByLabel('Onderwerp').selectOption({ index: 2 });
    await page
      .getByRole('radio', { name: /Alleen de redactie en een deskundige/ })
      .check({ force: true });
    await page.getByLabel(/gaat over mijn gezondheid/).check();
    const tick = page.getByLabel('Ja, ik geef deze toestemming');
    expect(await tick.isChecked()).toBe(false);
    const send = page.getByRole('button', { name: /Plaats mijn vraag|Toch vragen/ });
    const summary = page.locator('.error-summary');
    const warning = page.getByText(/misschien een telefoonnummer/);
    if (javaScriptEnabled) await warning.waitFor();
    await send.click();
    if (!javaScriptEnabled) {
      await warning.waitFor();
      expect(await page.getByLabel('Vertel er iets meer over').inputValue()).toContain('06-');
      await send.click();
    }
    await summary.waitFor();
    expect(await summary.getByRole('link').allTextContents()).toHaveLength(1);
    expect(await summary.textContent()).toContain('toestemming');
    if (javaScriptEnabled) expect(await findings(page)).toEqual([]);
    await tick.check();
    await send.click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    const address = page.url();
    await page.getByText(/U gaf .* toestemming/).waitFor();
    expect(await page.locator('meta[name="robots"]').getAttribute('content')).toContain('noindex');
    const reader = await stranger();
    expect((await reader.page.goto(address))?.status()).toBe(404);
    await page.getByRole('link', { name: 'Toestemming intrekken' }).click();
    await page.getByText(/verdwijnt uw vraag meteen/).waitFor();
    if (javaScriptEnabled) expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Ja, trek mijn toestemming in' }).click();
    await page.getByText('Uw toestemming is ingetrokken').waitFor();
    expect((await page.goto(address))?.status()).toBe(404);
    expect(troubles).toEqual([]);
    await Promise.all([context.close(), reader.context.close()]);
  });

  it('the asker changes the question; somebody was first, and nothing that was typed is lost', async () => {
    const { context, page, visitor, troubles } = await member({ javaScriptEnabled });
    const ref = await ask(
      visitor,
      `Waar leer ik fietsen, ${javaScriptEnabled ? 'snel' : 'rustig'}?`,
    );
    await page.goto(`/vragen/${ref}`);
    await page.getByRole('link', { name: 'Vraag aanpassen' }).click();
    const title = page.getByLabel('Uw vraag in één zin');
    const old = await context.newPage();
    await old.goto(page.url());
    await title.fill('Waar leer ik fietsen op een driewieler?');
    await page.getByRole('button', { name: 'Bewaar mijn vraag' }).click();
    await page.getByRole('heading', { level: 1, name: /driewieler/ }).waitFor();
    expect(page.url()).toContain('driewieler');
    await old.getByLabel('Uw vraag in één zin').fill('Waar leer ik fietsen op een tandem?');
    await old.getByRole('button', { name: 'Bewaar mijn vraag' }).click();
    await old.getByRole('heading', { name: 'Zo staat het er nu' }).waitFor();
    expect(await old.getByLabel('Uw vraag in één zin').inputValue()).toContain('tandem');
    await old
      .getByText(/driewieler/)
      .first()
      .waitFor();
    await old.getByRole('button', { name: 'Bewaar mijn vraag' }).click();
    await old.getByRole('heading', { level: 1, name: /tandem/ }).waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('an answer that does not help is said so, read at the desk, and taken back', async () => {
    const title = `Wie repareert mijn rollator, ${javaScriptEnabled ? 'vandaag' : 'morgen'}?`;
    const { context, page, visitor, troubles } = await member({ javaScriptEnabled });
    const ref = await ask(visitor, title);
    await answer(ref, 'De fietsenmaker op de hoek.');
    await page.goto(`/vragen/${ref}`);
    await page.getByRole('link', { name: /helpt mij niet/ }).click();
    await page.getByLabel(/Wat mist u/).fill('Die is gestopt.');
    if (javaScriptEnabled) expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Vertel het de redactie' }).click();
    await page.getByText(/U liet weten dat dit u niet hielp/).waitFor();
    const desk = await deviceOf(browser, app.url, EDITOR);
    await desk.page.goto(`/redactie/${ref}`);
    await desk.page.getByText('De vrager schrijft: “Die is gestopt.”').waitFor();
    await desk.page.getByText('hielp niet').first().waitFor();
    const reader = await deviceOf(browser, app.url, NEIGHBOUR);
    await reader.page.goto(`/vragen/${ref}`);
    expect(await reader.page.content()).not.toContain('Die is gestopt');
    await page.getByRole('button', { name: 'Toch wel goed zo' }).click();
    await page.getByRole('link', { name: /helpt mij niet/ }).waitFor();
    expect(troubles).toEqual([]);
    await Promise.all([context, desk.context, reader.context].map((c) => c.close()));
  });
});

describe('a connection that is lost while sending', () => {
  const countOf = async (title: string) => {
    const list = await visit(app.url).call(listQuestions, { query: { limit: 50 } });
    return list.ok ? list.data.items.filter((one) => one.title === title).length : Number.NaN;
  };

  it.each([
    ['the reply', 'museum', 1],
    ['the question itself', 'theater', 0],
  ] as const)(
    '%s: nothing is lost, and sent again after a closed tab it is one question',
    async (_, where, arrived) => {
      const title = `Wie gaat er mee naar het ${where} op vrijdag?`;
      const { context, page, troubles } = await member();
      await page.goto('/vragen/nieuw');
      await page.getByLabel('Uw vraag in één zin').fill(title);
      await page.getByLabel('Onderwerp').selectOption({ index: 1 });
      await page.getByRole('radio', { name: /Iedereen, zonder mijn naam/ }).check({ force: true });
      // questions alike were looked for while typing, so this press sends the question
      await page.locator('input[name="seen"][value="ja"]').waitFor({ state: 'attached' });
      await page.route('**/vragen/nieuw?/ask', async (route) => {
        if (arrived) await route.fetch();
        await route.abort();
      });
      await page.getByRole('button', { name: 'Plaats mijn vraag' }).click();
      await page.getByText(/Er is geen verbinding/).waitFor();
      await page.getByRole('button', { name: 'Opnieuw versturen' }).waitFor();
      expect(await page.getByLabel('Uw vraag in één zin').inputValue()).toBe(title);
      expect(await countOf(title)).toBe(arrived);
      await page.close();
      const again = await context.newPage();
      await again.goto('/vragen/nieuw');
      await again.getByText('We hebben teruggezet wat u eerder typte.').waitFor();
      await again.getByText('het blijft één vraag').waitFor();
      expect(await again.getByRole('radio', { name: /zonder mijn naam/ }).isChecked()).toBe(true);
      expect(await findings(again)).toEqual([]);
      // one press: nobody is sent to their own question as one that is alike
      await again.getByRole('button', { name: 'Plaats mijn vraag' }).click();
      await again.getByRole('heading', { level: 1, name: title }).waitFor();
      expect(await countOf(title)).toBe(1);
      // and with it the draft has gone
      await again.goto('/vragen/nieuw', { waitUntil: 'networkidle' });
      expect(await again.getByLabel('Uw vraag in één zin').inputValue()).toBe('');
      expect(troubles.filter((one) => !/ERR_FAILED|Failed to fetch/.test(one))).toEqual([]);
      await context.close();
    },
  );
});
