import type { Scale } from '#lib/score.ts';

const ticksTo = (top: number, step: number, label: (value: number) => string) =>
  Array.from({ length: Math.round(top / step) + 1 }, (_, i) => ({
    at: (i * step) / top,
    label: label(i * step),
  }));

/** Steps of 1, 2 or 5 times a power of ten, at most four of them: figures that people count in. */
export function scaleOfCounts(values: readonly number[]): Scale {
  const most = Math.max(1, ...values);
  const steps = [1, 2, 5].flatMap((n) => [0, 1, 2, 3, 4, 5].map((power) => n * 10 ** power));
  const step = steps.toSorted((a, b) => a - b).find((one) => Math.ceil(most / one) <= 4) ?? most;
  const top = Math.ceil(most / step) * step;
  return { top, ticks: ticksTo(top, step, String) };
}

/** Steps of hours by which a day is counted. */
export function scaleOfHours(values: readonly number[], unit: string): Scale {
  const most = Math.max(1, ...values);
  const step =
    [1, 2, 3, 6, 12, 24, 48].find((one) => Math.ceil(most / one) <= 4) ?? Math.ceil(most / 4);
  const top = Math.ceil(most / step) * step;
  return { top, ticks: ticksTo(top, step, (hours) => `${hours} ${unit}`) };
}
