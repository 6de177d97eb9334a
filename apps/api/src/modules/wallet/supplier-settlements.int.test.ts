import * as contract from '@wijk/contracts';
import { DAY_MS } from '@wijk/domain/kernel';
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

/** What an organisation earned of programmes, for who acts for it and for nobody else. */

let house: House;
let till: Till;
let treasurer: Guest;
let keeper: Guest;
let anna: Guest;
let shop: string;
let account: string;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z' });
  till = openTill(house);
  await till.adopt({ contributionPermille: 100 });
  treasurer = await house.guest('Pien Ningmeester', ['treasurer']);
  keeper = await house.guest('Winkelier');
  anna = await house.guest('Anna de Vries');
  shop = await till.organisation('Beweegstudio', [[keeper, null]]);
  account = (await till.holder(shopOf())).accountId;
});
afterEach(() => house?.close());

const shopOf = () => ({ kind: 'organisation', organisationId: shop }) as const;
const programme = (name: string) =>
  till.programme({ suppliers: [shopOf()], participants: [[anna, 5000]], name });
const look = (who: Guest, organisation = shop) =>
  house.call(contract.readSupplierSettlements, who, { params: { organisation } });
const csv = async (who: Guest, lang: 'nl' | 'en' = 'nl') => {
  // a call that the house knows gives the session its cookie
  await house.call(contract.readWallet, who, {});
  return house.app.fastify.inject({
    method: 'GET',
    url: `/api/v1/wijken/${house.wijk.slug}/organisations/${shop}/settlements/csv?lang=${lang}`,
    headers: { host: new URL(ORIGIN).host, cookie: who.cookie },
  });
};
const settle = (id: string, lastDay: string) =>
  house.call(contract.settleSupplier, treasurer, {
    params: { programme: id },
    body: { account, lastDay },
  });

describe('the settlements of a supplier', () => {
  it('are counted per programme and period, with what is still open, and never who paid', async () => {
    const { id } = await programme('Samen fit; deel 1');
    await till.pay(anna, shopOf(), 1000);
    await till.pay(anna, shopOf(), 500);
    house.clock.advance(DAY_MS);
    ok(await settle(id, '2026-12-01'));
    await till.pay(anna, shopOf(), 300);
    const all = ok(await look(keeper));
    expect(all).toMatchObject({ name: 'Beweegstudio' });
    expect(all.programmes).toHaveLength(1);
    expect(all.programmes[0]).toMatchObject({
      name: 'Samen fit; deel 1',
      phase: 'running',
      takesPart: true,
      unsettled: { payments: 1, amount: 300, retired: 270, firstAt: '2026-12-02T10:00:00.000Z' },
      settlements: [
        {
          firstDay: '2026-12-01',
          lastDay: '2026-12-01',
          ...{ payments: 2, amount: 1500, retired: 1350, madeAt: '2026-12-02T10:00:00.000Z' },
        },
      ],
    });
    expect(JSON.stringify(all)).not.toMatch(/Anna|Vries|Ningmeester/);

    const file = await csv(keeper);
    expect(file.headers['content-type']).toMatch(/^text\/csv/);
    expect(file.body.split('\r\n')).toEqual([
      '\uFEFFProgramma;Van;Tot en met;Betalingen;Bedrag;Uit omloop;Afgerekend op',
      '"Samen fit; deel 1";02-12-2026;;1;3,00;2,70;nog niet afgerekend',
      '"Samen fit; deel 1";01-12-2026;01-12-2026;2;15,00;13,50;02-12-2026',
      '',
    ]);
    expect((await csv(keeper, 'en')).body).toContain('not settled yet');
  });

  it('stay when it takes part no more, and have a list of their own for each programme', async () => {
    const { id: ended } = await programme('Oud');
    await programme('Nieuw');
    await till.pay(anna, shopOf(), 700);
    const params = { programme: ended, account };
    ok(await house.call(contract.endSupplier, treasurer, { params }));
    const { programmes } = ok(await look(keeper));
    const byName = new Map(programmes.map((one) => [one.name, one]));
    expect([byName.get('Oud')?.takesPart, byName.get('Nieuw')?.takesPart]).toEqual([false, true]);
    const due = programmes.map(({ unsettled }) => unsettled?.amount ?? 0);
    expect(due.reduce((sum, amount) => sum + amount, 0)).toBe(700);
  });

  it('are empty for who takes part in nothing, also before the wallet is opened', async () => {
    const club = await till.organisation('Leesclub', [[keeper, 100]]);
    expect(ok(await look(keeper, club))).toMatchObject({ name: 'Leesclub', programmes: [] });
  });

  it('are not there for people of another organisation, of the wijk, or who acts no more', async () => {
    const other = await house.guest('Bakker Bol');
    await till.organisation('Bakkerij', [[other, null]]);
    const notThere = '404 wallet.organisation-not-found';
    for (const who of [other, anna, treasurer]) {
      expect(refusal(await look(who))).toBe(notThere);
      expect((await csv(who)).statusCode).toBe(404);
    }
    const params = { organisation: shop, member: keeper.membershipId };
    expect(ok(await look(keeper)).name).toBe('Beweegstudio');
    const admin = await house.guest('Bea Heer', ['admin']);
    ok(await house.call(contract.removeOperator, admin, { params }));
    expect(refusal(await look(keeper))).toBe(notThere);
  });
});
