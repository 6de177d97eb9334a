import * as contract from '@wijk/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ORIGIN,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { openTill, type Till } from '../../../../../tests/support/wallet.ts';

/** Year statements to keep: a member's own, an account's and the wijk's. Sums by nature, and no names. */

let house: House;
let till: Till;
let treasurer: Guest;
let anna: Guest;
let bram: Guest;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-31T10:00:00Z' });
  till = openTill(house);
  treasurer = await house.guest('Pien Ningmeester', ['treasurer']);
  anna = await house.guest('Anna de Vries');
  bram = await house.guest('Bram Bos');
  await till.issue(anna, 10_000);
  await till.pay(anna, bram, 2500);
});
afterEach(() => house?.close());

const file = async (who: Guest, path: string) => {
  const url = `/api/v1/wijken/${house.wijk.slug}${path}`;
  // a call that the house knows gives the session its cookie
  await house.call(contract.readWallet, who, {});
  const headers = { host: new URL(ORIGIN).host, cookie: who.cookie };
  const reply = await house.app.fastify.inject({ method: 'GET', url, headers });
  return { status: reply.statusCode, type: reply.headers['content-type'], text: reply.body };
};
const rows = (text: string) =>
  text
    .replace('\uFEFF', '')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(';'));

describe('the year of a wallet', () => {
  it('begins and ends with the balance, at midnight of the wijk', async () => {
    // still the old year in UTC, the new one here
    house.clock.set('2026-12-31T23:30:00Z');
    await till.pay(anna, bram, 100);
    const of = (year: number) => house.call(contract.readWalletYear, anna, { query: { year } });
    const old = ok(await of(2026));
    expect(old).toMatchObject({ year: 2026, opening: 0, closing: 7500, budgets: null });
    expect(old.lines).toEqual([
      { code: 'issue', reversal: false, into: 10_000, out: 0, count: 1 },
      { code: 'payment', reversal: false, into: 0, out: 2500, count: 1 },
    ]);
    expect(ok(await of(2027))).toMatchObject({ opening: 7500, closing: 7400 });
    // left out: the year that runs in the wijk
    expect(ok(await house.call(contract.readWalletYear, anna, {})).year).toBe(2027);
  });

  it('as CSV says the same, with budgets apart, and no name', async () => {
    const { lots } = await till.programme({ suppliers: [bram], participants: [[anna, 500]] });
    await till.pay(anna, bram, 700);
    const { status, type, text } = await file(anna, '/wallet/year/csv?year=2026');
    expect([status, type]).toEqual([200, expect.stringMatching(/^text\/csv/)]);
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(rows(text)).toEqual([
      ['Onderdeel', 'Waarvoor', 'Regels', 'Bij', 'Af', 'Saldo'],
      ['Eigen rekening', 'Begin van het jaar', '', '', '', '0,00'],
      ['Eigen rekening', 'Uitgifte', '1', '100,00', '0,00', ''],
      ['Eigen rekening', 'Betalingen', '2', '0,00', '27,00', ''],
      ['Eigen rekening', 'Einde van het jaar', '', '', '', '73,00'],
      ['Budgetten', 'Begin van het jaar', '', '', '', '0,00'],
      ['Budgetten', 'Budgetten', '1', '5,00', '0,00', ''],
      ['Budgetten', 'Betalingen', '1', '0,00', '5,00', ''],
      ['Budgetten', 'Einde van het jaar', '', '', '', '0,00'],
    ]);
    expect(lots).toHaveLength(1);
    expect(text).not.toMatch(/Bram|Fit/);
    expect((await file(anna, '/wallet/year/csv?lang=en')).text).toContain('Start of the year');
  });

  it('of an organisation is for who acts for it', async () => {
    const organisation = await till.organisation('De Winkel', [[bram, null]]);
    const query = { organisation };
    expect(ok(await house.call(contract.readWalletYear, bram, { query })).holder.name).toBe(
      'De Winkel',
    );
    expect(refusal(await house.call(contract.readWalletYear, anna, { query }))).toBe(
      '403 wallet.not-operator',
    );
    expect((await file(anna, `/wallet/year/csv?organisation=${organisation}`)).status).toBe(403);
  });
});

describe('the year of the wijk', () => {
  it("as CSV comes to nothing, like the book, and is the treasurer's", async () => {
    const { text } = await file(treasurer, '/treasury/year/csv?year=2026');
    const [heads, ...lines] = rows(text);
    expect(heads).toEqual(['Soort rekening', 'Waarvoor', 'Regels', 'Bij', 'Af']);
    const cents = (cell = '') => Number(cell.replace(',', ''));
    expect(lines.reduce((sum, cells) => sum + cents(cells[3]) - cents(cells[4]), 0)).toBe(0);
    expect(lines).toContainEqual(['bewoners', 'Betalingen', '2', '25,00', '25,00']);
    expect((await file(anna, '/treasury/year/csv')).status).toBe(403);
  });

  it('of one account as CSV has its balance at both ends', async () => {
    const { accountId } = await till.holder(bram);
    const at = `/treasury/accounts/${accountId}/year/csv`;
    expect(rows((await file(treasurer, `${at}?year=2026`)).text)).toEqual([
      ['Waarvoor', 'Regels', 'Bij', 'Af', 'Saldo'],
      ['Begin van het jaar', '', '', '', '0,00'],
      ['Betalingen', '1', '25,00', '0,00', ''],
      ['Einde van het jaar', '', '', '', '25,00'],
    ]);
    expect((await file(anna, at)).status).toBe(403);
    const { accountId: fund } = await till.holder({ kind: 'fund' });
    expect((await file(treasurer, `/treasury/accounts/${fund}/year/csv`)).status).toBe(404);
  });
});
