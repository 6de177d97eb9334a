const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';

/** Chance that comes out the same each time: the demonstration and its tests count on it. */
export interface Chance {
  /** from 0 up to 1 */
  fraction(): number;
  between(low: number, high: number): number;
  /** true in so many of a hundred cases */
  percent(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
  /** normally distributed around 0 with a deviation of 1 */
  normal(): number;
  /** shaped as a UUIDv4 */
  uuid(): string;
  /** shaped as a UUIDv7 of that moment */
  uuidAt(at: Date): string;
  /** eight characters of Crockford's base 32 */
  ref(): string;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  /** mulberry32 */
  const bits = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const fraction = () => bits() / 2 ** 32;
  const between = (low: number, high: number) => low + fraction() * (high - low);
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => (bits() >>> 28).toString(16)).join('');
  const tail = () => `${hex(3)}-${'89ab'[bits() >>> 30]}${hex(3)}-${hex(12)}`;

  const pick = <T>(from: readonly T[]): T => {
    const item = from[Math.floor(fraction() * from.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  };

  return {
    fraction,
    between,
    pick,
    percent: (share) => fraction() * 100 < share,
    shuffle: <T>(items: readonly T[]) =>
      items
        .map((item) => ({ item, order: fraction() }))
        .sort((a, b) => a.order - b.order)
        .map(({ item }) => item),
    normal: () => Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction()),
    uuid: () => `${hex(8)}-${hex(4)}-4${tail()}`,
    uuidAt: (at) => {
      const ms = at.getTime().toString(16).padStart(12, '0');
      return `${ms.slice(0, 8)}-${ms.slice(8)}-7${tail()}`;
    },
    ref: () => Array.from({ length: 8 }, () => CROCKFORD[bits() >>> 27]).join(''),
  };
}
