import * as contracts from '@wijk/contracts';
import { type Guest, type House, ok } from '../support/house.ts';

/** Two who wrote to each other about an order, and a report of it. */
export async function furnishMessages(
  house: House,
  master: Guest,
  writer: Guest,
  order: string,
  canary: string,
): Promise<{ conversation: string; report: string }> {
  const body = { order, body: `Hallo ${canary}` };
  const { ref: conversation } = ok(await house.call(contracts.writeMessage, writer, { body }));
  const params = { conversation };
  const report = { params, body: { reason: 'other' as const, note: canary } };
  ok(await house.call(contracts.reportConversation, writer, report));
  const { items } = ok(await house.call(contracts.listReports, master, {}));
  return { conversation, report: items[0]?.id ?? '' };
}
