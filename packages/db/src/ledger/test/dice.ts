/** Chance that comes out the same for the same seed (mulberry32). */
export interface Dice {
  chance(probability: number): boolean;
  /** a whole number, both ends included */
  between(least: number, most: number): number;
  of<T>(list: readonly T[]): T;
}

export function dice(seed: number): Dice {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    chance: (probability) => next() < probability,
    between,
    of: (list) => list[between(0, list.length - 1)] as never,
  };
}
