import { appendEvents, inTransaction, type Transaction } from '@wijk/db/kernel';
import {
  addScheduleRuns,
  type ScheduleRun,
  type StoredSchedule,
  saveSchedule,
  takeDueSchedule,
} from '@wijk/db/wallet';
import { DomainError, MINUTE_MS } from '@wijk/domain/kernel';
import {
  type DueDates,
  dueDates,
  nextTry,
  scheduleDate,
  scheduleMoment,
} from '@wijk/domain/wallet';
import type { Services } from '../../../services.ts';
import { namedId } from '../named-id.ts';
import { payInTransaction, type Wijk } from '../pay.ts';

/** A budget of the payer was spent while this was planned: everything is done anew. */
class OldPlan extends Error {}

/**
 * Takes one scheduled payment whose moment has come (W6). The payment, what came of the date and the next
 * moment are one transaction behind the lock on the schedule, and the transfer's id is that of the schedule
 * and the date: each date is paid once at most, with several workers, and after a crash at any point.
 * @returns whether there was one
 */
export async function runDueSchedule(services: Services): Promise<boolean> {
  let taken: StoredSchedule | undefined;
  try {
    return await inTransaction(services.db, async (tx) => {
      taken = await takeDueSchedule(tx, services.clock.now());
      if (!taken) return false;
      const wijk = await services.wijken.byId(taken.wijkId);
      if (!wijk) throw new Error('there is no such wijk');
      await settleDue(services, tx, wijk, taken);
      return true;
    });
  } catch (err) {
    if (!taken) throw err;
    if (err instanceof OldPlan) return true;
    // one that fails must not keep the others waiting; its date stays as it is
    services.log.error({ err, schedule: taken.id }, 'a scheduled payment failed');
    const dueAt = new Date(services.clock.now().getTime() + MINUTE_MS);
    await saveSchedule(services.db, taken.wijkId, taken.id, { dueAt });
    return true;
  }
}

async function settleDue(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  schedule: StoredSchedule,
): Promise<void> {
  const now = services.clock.now();
  const due = dueDates(schedule, schedule.done, wijk.timeZone, now);
  if (!due) {
    // the wijk took another time zone since its moment was noted
    await saveSchedule(tx, wijk.id, schedule.id, {
      dueAt: momentOf(schedule, wijk, schedule.done),
    });
    return;
  }
  const { missed, pay } = due;
  // what was refused yesterday was not missed
  const tried = missed.length > 0 ? 0 : schedule.tried;
  const ended = missed.map(({ number, date }): ScheduleRun => {
    const refusal = number === schedule.done && schedule.tried > 0 ? schedule.lastRefusal : null;
    return { ...endOf(refusal === null ? 'missed' : 'refused', date, now), refusal };
  });
  const { paymentId, refusal } = await tryToPay(services, tx, wijk, schedule, pay.date);
  const again = refusal === null ? null : nextTry(tried + 1, wijk.timeZone, now);
  if (paymentId !== null) ended.push({ ...endOf('paid', pay.date, now), paymentId });
  else if (again === null) ended.push({ ...endOf('refused', pay.date, now), refusal });
  await addScheduleRuns(tx, wijk.id, schedule.id, ended);
  const done = again === null ? pay.number + 1 : pay.number;
  await saveSchedule(tx, wijk.id, schedule.id, {
    done,
    tried: again?.tried ?? 0,
    dueAt: again?.at ?? momentOf(schedule, wijk, done),
    lastRefusal: refusal,
  });
  await tell(services, tx, wijk, schedule.id, {
    givenUp: ended.filter(({ outcome }) => outcome !== 'paid').map(({ onDate }) => onDate),
    refused: again !== null && tried === 0 ? pay.date : null,
  });
}

const endOf = (outcome: ScheduleRun['outcome'], onDate: DueDates['pay']['date'], at: Date) => ({
  ...{ onDate, outcome, at },
  paymentId: null,
  refusal: null,
});

function momentOf(schedule: StoredSchedule, wijk: Wijk, number: number): Date | null {
  const date = scheduleDate(schedule, number);
  return date === undefined ? null : scheduleMoment(date, wijk.timeZone);
}

async function tryToPay(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  { id, payer, payee, amount, memo }: StoredSchedule,
  date: string,
): Promise<{ paymentId: string | null; refusal: string | null }> {
  const paymentId = namedId('schedule', wijk.id, id, date);
  try {
    const paid = await payInTransaction(services, tx, wijk, {
      ...{ id: paymentId, payer, payee, amount, memo, way: 'scheduled', scheduleId: id },
      ...{ madeBy: null, onBehalfOf: null, requestId: null, returnsId: null },
    });
    if (!paid) throw new OldPlan();
    return { paymentId, refusal: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { paymentId: null, refusal: error.code };
  }
}

async function tell(
  services: Services,
  tx: Transaction,
  { id: wijkId }: Wijk,
  scheduleId: string,
  { givenUp, refused }: { givenUp: readonly string[]; refused: string | null },
): Promise<void> {
  const [first] = givenUp;
  const events = [
    ...(first ? [{ type: 'schedule.given-up.v1', date: first }] : []),
    ...(refused ? [{ type: 'schedule.refused.v1', date: refused }] : []),
  ];
  await appendEvents(
    tx,
    services.subscriptions,
    services.clock.now(),
    events.map(({ type, date }) => ({ wijkId, type, payload: { scheduleId, date } })),
  );
}
