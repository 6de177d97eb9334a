import * as contract from '@wijk/contracts';
import { pathOf } from '@wijk/contracts';
import { HOUR_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ORIGIN,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { openTill, type Till } from '../../../../../tests/support/wallet.ts';

/** Statements to keep: to the cent what the book says, safe to open, and without a word that tells a topic. */

let house: House;
let till: Till;
let sam: Guest;
let trick: Guest;
const CANARIES = ['Rollator van tante', 'Stoppen met roken', 'slaap-en-stress'];
const [MEMO = '', PROGRAMME = '', THEME = ''] = CANARIES;
const PERIOD = { from: '2027-01-01', until: '2027-01-31' };

beforeAll(async () => {
  house = await openHouse({ now: '2026-12-20T10:00:00Z' });
  till = openTill(house);
  sam = await house.guest('Sam de Wit');
  trick = await house.guest('=A1+"Yıldız";ğ');
  await till.adopt({ contributionPermille: 20, plural: 'elzentjes', memberDaily: null });
  await till.issue(sam, 98_765);
  await till.programme({ suppliers: [trick], participants: [[sam, 700]], name: PROGRAMME });
  await house.owner.execute(sql`update wallet.supplier set theme = ${THEME}`);
  house.clock.set('2026-12-31T22:59:59.999Z');
  await till.pay(sam, trick, 100, { memo: MEMO });
  // the first moment of the year in the wijk
  house.clock.set('2026-12-31T23:00:00Z');
  await till.pay(sam, trick, 1005, { memo: MEMO });
  for (let n = 0; n < 60; n += 1) {
    house.clock.advance(HOUR_MS);
    await (n % 3 === 0
      ? till.pay(trick, sam, 7 + n, { memo: MEMO })
      : till.pay(sam, trick, 101 + n, { memo: MEMO }));
  }
  house.clock.set('2027-01-31T22:59:59.999Z');
  await till.pay(sam, trick, 1234, { memo: MEMO });
  house.clock.set('2027-01-31T23:00:00Z');
  await till.pay(sam, trick, 4321, { memo: MEMO });
  house.clock.set('2027-02-03T10:00:00Z');
});
afterAll(() => house?.close());

async function file(
  operation: typeof contract.statementCsv | typeof contract.statementPdf,
  who: Guest,
  query: Record<string, string> = PERIOD,
) {
  // a call that the house knows gives the session its cookie
  ok(await house.call(contract.readWallet, who, {}));
  return house.app.fastify.inject({
    url: pathOf(operation, { wijk: house.wijk.slug }, query),
    headers: { host: new URL(ORIGIN).host, cookie: who.cookie },
  });
}
const csvRows = (text: string) =>
  text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(
        (m) => m[1]?.replaceAll('""', '"') ?? m[2] ?? '',
      ),
    );
const minor = (text: string) => Number(text.replace(/\./g, '').replace(',', '').replace('−', '-'));

/** Straight from the tables, past everything of ours. */
async function book(until: string): Promise<number> {
  const { accountId } = await till.holder(sam);
  const { rows } = await house.owner.execute<{ n: string }>(sql`
    select coalesce(sum(case when debit then -posted else posted end), 0)::text as n from ledger.entry
    where account_id = ${accountId} and at < ${until}::timestamptz`);
  return Number(rows[0]?.n);
}

describe('as CSV', () => {
  it('leads to the cent from the one balance of the book to the other', async () => {
    const reply = await file(contract.statementCsv, sam);
    expect(reply.headers['content-type']).toContain('text/csv');
    const rows = csvRows(reply.body);
    const [head, opening, ...rest] = rows;
    const closing = rest.at(-1);
    const lines = rest.slice(0, -1);
    expect(head).toEqual([
      'Datum',
      'Omschrijving',
      'Naam',
      'Af of bij',
      'Bedrag',
      'Met budget',
      'Saldo',
      'Kenmerk',
    ]);
    expect(minor(opening?.[6] ?? '')).toBe(await book('2026-12-31T23:00:00Z'));
    expect(minor(closing?.[6] ?? '')).toBe(await book('2027-01-31T23:00:00Z'));
    expect(lines).toHaveLength(62);
    let balance = minor(opening?.[6] ?? '');
    for (const [, , , direction, amount, , after] of lines) {
      balance += direction === 'Af' ? -minor(amount ?? '') : minor(amount ?? '');
      expect(minor(after ?? '')).toBe(balance);
    }
    expect(lines[0]?.[0]).toBe('01-01-2027');
    expect(lines.at(-1)?.[0]).toBe('31-01-2027');
  });

  it('is read by a Dutch spreadsheet, and runs nothing there', async () => {
    const { body } = await file(contract.statementCsv, sam);
    expect(body.startsWith('\uFEFFDatum;')).toBe(true);
    const cells = csvRows(body).slice(1).flat();
    expect(cells).toContain(`'${trick.name}`);
    for (const cell of cells) expect(cell).toMatch(/^(?![=+@\t])(?!-(?!\d+,\d\d$))/);
    expect(cells.filter((cell) => /^\d+,\d\d$/.test(cell)).length).toBeGreaterThan(120);
  });

  it('speaks English to who asked for it', async () => {
    const { body } = await file(contract.statementCsv, sam, { ...PERIOD, lang: 'en' });
    expect(body).toContain('Date;Description;Name');
  });
});

describe('as PDF', () => {
  const open = async (who: Guest, query?: Record<string, string>) => {
    const reply = await file(contract.statementPdf, who, query);
    expect(reply.headers['content-type']).toBe('application/pdf');
    return getDocumentProxy(new Uint8Array(reply.rawPayload));
  };

  it('has text that can be taken out, the same lines and the same balances', async () => {
    const pdf = await open(sam);
    const { text, totalPages } = await extractText(pdf, { mergePages: true });
    expect(totalPages).toBeGreaterThan(1);
    const said = (label: string) =>
      minor(new RegExp(`${label}\\s+(−?[\\d.]+,\\d\\d)`).exec(text)?.[1] ?? 'none');
    expect(said('Beginsaldo')).toBe(await book('2026-12-31T23:00:00Z'));
    expect(said('Eindsaldo')).toBe(await book('2027-01-31T23:00:00Z'));
    expect(said('Bij') + said('Af')).toBe(said('Eindsaldo') - said('Beginsaldo'));
    expect(text.match(/\d\d-\d\d-2027\s+Betaling/g)).toHaveLength(62);
    expect(text).toContain(trick.name);
  });

  it('is tagged in Dutch, with a heading and a table that has heads', async () => {
    const pdf = await open(sam);
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Title: 'Afschrift van Sam de Wit', Language: 'nl-NL' });
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const tree = JSON.stringify(await (await pdf.getPage(1)).getStructTree());
    for (const role of ['Document', 'H1', 'P', 'Table', 'TR', 'TH', 'TD'])
      expect(tree).toContain(`"role":"${role}"`);
  });

  it('of a period without lines says so', async () => {
    const { text } = await extractText(
      await open(trick, { from: '2026-11-01', until: '2026-11-30' }),
      {
        mergePages: true,
      },
    );
    expect(text).toContain('In deze periode is er niets geboekt.');
  });
});

it('holds no words of payer and payee, no programme and no theme', async () => {
  for (const who of [sam, trick]) {
    const query = { from: '2026-01-01', until: '2027-02-03' };
    const csv = (await file(contract.statementCsv, who, query)).body;
    const pdf = await getDocumentProxy(
      new Uint8Array((await file(contract.statementPdf, who, query)).rawPayload),
    );
    const { text } = await extractText(pdf, { mergePages: true });
    const json = JSON.stringify(ok(await house.call(contract.readStatementPeriod, who, { query })));
    for (const canary of CANARIES)
      for (const [name, output] of Object.entries({ csv, text, json }))
        expect([name, canary, output.includes(canary)]).toEqual([name, canary, false]);
    expect(csv).toContain('Betaling');
  }
});

it('is of days that have come, in order, and of a wallet that is the reader’s', async () => {
  const ask = (query: { from: string; until: string; organisation?: string }) =>
    house.call(contract.readStatementPeriod, sam, { query });
  const codes = async (query: { from: string; until: string }) => {
    const outcome = await ask(query);
    return outcome.ok
      ? []
      : outcome.problem.errors.map(({ pointer, code }) => `${pointer} ${code}`);
  };
  expect(await codes({ from: '2027-01-01', until: '2027-02-04' })).toEqual(['until in-the-future']);
  expect(await codes({ from: '2027-02-01', until: '2027-01-04' })).toEqual(['from after-end']);
  const shop = await till.organisation('De Bakker', [[trick, null]]);
  expect(refusal(await ask({ ...PERIOD, organisation: shop }))).toBe('403 wallet.not-operator');
});
