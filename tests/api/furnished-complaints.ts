import * as contracts from '@wijk/contracts';
import { type Guest, type House, ok } from '../support/house.ts';
import type { Market } from '../support/market.ts';

/** A complaint that was answered, hours that wait, and a pledge that was proposed. */
export async function furnishComplaints(
  house: House,
  market: Market,
  { master, neighbour, expert }: { master: Guest; neighbour: Guest; expert: Guest },
  canary: string,
): Promise<{ complaint: string; hours: string; pledge: string }> {
  const order = await market.agreed(neighbour, expert, { mode: 'free' });
  const { ref: complaint } = ok(
    await house.call(contracts.lodgeComplaint, neighbour, {
      body: {
        ...{ target: { order }, subject: 'conduct', body: `Het ging zo ${canary}` },
        wish: `Excuses ${canary}`,
      },
    }),
  );
  ok(
    await house.call(contracts.stepComplaint, expert, {
      params: { complaint },
      body: { step: 'answer', version: 1, note: `Antwoord ${canary}`, verdict: 'partly' },
    }),
  );
  const today = house.clock.now().toISOString().slice(0, 10);
  const { id: hours } = ok(
    await house.call(contracts.logHours, expert, {
      body: { member: neighbour.membershipId, day: today, minutes: 60, what: `Deed ${canary}` },
    }),
  );
  const { id: pledge } = ok(
    await house.call(contracts.proposePledge, master, {
      body: {
        ...{ member: expert.membershipId, organisation: null, minutesPerMonth: 600, from: today },
        purpose: `Voor ${canary}`,
      },
    }),
  );
  return { complaint, hours, pledge };
}
