import { insertHours, readOrder, readOrderEvent } from '@wijk/db/market';
import { localDateOf } from '@wijk/domain/wijk';
import type { Subscriber } from '../../../services.ts';

/** What was worked is certain once the receiver said so, or let the days go by in which they could have said else. */
const CONFIRMED: readonly string[] = ['confirm', 'confirm-late'];

/**
 * An order that was confirmed counts its hours, once: as they were worked, or as they were agreed. A fixed price
 * without a length counts none; its helper can write them down. They are of the day on which it was to be, by the
 * clock of the wijk, or on which it was confirmed.
 */
export const countHoursOfOrder: Subscriber = async (tx, event, services) => {
  const { wijkId, payload } = event;
  const { orderId = '', nr = '' } = payload;
  const step = await readOrderEvent(tx, wijkId, orderId, Number(nr));
  const order = step && (await readOrder(tx, wijkId, { id: orderId }));
  if (!order || !CONFIRMED.includes(step.step)) return;
  const minutes = order.workedMinutes ?? order.minutes ?? 0;
  const wijk = await services.wijken.byId(wijkId);
  if (!wijk || minutes <= 0) return;
  const when = order.startsAt && order.startsAt < step.at ? order.startsAt : step.at;
  await insertHours(tx, {
    ...{ wijkId, id: orderId, memberId: order.helperId, receiverId: order.receiverId, orderId },
    ...{ organisationId: order.helperOrganisation, day: localDateOf(when, wijk.timeZone) },
    ...{ minutes, paid: order.paid > 0, state: 'confirmed', madeAt: step.at, decidedAt: step.at },
  });
};
