import { addNotice } from '@wijk/db/notifications';
import { queueMail } from '../../../jobs/mail-queue.ts';
import type { Subscriber } from '../../../services.ts';
import { payersToTell } from '../../wallet/index.ts';
import { member } from './tell.ts';

/** The payer is told; for an organisation, who manages it. The mail says neither whom nor how much. */
const onSchedule =
  (kind: 'schedule-refused' | 'schedule-given-up'): Subscriber =>
  async (tx, { wijkId, eventId, payload }, { clock }) => {
    const { scheduleId = '' } = payload;
    const now = clock.now();
    for (const id of await payersToTell(tx, wijkId, scheduleId)) {
      const reader = member(id);
      await addNotice(tx, { wijkId, eventId, questionId: null, kind, for: reader }, now);
      const params = { schedule: scheduleId };
      await queueMail(tx, { wijkId, for: reader, template: kind, params, cause: eventId }, now);
    }
  };

export const onScheduleRefused = onSchedule('schedule-refused');
export const onScheduleGivenUp = onSchedule('schedule-given-up');
