import { randomUUID } from 'node:crypto';
import type { ReplyOf } from '@wijk/contracts';
import * as contract from '@wijk/contracts';
import { DAY_MS } from '@wijk/domain/kernel';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Guest,
  type House,
  ok,
  openHouse,
  refusal,
} from '../../../../../tests/support/house.ts';
import { openTill, refused, type Till } from '../../../../../tests/support/wallet.ts';
import { treasuryJobs } from './treasury-jobs.ts';

let house: House;
let till: Till;
let treasurer: Guest;
let admin: Guest;
let anna: Guest;
let bram: Guest;

beforeEach(async () => {
  house = await openHouse({ now: '2026-12-01T10:00:00Z', jobs: treasuryJobs });
  till = openTill(house);
  treasurer = await house.guest('Pien Ningmeester', ['treasurer']);
  admin = await house.guest('Bea Heerder', ['admin']);
  anna = await house.guest('Anna');
  bram = await house.guest('Bram');
  await till.adopt({ fourEyesFrom: 5000, memberDaily: null });
});
afterEach(() => house?.close());

type Asked = Parameters<typeof house.call<typeof contract.propose>>[2]['body'];
const propose = (body: NonNullable<Asked>, who = treasurer) =>
  house.call(contract.propose, who, { body });
const agree = (proposal: string, who: Guest) =>
  house.call(contract.agreeToProposal, who, { params: { proposal } });
const reason = 'dat moest even';
const fund = { kind: 'fund' } as const;
/** @returns the id of a payment of Anna to Bram */
async function paid(amount: number): Promise<string> {
  await till.issue(anna, amount);
  const { payment } = await till.pay(anna, bram, amount);
  return payment.id;
}
const open = async (who = admin) => ok(await house.call(contract.listProposals, who, {})).open;

describe('an issuance', () => {
  it('below the amount of four eyes is done at once', async () => {
    const { done } = ok(await propose({ kind: 'issuance', amount: 4999, reason }));
    expect([done, await till.balance(fund), await open()]).toEqual([true, 4999, []]);
  });

  it('from there on waits for somebody else, and is then done once', async () => {
    const { id, done } = ok(await propose({ kind: 'issuance', amount: 5000, reason }));
    expect([done, await till.balance(fund)]).toEqual([false, 0]);
    expect(refusal(await agree(id, treasurer))).toBe('403 wallet.second-person');
    expect(await open(treasurer)).toMatchObject([{ id, mayAgree: false, mayWithdraw: true }]);
    expect(await open()).toMatchObject([{ id, mayAgree: true, mayWithdraw: false, reason }]);
    const other = await house.guest('Tweede Penningmeester', ['treasurer']);
    const both = await Promise.all([agree(id, admin), agree(id, other)]);
    expect(both.map((one) => (one.ok ? 'done' : one.problem.code)).sort()).toEqual([
      'done',
      'wallet.proposal-decided',
    ]);
    expect(await till.balance(fund)).toBe(5000);
  });

  it('is not possible past the check of the database, whatever the code says', async () => {
    const { id } = ok(await propose({ kind: 'issuance', amount: 5000, reason }));
    await expect(
      house.services.db.execute(sql`update wallet.proposal set decision = 'done', decided_at = now(),
        decided_by = proposed_by where id = ${id}`),
    ).rejects.toMatchObject({ cause: { constraint: 'proposal_eyes' } });
  });

  it('is pressed twice and made once', async () => {
    const key = randomUUID();
    const body = { kind: 'issuance', amount: 100, reason } as const;
    const press = () => house.call(contract.propose, treasurer, { body, key });
    const both = await Promise.all([press(), press()]);
    expect(new Set(both.map((one) => ok(one).id)).size).toBe(1);
    expect(await till.balance(fund)).toBe(100);
  });

  it('is taken out of the fund again, as far as there is', async () => {
    ok(await propose({ kind: 'issuance', amount: 1000, reason }));
    const outcome = await propose({ kind: 'retirement', amount: 1200, reason });
    expect(refusal(outcome)).toBe('409 wallet.fund-short');
    if (!outcome.ok) expect(outcome.problem.params).toMatchObject({ lacks: 200 });
    ok(await propose({ kind: 'retirement', amount: 1000, reason }));
    expect([await till.balance(fund), await till.balance({ kind: 'issuance' })]).toEqual([0, 0]);
    // of what was refused nothing is left
    expect(ok(await house.call(contract.listProposals, admin, {})).decided).toHaveLength(2);
  });
});

describe('a reversal', () => {
  it('is found by the reference that payer and payee see, without their words', async () => {
    await till.issue(anna, 500);
    const { payment } = await till.pay(anna, bram, 500, { memo: 'voor de zalf' });
    const find = async (ref: string) =>
      ok(await house.call(contract.findPayments, treasurer, { query: { ref } })).items;
    const ref = payment.id.slice(0, 8).toUpperCase();
    expect(await find(`${ref.slice(0, 4)} ${ref.slice(4)}`)).toEqual([
      {
        id: payment.id,
        payer: 'Anna',
        payee: 'Bram',
        amount: 500,
        earmarked: 0,
        at: '2026-12-01T10:00:00.000Z',
        reversal: 'none',
      },
    ]);
    expect([await find('geen'), await find(payment.id)]).toMatchObject([[], [{}]]);
  });

  it('gives the credits back, of a large one with two people, once', async () => {
    const payment = await paid(6000);
    const { id, done } = ok(await propose({ kind: 'reversal', payment, reason }));
    expect([done, await till.balance(anna)]).toEqual([false, 0]);
    expect(refusal(await propose({ kind: 'reversal', payment, reason }))).toBe(
      '409 wallet.already-proposed',
    );
    expect(refusal(await agree(id, treasurer))).toBe('403 wallet.second-person');
    ok(await agree(id, admin));
    expect([await till.balance(anna), await till.balance(bram)]).toEqual([6000, 0]);
    expect(refusal(await agree(id, admin))).toBe('409 wallet.proposal-decided');
  });

  it('is refused with what is lacking when the payee spent it, and can be tried again', async () => {
    const payment = await paid(1000);
    await till.pay(bram, await house.guest('Carl'), 300);
    const outcome = await propose({ kind: 'reversal', payment, reason });
    expect(refusal(outcome)).toBe('409 wallet.payee-spent');
    if (!outcome.ok) expect(outcome.problem.params).toMatchObject({ lacks: 300 });
    await till.issue(bram, 300);
    expect(ok(await propose({ kind: 'reversal', payment, reason })).done).toBe(true);
  });

  it('of a payment of the treasurer is decided by somebody else', async () => {
    await till.issue(treasurer, 100);
    const { payment } = await till.pay(treasurer, anna, 100);
    const { id, done } = ok(await propose({ kind: 'reversal', payment: payment.id, reason }));
    expect(done).toBe(false);
    const other = await house.guest('Tweede Penningmeester', ['treasurer']);
    ok(await agree(id, other));
    expect(await till.balance(treasurer)).toBe(100);
  });

  it('is not agreed to by a party to the payment', async () => {
    await till.issue(admin, 6000);
    const { payment } = await till.pay(admin, anna, 6000);
    const { id } = ok(await propose({ kind: 'reversal', payment: payment.id, reason }));
    expect(refusal(await agree(id, admin))).toBe('403 wallet.own-payment');
  });

  it('gives budgets back to the budgets, and on to the programme when they have ended', async () => {
    const shop = {
      kind: 'organisation',
      organisationId: await till.organisation('Winkel', []),
    } as const;
    const programme = await till.programme({
      suppliers: [shop],
      participants: [[anna, 800]],
      endsOn: '2026-12-05',
    });
    const lotNow = async () =>
      (await house.services.book.accounts(house.wijk.id, [programme.lots[0] ?? '']))[0]?.balance;
    const first = await till.pay(anna, shop, 300);
    ok(await propose({ kind: 'reversal', payment: first.payment.id, reason }));
    expect(await lotNow()).toBe(800);
    const second = await till.pay(anna, shop, 500);
    expect(second.payment.earmarked).toBe(500);
    house.clock.advance(10 * DAY_MS);
    await house.work();
    expect([await lotNow(), await till.balance({ kind: 'issuance' })]).toEqual([0, -500]);
    ok(await propose({ kind: 'reversal', payment: second.payment.id, reason }));
    // budget and programme are over: what is taken back is nobody's any more
    expect([
      await lotNow(),
      await till.balance(shop),
      await till.balance({ kind: 'issuance' }),
    ]).toEqual([0, 0, 0]);
    const details = await house.call(contract.readProgramme, treasurer, {
      params: { programme: programme.id },
    });
    expect(ok(details).unsettled).toEqual([]);
  });

  it('leaves alone what a settlement has counted, whichever comes first', async () => {
    const shop = {
      kind: 'organisation',
      organisationId: await till.organisation('Winkel', []),
    } as const;
    const { accountId: account } = await till.holder(shop);
    const programme = await till.programme({ suppliers: [shop], participants: [[anna, 800]] });
    const { payment } = await till.pay(anna, shop, 800);
    house.clock.advance(DAY_MS);
    const settling = () =>
      house.call(contract.settleSupplier, treasurer, {
        params: { programme: programme.id },
        body: { account, lastDay: '2026-12-01' },
      });
    const [settled, reversed] = await Promise.all([
      settling(),
      propose({ kind: 'reversal', payment: payment.id, reason }),
    ]);
    const codes = [settled, reversed].map((one) => (one.ok ? 'done' : one.problem.code));
    expect([
      ['done', 'wallet.already-settled'],
      ['wallet.nothing-to-settle', 'done'],
    ]).toContainEqual(codes);
    expect(await till.balance(shop)).toBe(0);
  });
});

describe('a request for a refund', () => {
  const ask = (payment: string, who: Guest) =>
    house.call(contract.proposeRefund, who, { params: { payment }, body: { reason } });

  it('is made by who paid, and by nobody else', async () => {
    const payment = await paid(100);
    for (const who of [bram, treasurer])
      expect(refusal(await ask(payment, who))).toBe('404 wallet.payment-not-found');
    const { id } = ok(await ask(payment, anna));
    expect(refusal(await ask(payment, anna))).toBe('409 wallet.already-proposed');
    expect(await open(treasurer)).toMatchObject([{ id, kind: 'refund', mayAgree: true }]);
    expect(ok(await agree(id, treasurer))).toEqual({ done: true });
    expect(await till.balance(anna)).toBe(100);
  });

  it('of a large payment takes two officers', async () => {
    const payment = await paid(5000);
    const { id } = ok(await ask(payment, anna));
    expect(ok(await agree(id, treasurer))).toEqual({ done: false });
    expect(refusal(await agree(id, treasurer))).toBe('403 wallet.second-person');
    expect(await till.balance(anna)).toBe(0);
    expect(ok(await agree(id, admin))).toEqual({ done: true });
    expect(await till.balance(anna)).toBe(5000);
  });

  it('is never decided by who asked, with the role as well', async () => {
    await till.issue(treasurer, 100);
    const { payment } = await till.pay(treasurer, bram, 100);
    const { id } = ok(await ask(payment.id, treasurer));
    expect(refusal(await agree(id, treasurer))).toBe('403 wallet.second-person');
  });

  it('is refused with words, withdrawn by who asked alone, and then asked again', async () => {
    const payment = await paid(100);
    const first = ok(await ask(payment, anna)).id;
    ok(
      await house.call(contract.refuseProposal, treasurer, {
        params: { proposal: first },
        body: { note: 'eerst samen praten' },
      }),
    );
    const second = ok(await ask(payment, anna)).id;
    const withdraw = (who: Guest) =>
      house.call(contract.withdrawProposal, who, { params: { proposal: second } });
    expect(refusal(await withdraw(bram))).toBe('404 wallet.proposal-not-found');
    ok(await withdraw(anna));
    expect(refusal(await withdraw(anna))).toBe('409 wallet.proposal-decided');
    const { decided } = ok(await house.call(contract.listProposals, admin, {}));
    expect(decided.map(({ decision }) => decision).sort()).toEqual(['refused', 'withdrawn']);
    expect(await till.balance(anna)).toBe(0);
  });
});

describe('an account', () => {
  const freeze = async (who: Guest) =>
    house.call(contract.freezeAccount, treasurer, {
      params: { account: (await till.holder(who)).accountId },
      body: { reason },
    });

  it('that is frozen pays nothing, not out of a budget either, until it is thawed', async () => {
    const shop = {
      kind: 'organisation',
      organisationId: await till.organisation('Winkel', []),
    } as const;
    await till.programme({ suppliers: [shop], participants: [[anna, 800]] });
    await till.issue(anna, 300);
    ok(await freeze(anna));
    expect(refusal(await freeze(anna))).toBe('409 wallet.frozen-already');
    expect((await refused(till.pay(anna, bram, 100))).code).toBe('wallet.frozen');
    expect((await refused(till.pay(anna, shop, 100))).code).toBe('wallet.frozen');
    await till.issue(bram, 100);
    expect((await refused(till.pay(bram, anna, 100))).code).toBe('wallet.cannot-receive');
    const account = (await till.holder(anna)).accountId;
    const thaw = { params: { account }, body: { reason } };
    ok(await house.call(contract.thawAccount, treasurer, thaw));
    expect(refusal(await house.call(contract.thawAccount, treasurer, thaw))).toBe(
      '409 wallet.not-frozen',
    );
    expect((await till.pay(anna, shop, 100)).payment.earmarked).toBe(100);
    const { actions } = ok(
      await house.call(contract.readTreasuryAccount, treasurer, { params: { account } }),
    );
    expect(actions.map(({ kind, by, reason: why }) => [kind, by, why]).sort()).toEqual([
      ['frozen', 'Pien Ningmeester', reason],
      ['thawed', 'Pien Ningmeester', reason],
    ]);
  });

  it('has a limit of a day of its own until it is taken away', async () => {
    await till.adopt({ fourEyesFrom: 5000, memberDaily: 1000 });
    await till.issue(anna, 5000);
    const account = (await till.holder(anna)).accountId;
    const limit = (amount: number | null) =>
      house.call(contract.changeDailyLimit, treasurer, {
        params: { account },
        body: { amount, reason },
      });
    ok(await limit(2000));
    await till.pay(anna, bram, 1800);
    expect((await refused(till.pay(anna, bram, 300))).code).toBe('wallet.over-daily');
    const read = async () =>
      ok(await house.call(contract.readTreasuryAccount, treasurer, { params: { account } }));
    expect(await read()).toMatchObject({ dailyLimit: 2000, ownLimit: true, name: 'Anna' });
    ok(await limit(null));
    expect(await read()).toMatchObject({ dailyLimit: 1000, ownLimit: false });
  });

  it('is found by name, and no account is that of a programme or of the wijk', async () => {
    await till.holder(anna);
    await till.holder(fund);
    const list = async (search: string) =>
      ok(await house.call(contract.listTreasuryAccounts, treasurer, { query: { search } })).items;
    expect((await list('ann')).map(({ name }) => name)).toEqual(['Anna']);
    expect(await list('%')).toEqual([]);
    const { accountId } = await till.holder(fund);
    expect(
      refusal(
        await house.call(contract.freezeAccount, treasurer, {
          params: { account: accountId },
          body: { reason },
        }),
      ),
    ).toBe('404 wallet.account-not-found');
  });
});

describe('the log of the control room', () => {
  it('holds every action with who and why, page by page, and nobody changes it', async () => {
    for (let i = 1; i <= 5; i += 1) {
      ok(await propose({ kind: 'issuance', amount: i, reason: `reden ${i}` }));
      house.clock.advance(1000);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query: { limit: number; cursor?: string } = { limit: 2, ...(cursor ? { cursor } : {}) };
      const page: ReplyOf<typeof contract.listControlActions> = ok(
        await house.call(contract.listControlActions, treasurer, { query }),
      );
      seen.push(...page.items.map((one) => one.reason));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['reden 5', 'reden 4', 'reden 3', 'reden 2', 'reden 1']);
    await expect(
      house.owner.execute(sql`update wallet.control_action set reason = 'anders'`),
    ).rejects.toThrow();
  });
});
