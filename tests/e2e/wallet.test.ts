import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, freePort, startApp } from '../support/app-process.ts';
import { findings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { mailTo, visit } from '../support/visitor.ts';
import { balanceOn, phone, scan } from '../support/wallet-phones.ts';

/** Two neighbours pay each other with their phones; everything once more without scripts. */

const FATIMA = 'fatima.amrani@voorbeeld.example';
const HENK = 'henk.brouwer@voorbeeld.example';

let app: AppProcess;
let browser: Browser;

beforeAll(async () => {
  // the address in a code is that of the site, where the phones are signed in
  const port = await freePort();
  const env = { WIJK_MODE: 'demonstration', STRICT_LIMITS: 'no', LOG_LEVEL: 'error' };
  [app, browser] = await Promise.all([
    startApp({ port, env: { ...env, ORIGIN: `http://127.0.0.1:${port}` } }),
    launchBrowser(),
  ]);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await app?.dispose();
});

const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name });
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();

/** Asks for an amount and shows the code; the address that a camera reads from it. */
async function showCode(page: Page, amount: string, memo = ''): Promise<string> {
  await page.goto('/portemonnee/verzoek');
  await page.getByLabel('Bedrag').fill(amount);
  if (memo) await page.getByLabel('Omschrijving').fill(memo);
  await press(page, 'Toon de code');
  await heading(page, 'Betaalverzoek').waitFor();
  return scan(page);
}

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  // axe needs scripts of its own
  const faults = async (page: Page) => (javaScriptEnabled ? findings(page) : []);
  let fatima: Page;
  let henk: Page;
  beforeAll(async () => {
    fatima = await phone(browser, app, FATIMA, { javaScriptEnabled });
    henk = await phone(browser, app, HENK, { javaScriptEnabled });
  }, 60_000);
  afterAll(async () => {
    await fatima?.context().close();
    await henk?.context().close();
  });

  it('one shows a code, the other scans it and pays', async () => {
    const before = { fatima: await balanceOn(fatima), henk: await balanceOn(henk) };
    const address = await showCode(henk, '3,50', 'Twee eieren');
    expect(address).toBe(await henk.locator('.address a').getAttribute('href'));
    expect(await faults(henk)).toEqual([]);

    await fatima.goto(address);
    await fatima.getByText('Twee eieren').waitFor();
    expect(await faults(fatima)).toEqual([]);
    await press(fatima, /^Betaal .+3,50$/);
    await heading(fatima, /U hebt .+3,50 betaald aan Henk Brouwer/).waitFor();
    expect(await faults(fatima)).toEqual([]);

    // the first phone says so by itself, where it has scripts
    if (!javaScriptEnabled) await henk.reload();
    await henk.getByText('Betaald', { exact: true }).waitFor();
    expect((await balanceOn(fatima)) - before.fatima).toBe(-350);
    expect((await balanceOn(henk)) - before.henk).toBe(343);

    // what was written is on the page of the payment, and on no statement
    await henk.goto('/portemonnee/afschrift');
    const line = henk.locator('.lines li').first();
    await line.getByText('+Ɛ 3,43').waitFor();
    await line.getByText('Ɛ 0,07 ging naar het wijkfonds').waitFor();
    expect(await henk.getByText('Twee eieren').count()).toBe(0);
    expect(await faults(henk)).toEqual([]);
    await line.getByRole('link', { name: 'Fatima Amrani' }).click();
    await heading(henk, /Fatima Amrani heeft u .+3,50 betaald/).waitFor();
    await henk.getByText('Twee eieren').waitFor();
  });

  it('somebody is found by name, paid after a look, and told', async () => {
    await fatima.goto('/portemonnee');
    await fatima.getByRole('link', { name: 'Betalen', exact: true }).click();
    await fatima.getByLabel('Wie wilt u betalen?').fill('he');
    await press(fatima, 'Zoek');
    await fatima.locator('.field .error').getByText('te kort').waitFor();
    await fatima.getByLabel('Wie wilt u betalen?').fill('henk br');
    await press(fatima, 'Zoek');
    await fatima.getByRole('link', { name: /Henk Brouwer/ }).click();
    await fatima.getByLabel('Bedrag').fill('twee');
    await press(fatima, 'Verder');
    await fatima.getByText('Dit is geen bedrag').first().waitFor();
    expect(await fatima.getByLabel('Bedrag').inputValue()).toBe('twee');
    await fatima.getByLabel('Bedrag').fill('2');
    await fatima.getByLabel('Omschrijving').fill('Voor de insuline');
    await press(fatima, 'Verder');
    await heading(fatima, 'Klopt dit?').waitFor();
    await press(fatima, 'Aanpassen');
    expect(await fatima.getByLabel('Omschrijving').inputValue()).toBe('Voor de insuline');
    await fatima.getByLabel('Bedrag').fill('1,50');
    await press(fatima, 'Verder');
    await press(fatima, /^Betaal .+1,50$/);
    await heading(fatima, /U hebt .+1,50 betaald aan Henk Brouwer/).waitFor();
    await fatima.getByText(/Uw saldo is nu/).waitFor();

    const mail = await mailTo(visit(app.url), HENK, /1,47 elzentjes bij uw saldo/);
    expect(mail).not.toContain('insuline');
    expect(mail).not.toContain('Fatima');
    await henk.goto('/meldingen');
    await henk.getByText('U hebt een betaling ontvangen').first().waitFor();
  });

  it('who received too much gives it back once, and the payer gets all of it', async () => {
    const before = { fatima: await balanceOn(fatima), henk: await balanceOn(henk) };
    await showCode(henk, '50,00', 'Een brood');
    await fatima.goto(await scan(henk));
    await press(fatima, /^Betaal .+50,00$/);
    await heading(fatima, /U hebt .+50,00 betaald/).waitFor();
    const payment = new URL(fatima.url()).pathname;
    await henk.goto(payment);
    await henk.getByText('Geef terug').click();
    expect(await henk.getByLabel('Bedrag').inputValue()).toBe('50,00');
    expect(await faults(henk)).toEqual([]);
    await henk.getByLabel('Bedrag').fill('50,01');
    await press(henk, 'Geef dit terug');
    await henk.locator('.field .error').getByText('meer dan u van deze betaling').waitFor();
    await henk.getByLabel('Bedrag').fill('45');
    await press(henk, 'Geef dit terug');
    await heading(henk, /U hebt .+45,00 teruggegeven aan Fatima Amrani/).waitFor();
    expect(await faults(henk)).toEqual([]);
    await fatima.goto(payment);
    await fatima.getByText(/Hiervan is .+45,00 teruggegeven/).waitFor();
    await fatima.getByRole('link', { name: 'Bekijk dat' }).click();
    await heading(fatima, /Henk Brouwer gaf u .+45,00 terug/).waitFor();
    await henk.goto(payment);
    expect(await henk.getByText('Geef terug').count()).toBe(0);
    expect((await balanceOn(fatima)) - before.fatima).toBe(-500);
    // a hundredth of the first payment went to the fund, and of what is given back nothing does
    expect((await balanceOn(henk)) - before.henk).toBe(4900 - 4500);
  });

  it('the same press, from two pages with the same form, pays once', async () => {
    const before = await balanceOn(fatima);
    await henk.goto('/portemonnee/code');
    const address = await scan(henk);
    const second = await fatima.context().newPage();
    for (const page of [fatima, second]) {
      await page.goto(address);
      await page.getByLabel('Bedrag').fill('1');
      await press(page, 'Verder');
      await page.getByRole('button', { name: /^Betaal .+1,00$/ }).waitFor();
    }
    // the one form, twice: as when a page was opened again from the history
    const key = await fatima.locator('input[name="key"]').inputValue();
    await second.locator('input[name="key"]').evaluate((field, value) => {
      (field as unknown as { value: string }).value = value;
    }, key);
    await press(fatima, /^Betaal .+1,00$/);
    await heading(fatima, /U hebt .+1,00 betaald/).waitFor();
    await press(second, /^Betaal .+1,00$/);
    await heading(second, /U hebt .+1,00 betaald/).waitFor();
    expect(second.url()).toBe(fatima.url());
    await second.close();
    expect(await balanceOn(fatima)).toBe(before - 100);
  });

  it('too little is refused with what is missing, and what was typed stays', async () => {
    await henk.goto('/portemonnee/code');
    await fatima.goto(await scan(henk));
    await fatima.getByLabel('Bedrag').fill('900');
    await fatima.getByLabel('Omschrijving').fill('Een fiets');
    await press(fatima, 'Verder');
    await fatima
      .getByText(/U komt [\d.,]+ elzentjes tekort\. U kunt hier nu [\d.,]+/)
      .first()
      .waitFor();
    expect(await fatima.getByLabel('Bedrag').inputValue()).toBe('900');
    expect(await fatima.getByLabel('Omschrijving').inputValue()).toBe('Een fiets');
    // at the field, in the summary, and nothing that is for who asks for help
    const amount = fatima.getByLabel('Bedrag');
    expect(await amount.getAttribute('aria-invalid')).toBe('true');
    await fatima
      .locator('#amount-error')
      .getByText(/U komt .* tekort/)
      .waitFor();
    await fatima
      .locator('.error-summary')
      .getByRole('link', { name: /^Bedrag: U komt .* tekort/ })
      .click();
    expect(await amount.evaluate((field) => field.matches(':focus'))).toBe(true);
    expect(await fatima.locator('main').textContent()).not.toMatch(/urn:uuid|Referentie/);
    expect(await faults(fatima)).toEqual([]);

    // of a request the amount is not for the payer to change
    await fatima.goto(await showCode(henk, '900'));
    await fatima
      .getByText(/U komt [\d.,]+ elzentjes tekort/)
      .first()
      .waitFor();
    expect(await fatima.locator('main').textContent()).not.toMatch(/urn:uuid|Referentie/);
  });

  it('a request to somebody is told, paid from their wallet, or refused', async () => {
    for (const [amount, pays] of [
      ['1,10', true],
      ['1,20', false],
    ] as const) {
      await henk.goto('/portemonnee/verzoek');
      await henk.getByLabel('Aan wie?').fill('fatima');
      await press(henk, 'Zoek');
      await henk.getByRole('link', { name: /Fatima Amrani/ }).click();
      await heading(henk, 'Vraag Fatima Amrani om een betaling').waitFor();
      await henk.getByLabel('Bedrag').fill(amount);
      await press(henk, 'Verstuur het verzoek');
      await henk.getByText('Fatima Amrani heeft bericht gekregen').waitFor();
      await mailTo(visit(app.url), FATIMA, new RegExp(`om ${amount} elzentjes te betalen`));
      await fatima.goto('/portemonnee');
      await fatima
        .getByRole('link', { name: new RegExp(`Bekijk en betaal.*Henk Brouwer, .+${amount}`) })
        .click();
      await heading(fatima, 'Betaal aan Henk Brouwer').waitFor();
      if (pays) await press(fatima, new RegExp(`^Betaal .+${amount}$`));
      else await press(fatima, 'Nee, ik betaal dit niet');
      await fatima
        .getByText(pays ? /U hebt .+1,10 betaald/ : 'U hebt het betaalverzoek geweigerd.')
        .first()
        .waitFor();
      if (!javaScriptEnabled) await henk.reload();
      await henk
        .getByText(pays ? 'Betaald' : 'Dit verzoek is geweigerd.', { exact: true })
        .waitFor();
    }
  });

  it('who is not signed in does so first and comes back to pay', async () => {
    // who never got a code before: the newest mail is theirs
    const somebody = javaScriptEnabled
      ? { name: 'Els Wagenaar', email: 'els.wagenaar@voorbeeld.example' }
      : { name: 'Kees Dijkgraaf', email: 'kees.dijkgraaf@voorbeeld.example' };
    const address = await showCode(henk, '1,30');
    const context = await browser.newContext({
      baseURL: app.url,
      locale: 'nl-NL',
      javaScriptEnabled,
    });
    const visitor = await context.newPage();
    await visitor.goto(address);
    await heading(visitor, 'Inloggen').waitFor();
    expect(
      await visitor
        .getByText('Henk Brouwer')
        .locator('visible=true')
        .filter({ hasText: '1,30' })
        .count(),
    ).toBe(0);
    await press(visitor, new RegExp(somebody.name));
    await visitor.getByRole('heading', { name: 'Vul de code in' }).waitFor();
    const code = /\b(\d{3}) ?(\d{3})\b/.exec(
      await mailTo(visit(app.url), somebody.email, /\d{3} ?\d{3}/),
    );
    await visitor.getByLabel('Code', { exact: true }).fill(`${code?.[1]}${code?.[2]}`);
    await press(visitor, 'Verder');
    await heading(visitor, 'Betaal aan Henk Brouwer').waitFor();
    await press(visitor, /^Betaal .+1,30$/);
    await heading(visitor, /U hebt .+1,30 betaald/).waitFor();
    await context.close();
  });
});

describe.each([true, false])('the treasurer, with scripts: %s', (javaScriptEnabled) => {
  it('has the book read through by a worker, and sees the result come', async () => {
    const kees = await phone(browser, app, 'kees.dijkgraaf@voorbeeld.example', {
      javaScriptEnabled,
    });
    await kees.goto('/penningmeester/controle');
    const lines = kees.locator('main section li');
    const before = await lines.count();
    await press(kees, 'Nu nalopen');
    // a worker may be done before anybody can read that it was asked
    await kees.getByText('De controle is aangevraagd').or(lines.nth(before)).first().waitFor();
    // by itself, or by loading the page again
    await expect
      .poll(
        async () => {
          if (!javaScriptEnabled) await kees.goto('/penningmeester/controle');
          return lines.count();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(before + 1);
    const [last = ''] = await lines.allTextContents();
    expect(last).toMatch(/: klopt .*door Kees Dijkgraaf/);
    await kees.getByRole('button', { name: 'Nu nalopen' }).waitFor();
    if (javaScriptEnabled) expect(await findings(kees)).toEqual([]);
    await kees.context().close();
  });
});
