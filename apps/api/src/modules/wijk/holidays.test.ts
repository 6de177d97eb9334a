import { addTerm, type Calendar, DEFAULT_CALENDAR, HOLIDAYS } from '@wijk/domain/wijk';
import { describe, expect, it } from 'vitest';
import { calendarWithHolidays, holidayKeys, listHolidays } from './holidays.ts';

const now = new Date('2026-11-22T10:00:00Z');

describe('Dutch public holidays', () => {
  it('are listed by date, with their Dutch names and how a wijk starts', async () => {
    expect((await listHolidays(2027)).map((h) => [h.date, h.name, h.closed])).toEqual([
      ['2027-01-01', 'Nieuwjaarsdag', true],
      ['2027-03-26', 'Goede Vrijdag', false],
      ['2027-03-28', 'Eerste paasdag', true],
      ['2027-03-29', 'Tweede paasdag', true],
      ['2027-04-27', 'Koningsdag', true],
      ['2027-05-05', 'Bevrijdingsdag', false],
      ['2027-05-06', 'Hemelvaartsdag', true],
      ['2027-05-16', 'Eerste pinksterdag', true],
      ['2027-05-17', 'Tweede pinksterdag', true],
      ['2027-12-25', 'Eerste kerstdag', true],
      ['2027-12-26', 'Tweede kerstdag', true],
      ['2027-12-31', 'Oudejaarsdag', false],
    ]);
  });

  it('move King’s Day to Saturday when it falls on a Sunday', async () => {
    const kings = async (year: number) =>
      (await listHolidays(year)).find((h) => h.key === 'kings-day')?.date;
    expect([await kings(2025), await kings(2026), await kings(2031)]).toEqual([
      '2025-04-26',
      '2026-04-27',
      '2031-04-26',
    ]);
  });

  it('are all found in every year, each once: no rule of the library has another name', async () => {
    for (let year = 2024; year <= 2045; year += 1) {
      const keys = (await listHolidays(year)).map((h) => h.key);
      expect([...keys].sort(), `in ${year}`).toEqual([...holidayKeys].sort());
    }
    expect(HOLIDAYS).toHaveLength(holidayKeys.length);
  });

  it('follow the switches of the wijk', async () => {
    const list = await listHolidays(2027, { 'good-friday': true, 'christmas-day': false });
    const closed = list.filter((h) => h.closed).map((h) => h.key);
    expect(closed).toContain('good-friday');
    expect(closed).not.toContain('christmas-day');
    expect(closed).toContain('second-christmas-day');
  });
});

describe('the calendar with holidays', () => {
  const hours: Calendar = DEFAULT_CALENDAR;
  /** eight opening hours from Thursday 24 December 2026, nine in the morning */
  const overChristmas = async (calendar: Calendar, switches = {}) =>
    addTerm(
      new Date('2026-12-24T12:00:00Z'),
      480,
      'opening-hours',
      await calendarWithHolidays(calendar, switches, now),
    ).toISOString();

  it('passes over Christmas, and over no day that is switched off', async () => {
    expect(await overChristmas(hours)).toBe('2026-12-28T12:00:00.000Z');
    const open = { 'christmas-day': false, 'second-christmas-day': false };
    expect(await overChristmas(hours, open)).toBe('2026-12-25T12:00:00.000Z');
  });

  it('lets an exception of the wijk win over the holiday', async () => {
    const exceptions = [
      { date: '2026-12-25', label: 'Kerstontbijt', periods: [{ opens: '09:00', closes: '13:00' }] },
    ];
    const calendar = await calendarWithHolidays({ ...hours, exceptions }, {}, now);
    expect(calendar.exceptions.filter((e) => e.date === '2026-12-25')).toEqual(exceptions);
    // four hours left on Thursday, four on Christmas morning
    expect(await overChristmas({ ...hours, exceptions })).toBe('2026-12-25T12:00:00.000Z');
  });

  it('closes a day that two holidays share when either does', async () => {
    // Ascension Day is on Liberation Day in 2016, and in no year near
    const in2016 = new Date('2016-01-01T00:00:00Z');
    const on = async (switches: Record<string, boolean>) =>
      (await calendarWithHolidays(hours, switches, in2016)).exceptions
        .filter((e) => e.date === '2016-05-05')
        .map((e) => e.label);
    expect(await on({})).toEqual(['Hemelvaartsdag']);
    expect(await on({ 'ascension-day': false })).toEqual([]);
    expect(await on({ 'ascension-day': false, 'liberation-day': true })).toEqual([
      'Bevrijdingsdag',
    ]);
    expect(await on({ 'liberation-day': true })).toHaveLength(1);
  });

  it('knows last year and the years ahead', async () => {
    const years = new Set(
      (await calendarWithHolidays(hours, {}, now)).exceptions.map((e) => e.date.slice(0, 4)),
    );
    expect([...years].sort()).toEqual([
      '2025',
      '2026',
      '2027',
      '2028',
      '2029',
      '2030',
      '2031',
      '2032',
    ]);
  });
});
