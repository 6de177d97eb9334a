import { createHash } from 'node:crypto';
import { inTransaction } from '@wijk/db/kernel';
import { postponeComplaint, type StoredComplaint, takeDueComplaint } from '@wijk/db/market';
import { DomainError, HOUR_MS, MINUTE_MS, uuidOfHex } from '@wijk/domain/kernel';
import { complaintStepOfClock } from '@wijk/domain/market';
import type { NamedJob } from '../../../jobs/worker.ts';
import type { Services } from '../../../services.ts';
import { applyComplaintStep } from './step.ts';

const CLOCK = new Set(['clock'] as const);

/** The press of the clock on a complaint as it stands: the same whichever worker makes it (UUID version 8). */
function pressOfClock({ wijkId, id, version }: StoredComplaint): string {
  const bytes = createHash('sha256').update(`complaint\n${wijkId}\n${id}\n${version}`).digest();
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return uuidOfHex(bytes.subarray(0, 16).toString('hex'));
}

/**
 * Takes one step that is due: a reminder, a term that is over, or the end of what waited for the complainant. Each is
 * one transaction behind the lock on the complaint, under a press that is named after it and its version: it happens
 * once, with several workers and after a crash at any point.
 * @returns whether there was one
 */
export async function runDueComplaint(services: Services): Promise<boolean> {
  let taken: StoredComplaint | undefined;
  try {
    return await inTransaction(services.db, async (tx) => {
      const now = services.clock.now();
      taken = await takeDueComplaint(tx, now);
      if (!taken) return false;
      const step = complaintStepOfClock(taken.state, taken.dueAt ?? now, now);
      await applyComplaintStep(services, tx, taken, {
        ...{ step, roles: CLOCK, by: null, pressId: pressOfClock(taken), note: '', verdict: null },
      });
      return true;
    });
  } catch (err) {
    if (!taken) throw err;
    // one that cannot be must not keep the others waiting
    const wait = err instanceof DomainError ? HOUR_MS : MINUTE_MS;
    services.log.error({ err, complaint: taken.id }, 'a step of a complaint failed');
    const clockAt = new Date(services.clock.now().getTime() + wait);
    await postponeComplaint(services.db, taken, clockAt);
    return true;
  }
}

export const complaintJobs: readonly NamedJob[] = [{ name: 'complaints', run: runDueComplaint }];
