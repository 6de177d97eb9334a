import { HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';

/** Codes that one address can be sent within an hour without using any. */
const PER_HOUR = 5;
/** How long after the n-th unused code of the hour the next one may be asked. */
const GAPS_MS = [0, 20_000, MINUTE_MS, 3 * MINUTE_MS, 8 * MINUTE_MS] as const;
/** From so many unused codes in a day on there is half an hour between two. */
const MANY_A_DAY = 10;
const GAP_WHEN_MANY_MS = 30 * MINUTE_MS;

/**
 * How long this address has to wait, in milliseconds; 0 when a code may be sent now. The wait grows
 * and ends by itself: nobody can lock another out for good. A code that was used does not count.
 * @param unused moments within the past day, oldest first
 */
export function waitBeforeNextCode(unused: readonly Date[], now: Date): number {
  const latest = unused.at(-1);
  if (!latest) return 0;
  const inHour = unused.filter((at) => now.getTime() - at.getTime() < HOUR_MS);
  const gap = Math.max(
    GAPS_MS[Math.min(inHour.length, PER_HOUR - 1)] ?? 0,
    unused.length >= MANY_A_DAY ? GAP_WHEN_MANY_MS : 0,
  );
  const afterGap = latest.getTime() + gap;
  const oldestThatCounts = inHour.length >= PER_HOUR ? inHour.at(-PER_HOUR) : undefined;
  const afterHour = oldestThatCounts ? oldestThatCounts.getTime() + HOUR_MS : 0;
  return Math.max(0, Math.max(afterGap, afterHour) - now.getTime());
}
