import { randomUUID } from 'node:crypto';
import * as contract from '@wijk/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, startApp } from '../support/app-process.ts';
import { launchBrowser } from '../support/browser.ts';
import { mailTo, signIn, type Visitor, visit } from '../support/visitor.ts';

/**
 * Somebody has had enough of mail: from the link in a mail, without signing in, once with JavaScript
 * and once without; and by one press at the mail provider.
 */

const ASKER = 'fatima.amrani@voorbeeld.example';
const EDITOR = 'noor.vanderhorst@voorbeeld.example';

let app: AppProcess;
let browser: Browser;
let asker: Visitor;
let editor: Visitor;

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ env: { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' } }),
    launchBrowser(),
  ]);
  asker = await signIn(app.url, ASKER);
  editor = await signIn(app.url, EDITOR);
});

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

async function ask(): Promise<string> {
  const title = `Een vraag ${randomUUID().slice(0, 8)}`;
  const body = { title, body: '', theme: 'zorg-regelen', visibility: 'public' as const };
  const asked = await asker.call(contract.askQuestion, { body, key: randomUUID() });
  if (!asked.ok) throw new Error(asked.problem.code);
  return asked.data.ref;
}
const answer = (question: string) =>
  editor.call(contract.answerQuestion, {
    params: { question },
    body: { body: 'Een antwoord.' },
    key: randomUUID(),
  });
/** The link at the end of the mail about this question. */
async function linkIn(ref: string): Promise<string> {
  const text = await mailTo(asker, ASKER, new RegExp(`/vragen/${ref}`));
  return /http\S+\/afmelden\/\S+/.exec(text)?.[0] ?? '';
}
const mails = async () => {
  const list = await asker.call(contract.listMail, { query: { to: ASKER, limit: 100 } });
  return list.ok
    ? list.data.items.filter((m) => m.subject === 'Er is een antwoord op uw vraag')
    : [];
};
/** The mail of another question that is answered later has arrived, so this one's would have. */
async function settled(): Promise<number> {
  const other = await ask();
  await answer(other);
  await mailTo(asker, ASKER, new RegExp(`heeft uw vraag beantwoord[^]*/vragen/${other}`));
  return (await mails()).length;
}
const press = (page: Page, name: string) => page.getByRole('button', { name }).click();

describe.each([true, false])('from the mail, with JavaScript %s', (javaScriptEnabled) => {
  it('opening changes nothing, one press stops it, another brings it back', async () => {
    const context = await browser.newContext({ javaScriptEnabled, locale: 'nl-NL' });
    const page = await context.newPage();
    const question = await ask();
    const link = await linkIn(question);
    await page.goto(link);
    await page.reload();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Geen mail meer?');
    expect(await page.getByText('deze ene vraag die u stelde').count()).toBe(1);

    await press(page, 'Stop deze mails');
    await page.getByRole('heading', { name: 'U krijgt deze mails niet meer' }).waitFor();
    expect(page.url()).toBe(link);
    const before = await settled();
    await answer(question);
    expect(await settled()).toBe(before + 1);

    await press(page, 'Toch weer mail krijgen');
    await page.getByRole('heading', { name: 'Geen mail meer?' }).waitFor();
    await answer(question);
    expect(await settled()).toBe(before + 3);
    expect(await context.cookies()).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ name: 'sessie' })]),
    );
    await context.close();
  });

  it('a member chooses for all their mail after signing in', async () => {
    const context = await browser.newContext({
      javaScriptEnabled,
      locale: 'nl-NL',
      baseURL: app.url,
    });
    const [name = '', value = ''] = asker.cookie.split('=');
    await context.addCookies([{ name, value, url: app.url, httpOnly: true }]);
    const page = await context.newPage();
    await page.goto('/meldingen');
    await page.getByRole('link', { name: 'Welke mail wilt u krijgen?' }).click();
    const own = page.getByLabel('vragen die ik stelde');
    expect(await own.isChecked()).toBe(true);
    await own.uncheck();
    await press(page, 'Bewaar mijn keuze');
    await page.getByText('Uw keuze is bewaard.').waitFor();
    expect(await own.isChecked()).toBe(false);
    expect(await page.getByLabel('vragen die ik volg').isChecked()).toBe(true);
    await own.check();
    await press(page, 'Bewaar mijn keuze');
    await page.getByText('Uw keuze is bewaard.').waitFor();
    await context.close();
  });
});

it('one press at a mail provider, from elsewhere, stops mail about that question', async () => {
  const question = await ask();
  const link = await linkIn(question);
  const reply = await fetch(link, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://mail.example',
    },
    body: 'List-Unsubscribe=One-Click',
    redirect: 'error',
  });
  expect([reply.status, reply.headers.get('set-cookie')]).toEqual([200, null]);
  const html = await (await fetch(link)).text();
  expect(html).toContain('U krijgt deze mails niet meer');
  expect((await fetch(link)).headers.get('referrer-policy')).toBe('same-origin');
  const read = await visit(app.url).call(contract.readUnsubscribe, {
    params: { token: link.split('/').at(-1) ?? '' },
  });
  expect(read.ok && read.data.choices).toEqual([{ category: 'own-question', wanted: false }]);
});
