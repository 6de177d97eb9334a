import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as contract from '@wijk/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { signIn, type Visitor } from '../support/visitor.ts';

/**
 * The dialogue about a question (V8), with and without JavaScript: a neighbour, an expert and an editor
 * answer, comment, name each other and change their words; the asker of an anonymous question takes
 * part and their name is nowhere.
 */

let app: AppProcess;
let browser: Browser;
let fatima: Visitor;
let henk: Visitor;
let noor: Visitor;
let expert: Visitor;
const NAME = 'Fatima Amrani';

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
  fatima = await signIn(app.url, 'fatima.amrani@voorbeeld.example');
  henk = await signIn(app.url, 'henk.brouwer@voorbeeld.example');
  noor = await signIn(app.url, 'noor.vanderhorst@voorbeeld.example');
  expert = await signIn(app.url, 'marleen.verhoeven@voorbeeld.example');
});

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

async function device(who: Visitor | null, scripted = true, width = 390): Promise<Page> {
  const context = await browser.newContext({
    baseURL: app.url,
    locale: 'nl-NL',
    reducedMotion: 'reduce',
    viewport: { width, height: 844 },
    javaScriptEnabled: scripted,
  });
  context.setDefaultTimeout(30_000);
  if (who) {
    const [name = '', value = ''] = who.cookie.split('=');
    await context.addCookies([{ name, value, url: app.url }]);
  }
  return context.newPage();
}

async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `dialogue-${name}.png`), fullPage: true });
}

const sideways = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - innerWidth') as Promise<number>;

async function ask(title: string, visibility: 'public' | 'anonymous' = 'anonymous') {
  const asked = await fatima.call(contract.askQuestion, {
    body: { title, body: 'Wie weet het?', theme: 'wonen', visibility },
    key: randomUUID(),
  });
  if (!asked.ok) throw new Error(asked.problem.code);
  return { ref: asked.data.ref, path: `/vragen/${asked.data.ref}/${asked.data.slug}` };
}

async function answer(who: Visitor, question: string, body: string): Promise<string> {
  const given = await who.call(contract.answerQuestion, {
    params: { question },
    body: { body },
    key: randomUUID(),
  });
  if (!given.ok) throw new Error(given.problem.code);
  return given.data.id;
}

const card = (page: Page, name: string) =>
  page.locator('.answer-card', { has: page.getByRole('heading', { name, exact: true }) });

async function comment(page: Page, on: string, body: string): Promise<void> {
  const within = card(page, on);
  if (!(await within.getByLabel('Uw reactie').isVisible()))
    await within.locator('summary', { hasText: 'Reageren' }).click();
  await within.getByLabel('Uw reactie').fill(body);
  await within.getByRole('button', { name: 'Plaats mijn reactie' }).click();
  await page.getByText('Uw reactie staat er.').waitFor();
}

describe.each([
  ['with JavaScript', true, 390],
  ['without JavaScript', false, 360],
] as const)('%s', (how, scripted, width) => {
  it('neighbour, expert and editor answer and talk with an asker whose name is nowhere', async () => {
    const { ref, path } = await ask(`Hoe lang duurt dit, ${how}?`);
    const page = {
      henk: await device(henk, scripted, width),
      expert: await device(expert, scripted, width),
      noor: await device(noor, scripted, width),
      fatima: await device(fatima, scripted, width),
    };
    // three answers, by three capacities
    for (const [who, text] of [
      ['henk', 'Bij mij duurde het een week.'],
      ['expert', 'Meestal zes werkdagen.'],
      ['noor', 'Wij vroegen het na: **zes dagen**.\n\n- bel\n- wacht'],
    ] as const) {
      await page[who].goto(path);
      await page[who].getByRole('textbox', { name: 'Uw antwoord' }).fill(text);
      await page[who].getByRole('button', { name: 'Plaats mijn antwoord' }).click();
      await page[who].getByText('Uw antwoord staat er.').waitFor();
    }
    await page.noor.goto(path);
    expect(await page.noor.locator('.answer-card strong', { hasText: 'zes dagen' }).count()).toBe(
      1,
    );
    expect(await page.noor.locator('.answer-card ul li', { hasText: 'bel' }).count()).toBe(1);

    // the asker talks along, and names somebody
    await page.fatima.goto(path);
    await page.fatima.getByText('Bovenaan staat wat de vragensteller hielp.').waitFor();
    await comment(page.fatima, 'Henk Brouwer', 'Dank u wel, @Henk Brouwer. Belde u ook?');
    await page.henk.goto(path);
    const talk = page.henk.locator('.comment').first();
    expect(await talk.textContent()).toContain('De vragensteller');
    expect(await talk.locator('strong', { hasText: '@Henk Brouwer' }).count()).toBe(1);
    await comment(page.henk, 'Henk Brouwer', 'Ja, @vragensteller, op maandag.');
    await page.fatima.goto('/meldingen');
    await page.fatima.getByText('Iemand noemt u').first().waitFor();

    // several have helped
    await page.fatima.goto(path);
    for (const name of ['Henk Brouwer', 'Noor van der Horst']) {
      await card(page.fatima, name).getByRole('button', { name: 'Dit heeft me geholpen' }).click();
      await card(page.fatima, name).getByText('Dit heeft de vrager geholpen').waitFor();
    }

    // useful: not for the asker, nor for one's own
    expect(await page.fatima.getByRole('button', { name: 'Nuttig', exact: true }).count()).toBe(0);
    await page.henk.goto(path);
    const useful = (name: string) =>
      card(page.henk, name).getByRole('button', { name: 'Nuttig', exact: true });
    expect(await useful('Henk Brouwer').count()).toBe(0);
    await useful('Noor van der Horst').click();
    await card(page.henk, 'Noor van der Horst').getByText('1 mens vond dit nuttig').waitFor();
    await card(page.henk, 'Noor van der Horst')
      .getByRole('button', { name: 'Toch niet nuttig' })
      .click();
    await useful('Noor van der Horst').waitFor();

    // an edit, with what it said before; the mark on the former words lapses
    await page.henk.getByRole('link', { name: 'Uw antwoord aanpassen' }).click();
    await page.henk.getByText('Past u het aan, dan vervalt dat').waitFor();
    await page.henk
      .getByRole('textbox', { name: 'Uw antwoord' })
      .fill('Bij mij duurde het acht dagen.');
    await keepPicture(page.henk, `edit-${width}`);
    await page.henk.getByRole('button', { name: 'Bewaar mijn tekst' }).click();
    await page.henk.getByText('De redactie kijkt er opnieuw naar.').waitFor();
    const changed = card(page.henk, 'Henk Brouwer');
    await changed.getByText('acht dagen').waitFor();
    expect(await changed.getByText('Dit heeft de vrager geholpen').count()).toBe(0);
    await changed.getByRole('link', { name: 'eerdere tekst' }).first().click();
    await page.henk.getByText('Bij mij duurde het een week.').waitFor();
    await keepPicture(page.henk, `earlier-${width}`);

    // everywhere that the asker is read about, but on their own pages
    const found: string[] = [];
    for (const one of [page.henk, page.expert, page.noor]) {
      await one.goto(path);
      expect(await sideways(one)).toBe(0);
      // the editors' roster and the demonstration name her elsewhere; not on this page
      if ((await one.content()).includes(NAME)) found.push(one.url());
    }
    const visitor = await device(null, scripted, width);
    await visitor.goto(path);
    if ((await visitor.content()).includes(NAME)) found.push('visitor');
    expect(found).toEqual([]);
    expect(await visitor.getByRole('link', { name: /Reageren op het antwoord/ }).count()).toBe(3);
    await keepPicture(page.noor, `page-${width}`);
    if (scripted) expect(await findings(page.noor)).toEqual([]);
    const read = await henk.call(contract.getQuestion, { params: { question: ref } });
    expect(JSON.stringify(read)).not.toContain('Fatima');
    for (const one of [...Object.values(page), visitor]) await one.context().close();
  });

  it('keeps what was typed: too short, and changed on another device meanwhile', async () => {
    const { ref, path } = await ask(`Blijft mijn tekst, ${how}?`);
    const id = await answer(henk, ref, 'Van huis uit.');
    const page = await device(henk, scripted, width);
    await page.goto(path);
    await page.locator('summary', { hasText: 'Reageren' }).click();
    await page.getByLabel('Uw reactie').fill('x');
    await page.getByRole('button', { name: 'Plaats mijn reactie' }).click();
    await page.locator('.error-summary').waitFor();
    expect(await page.getByLabel('Uw reactie').inputValue()).toBe('x');
    await keepPicture(page, `refused-${width}`);
    await page.getByLabel('Uw reactie').fill('Toch nog iets: bel op maandag.');
    await page.getByRole('button', { name: 'Plaats mijn reactie' }).click();
    await page.locator('.comment', { hasText: 'bel op maandag' }).waitFor();

    await page.goto(`/bewerken/${ref}?antwoord=${id}`);
    const read = await henk.call(contract.getQuestion, { params: { question: ref } });
    const version = read.ok ? (read.data.answers[0]?.at ?? '') : '';
    const elsewhere = await henk.call(contract.editAnswer, {
      params: { question: ref, answer: id },
      body: { body: 'Van mijn telefoon.', version },
    });
    expect(elsewhere.ok).toBe(true);
    await page.getByRole('textbox', { name: 'Uw antwoord' }).fill('Van mijn computer.');
    await page.getByRole('button', { name: 'Bewaar mijn tekst' }).click();
    await page.getByRole('heading', { name: 'Dit staat er nu' }).waitFor();
    await page.getByText('Van mijn telefoon.').waitFor();
    expect(await page.getByRole('textbox', { name: 'Uw antwoord' }).inputValue()).toBe(
      'Van mijn computer.',
    );
    await keepPicture(page, `conflict-${width}`);
    await page.getByRole('button', { name: 'Bewaar mijn tekst' }).click();
    await page.locator('.answer-card', { hasText: 'Van mijn computer.' }).waitFor();

    // and away with the comment
    await page.getByRole('link', { name: 'Uw reactie aanpassen of weghalen' }).click();
    await page.locator('summary', { hasText: 'Mijn reactie weghalen' }).click();
    await page.getByRole('button', { name: 'Ja, haal mijn reactie weg' }).click();
    await page.getByText('Uw reactie is weg.').waitFor();
    expect(await page.locator('.comment').count()).toBe(0);
    await page.context().close();
  });

  it('shows an editor how their signs will look before they post', async () => {
    const { path } = await ask(`Ziet het er goed uit, ${how}?`);
    const page = await device(noor, scripted, width);
    await page.goto(path);
    const text = 'Let op: **niet** [daar](javascript:alert(1)) maar [hier](/over).';
    await page.getByRole('textbox', { name: 'Uw antwoord' }).fill(text);
    await page.getByRole('button', { name: 'Bekijk eerst' }).click();
    const preview = page.locator('#bekijken');
    await preview.waitFor();
    expect(await preview.locator('strong', { hasText: 'niet' }).count()).toBe(1);
    expect(await preview.getByRole('link').count()).toBe(1);
    expect(await page.getByRole('textbox', { name: 'Uw antwoord' }).inputValue()).toBe(text);
    expect(await page.locator('.answer-card').count()).toBe(0);
    await keepPicture(page, `preview-${width}`);
    await page.getByRole('button', { name: 'Plaats mijn antwoord' }).click();
    await page.locator('.answer-card', { hasText: 'Let op' }).waitFor();
    await page.context().close();
  });

  it('has all comments on a page of their own, where one reports and talks on', async () => {
    const { ref, path } = await ask(`Waar blijft de rest, ${how}?`);
    const id = await answer(expert, ref, 'Dat zit zo.');
    for (let i = 1; i <= 7; i += 1)
      await henk.call(contract.addComment, {
        params: { question: ref, answer: id },
        body: { body: `Reactie nummer ${i}` },
        key: randomUUID(),
      });
    const page = await device(noor, scripted, width);
    await page.goto(path);
    expect(await page.locator('.comment').count()).toBe(5);
    await page.getByRole('link', { name: 'Toon alle 7 reacties' }).click();
    await page.getByText('Reactie nummer 1').waitFor();
    expect(await page.locator('.comment').count()).toBe(7);
    expect(await sideways(page)).toBe(0);
    if (scripted) expect(await findings(page)).toEqual([]);
    await page.getByLabel('Uw reactie').fill('Dat zijn er veel.');
    await page.getByRole('button', { name: 'Plaats mijn reactie' }).click();
    await page.locator('.comment', { hasText: 'Dat zijn er veel.' }).waitFor();
    await keepPicture(page, `all-${width}`);
    await page.getByRole('link', { name: 'Reactie van Henk Brouwer melden' }).first().click();
    await page.getByText('U meldt een reactie van Henk Brouwer').waitFor();
    await page
      .getByLabel('Wat is er aan de hand?')
      .selectOption({ label: 'Het is reclame of misleiding' });
    await page.getByRole('button', { name: 'Stuur mijn melding' }).click();
    await page.getByText('De redactie kijkt naar uw melding.').waitFor();

    // the desk: judged there, and undone
    await page.goto(`/redactie/${ref}`);
    await page.getByText('over een reactie').waitFor();
    const first = page.locator('.comment').first();
    await first.locator('summary', { hasText: 'Verbergen of weghalen' }).click();
    await first.getByLabel('Reden').first().selectOption({ label: 'Reclame' });
    await first.getByRole('button', { name: 'Verberg de reactie' }).click();
    await page.getByText('Reactie verborgen bij').first().waitFor();
    await page.getByText('Deze reactie is verborgen').waitFor();
    await keepPicture(page, `desk-${width}`);
    await page.getByRole('button', { name: 'Plaats deze reactie' }).click();
    await page.getByText('Reactie geplaatst bij').first().waitFor();
    await page.context().close();
  });
});

it('shows in a second browser what is new, without moving what one reads', async () => {
  const { ref, path } = await ask('Wat verandert er onder mijn ogen?', 'public');
  await answer(henk, ref, 'Ik was het eerst.');
  const second = await answer(expert, ref, 'En ik weet het.');
  const page = await device(henk);
  await page.goto(path);
  const order = () => page.locator('.answer-card h3').allTextContents();
  expect(await order()).toEqual(['Marleen Verhoeven', 'Henk Brouwer']);
  // somebody who types keeps what they type
  await card(page, 'Marleen Verhoeven').locator('summary', { hasText: 'Reageren' }).click();
  await card(page, 'Marleen Verhoeven').getByLabel('Uw reactie').fill('Ik ben nog bez');
  const first = (await fatima.call(contract.getQuestion, { params: { question: ref } })) as {
    data?: { answers: { id: string; author: { name: string } }[] };
  };
  const mine = first.data?.answers.find(({ author }) => author.name === 'Henk Brouwer')?.id ?? '';
  await fatima.call(contract.markHelpful, { params: { question: ref, answer: mine } });
  await card(page, 'Henk Brouwer').getByText('Dit heeft de vrager geholpen').waitFor();
  expect(await order()).toEqual(['Marleen Verhoeven', 'Henk Brouwer']);
  await fatima.call(contract.addComment, {
    params: { question: ref, answer: second },
    body: { body: 'Dank u beiden.' },
    key: randomUUID(),
  });
  await card(page, 'Marleen Verhoeven').getByText('Dank u beiden.').waitFor();
  await page.getByText('Er is een nieuwe reactie.').waitFor({ state: 'attached' });
  await noor.call(contract.markUseful, { params: { question: ref, answer: second } });
  await card(page, 'Marleen Verhoeven').getByText('1 mens vond dit nuttig').waitFor();
  await card(page, 'Marleen Verhoeven').getByLabel('Uw reactie').pressSequentially('ig');
  expect(await card(page, 'Marleen Verhoeven').getByLabel('Uw reactie').inputValue()).toBe(
    'Ik ben nog bezig',
  );
  // a new visit has the order that the page states
  const later = await device(null);
  await later.goto(path);
  expect(await later.locator('.answer-card h3').allTextContents()).toEqual([
    'Henk Brouwer',
    'Marleen Verhoeven',
  ]);
  await page.context().close();
  await later.context().close();
});
