import * as contracts from '@wijk/contracts';
import { type Guest, type House, ok } from '../support/house.ts';
import { openTill } from '../support/wallet.ts';

/**
 * Something of every kind that the control room has, with a word in each text. `settle` is for after the
 * day is over.
 */
export async function furnishTreasury(house: House, here: Guest, neighbour: Guest, word: string) {
  const till = openTill(house);
  const { id: programme } = ok(
    await house.call(contracts.createProgramme, here, {
      body: {
        name: `Programma ${word}`,
        about: word,
        source: 'issuance',
        kinds: [],
        themes: [],
        perParticipant: 500,
        startsOn: '2026-01-01',
        endsOn: '2027-12-31',
      },
    }),
  );
  const params = { programme };
  const body = { amount: 900, reason: `Vullen ${word}` };
  ok(await house.call(contracts.fundProgramme, here, { params, body }));
  const organisationId = await till.organisation(`Winkel ${word}`, []);
  const shop = { kind: 'organisation', organisationId } as const;
  const { accountId: account } = await till.holder(shop);
  ok(
    await house.call(contracts.addSupplier, here, {
      params: { programme, account },
      body: { kind: 'course', theme: 'zorg-regelen' },
    }),
  );
  const members = [neighbour.membershipId];
  ok(await house.call(contracts.grantBudgets, here, { params, body: { members } }));
  const { payment } = await till.pay(neighbour, shop, 300);
  const { id: proposal } = ok(
    await house.call(contracts.propose, here, {
      body: { kind: 'issuance', amount: 10_000_000, reason: `Uitgifte ${word}` },
    }),
  );
  return {
    params: { programme, account, proposal, payment: payment.id },
    settle: async (lastDay: string) =>
      ok(await house.call(contracts.settleSupplier, here, { params, body: { account, lastDay } }))
        .id,
  };
}
