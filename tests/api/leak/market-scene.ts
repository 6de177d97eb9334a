import * as contract from '@wijk/contracts';
import type { House } from '../../support/house.ts';
import { openMarket } from '../../support/market.ts';
import type { Stage } from './stage.ts';

/** The neighbour was helped by an expert, complains of it and was answered; and confirms hours. */
export async function complaining(house: House, { as, people }: Stage): Promise<string> {
  const { neighbour, expert } = people;
  const market = await openMarket(house);
  const order = await market.agreed(neighbour, expert, { mode: 'free' });
  const lodged: { ref: string } = await as('neighbour', contract.lodgeComplaint, {
    body: { target: { order }, subject: 'conduct', body: 'zqklacht', wish: 'zqwens' },
  });
  const params = { complaint: lodged.ref };
  await as('expert', contract.stepComplaint, {
    params,
    body: { step: 'answer', version: 1, note: 'zqverweer', verdict: 'not-upheld' },
  });
  await as('neighbour', contract.stepComplaint, {
    params,
    body: { step: 'unsatisfied', version: 2, note: 'zqontevreden' },
  });
  const day = house.clock.now().toISOString().slice(0, 10);
  await as('expert', contract.logHours, {
    body: { member: neighbour.membershipId, day, minutes: 60, what: 'zqurenwerk' },
  });
  return lodged.ref;
}
