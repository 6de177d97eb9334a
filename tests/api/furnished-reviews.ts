import * as contracts from '@wijk/contracts';
import { type Guest, type House, ok } from '../support/house.ts';
import type { Market } from '../support/market.ts';

/** Both sides said how an order went, one was answered and pointed at. */
export async function furnishReviews(
  house: House,
  market: Market,
  { neighbour, expert }: { neighbour: Guest; expert: Guest },
  canary: string,
): Promise<string> {
  const order = await market.agreed(neighbour, expert, { mode: 'free' });
  ok(await market.press(neighbour, order, { step: 'confirm' }));
  const params = { order };
  const body = { stars: 2, body: `Zo ging het ${canary}` };
  ok(await house.call(contracts.writeReview, neighbour, { params, body }));
  ok(await house.call(contracts.writeReview, expert, { params, body }));
  const { other } = ok(await house.call(contracts.readOrderReviews, expert, { params }));
  const review = other?.id ?? '';
  const reply = { params: { review }, body: { body: `Antwoord ${canary}` } };
  ok(await house.call(contracts.replyToReview, expert, reply));
  const flag = { params: { review }, body: { reason: 'untrue' as const, note: canary } };
  ok(await house.call(contracts.flagReview, expert, flag));
  return review;
}
