import { expect, test } from 'vitest';
import { instantOf, readHours, writeHours } from './hours.ts';

test('hours are read as people write them, and written back the same', () => {
  const read = readHours('9:00 - 12.00, 13:00 tot 17:30');
  expect(read).toEqual([
    { opens: '09:00', closes: '12:00' },
    { opens: '13:00', closes: '17:30' },
  ]);
  expect(readHours(writeHours(read))).toEqual(read);
  expect(readHours('  ')).toEqual([]);
  // what cannot be read is refused by the API, at its field
  expect(readHours('van 9 tot 5')).toEqual([{ opens: 'van 9 tot ', closes: '' }]);
});

test('a local moment is an instant, also around changes of summer time', () => {
  const at = (local: string) => instantOf(local, 'Europe/Amsterdam');
  expect(at('2026-12-01T09:00')).toBe('2026-12-01T08:00:00.000Z');
  expect(at('2026-07-01T09:00')).toBe('2026-07-01T07:00:00.000Z');
  // it comes twice: the first
  expect(at('2026-10-25T02:30')).toBe('2026-10-25T00:30:00.000Z');
  // it is skipped: the moment after
  expect(at('2026-03-29T02:30')).toBe('2026-03-29T01:30:00.000Z');
  expect(at('morgen')).toBe('morgen');
  expect(at('')).toBe('-');
});
