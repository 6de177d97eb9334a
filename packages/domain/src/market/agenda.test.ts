import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../kernel/index.ts';
import {
  type Agenda,
  type AgendaException,
  type AgendaNow,
  agendaWindow,
  type Busy,
  freeSlots,
  momentFault,
  validateAgenda,
  validateException,
} from './index.ts';

const ZONE = 'Europe/Amsterdam';
/** The nights on which the clock goes forward and back. */
const SPRING = '2027-03-28';
const AUTUMN = '2026-10-25';

const two = (n: number) => String(n).padStart(2, '0');
const timeOf = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
const wall = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit' },
  }).format(at);

const times = (from: string, until: string) => ({ from, until });
const everyDay = (from: string, until: string) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from, until }));
const agenda = (more: Partial<Agenda> = {}): Agenda => ({
  ...{ periods: everyDay('09:00', '12:00'), slotMinutes: 60, noticeHours: 0, horizonDays: 7 },
  ...more,
});
const given = (more: Partial<AgendaNow> = {}): AgendaNow => ({
  ...{ exceptions: [], busy: [], places: null, timeZone: ZONE },
  now: new Date('2026-12-01T05:00:00Z'),
  ...more,
});
const startsOn = (date: string, a: Agenda, g: AgendaNow) =>
  (freeSlots(a, g).find((day) => day.date === date)?.slots ?? []).map(({ startsAt }) =>
    wall(startsAt).slice(11),
  );

const period = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
  .filter(([a, b]) => a < b)
  .map(([a, b]) => times(timeOf(a * 15), timeOf(b * 15)));
const weekly = fc.array(
  fc.record({ weekday: fc.integer({ min: 1, max: 7 }), times: period }).map((one) => ({
    weekday: one.weekday,
    ...one.times,
  })),
  { maxLength: 10 },
);
const anyAgenda: fc.Arbitrary<Agenda> = fc.record({
  periods: weekly,
  slotMinutes: fc.integer({ min: 1, max: 12 }).map((n) => n * 15),
  noticeHours: fc.integer({ min: 0, max: 48 }),
  horizonDays: fc.integer({ min: 1, max: 12 }),
});
const shift = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const aroundChange = fc.constantFrom(SPRING, AUTUMN);
const exceptionsAround = (date: string): fc.Arbitrary<AgendaException[]> =>
  fc.array(
    fc
      .record({
        kind: fc.constantFrom('closed' as const, 'open' as const),
        first: fc.integer({ min: -4, max: 4 }),
        more: fc.integer({ min: 0, max: 3 }),
        times: period,
      })
      .map(({ kind, first, more, times: at }) => ({
        ...{ kind, ...at, firstDay: shift(date, first), lastDay: shift(date, first + more) },
      })),
    { maxLength: 4 },
  );
const situation = aroundChange.chain((date) =>
  fc.record({
    a: anyAgenda,
    g: fc
      .record({
        exceptions: exceptionsAround(date),
        places: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
        busy: fc.array(
          fc
            .record({
              quarter: fc.integer({ min: -300, max: 300 }),
              length: fc.integer({ min: 1, max: 12 }),
              same: fc.boolean(),
              places: fc.integer({ min: 1, max: 2 }),
            })
            .map(({ quarter, length, same, places }): Busy => {
              const start = Date.parse(`${date}T00:00:00Z`) + quarter * 900_000;
              return {
                ...{ startsAt: new Date(start), endsAt: new Date(start + length * 900_000) },
                ...{ same, places },
              };
            }),
          { maxLength: 5 },
        ),
      })
      .map((some) => given({ ...some, now: new Date(`${shift(date, -3)}T03:00:00Z`) })),
  }),
);

describe('times that can be chosen, around both changes of the clock', () => {
  it('never overlap, never come twice on the wall, and are as long as was said', () => {
    fc.assert(
      fc.property(situation, ({ a, g }) => {
        const slots = freeSlots(a, g).flatMap((day) => day.slots);
        for (const [i, slot] of slots.entries()) {
          expect(slot.endsAt.getTime() - slot.startsAt.getTime()).toBe(a.slotMinutes * 60_000);
          const before = slots[i - 1];
          if (before)
            expect(slot.startsAt.getTime()).toBeGreaterThanOrEqual(before.endsAt.getTime());
        }
        const walls = slots.map(({ startsAt }) => wall(startsAt));
        expect(new Set(walls).size).toBe(walls.length);
      }),
      { numRuns: 150 },
    );
  });

  it('are none in the hour that is skipped, and stand on the day that the wall shows', () => {
    fc.assert(
      fc.property(situation, ({ a, g }) => {
        for (const { date, slots } of freeSlots(a, g))
          for (const { startsAt } of slots) {
            expect(wall(startsAt).slice(0, 10)).toBe(date);
            expect(wall(startsAt)).not.toMatch(new RegExp(`^${SPRING} 02:`));
          }
      }),
    );
  });

  it('keep off what is closed and what is agreed, and stay within what is open', () => {
    fc.assert(
      fc.property(situation, ({ a, g }) => {
        const { from, until } = agendaWindow(a, g.now, g.timeZone);
        for (const { date, slots } of freeSlots(a, g)) {
          const on = g.exceptions.filter((e) => e.firstDay <= date && date <= e.lastDay);
          const weekday = new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
          const open = [
            ...a.periods.filter((p) => p.weekday === weekday),
            ...on.filter(({ kind }) => kind === 'open'),
          ];
          for (const slot of slots) {
            const begins = wall(slot.startsAt).slice(11);
            expect(open.some((p) => p.from <= begins && begins < p.until)).toBe(true);
            expect(
              on.some((e) => e.kind === 'closed' && e.from <= begins && begins < e.until),
            ).toBe(false);
            expect(slot.startsAt >= from && slot.endsAt <= until).toBe(true);
            const others = g.busy.filter(
              (b) => b.startsAt < slot.endsAt && slot.startsAt < b.endsAt,
            );
            for (const b of others) {
              expect(g.places !== null && b.same).toBe(true);
              expect(b.startsAt.getTime()).toBe(slot.startsAt.getTime());
            }
            const taken = others.reduce((sum, b) => sum + b.places, 0);
            expect(slot.left).toBe((g.places ?? 1) - taken);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('can each be asked for, and nothing else can', () => {
    fc.assert(
      fc.property(situation, fc.integer({ min: -200, max: 200 }), ({ a, g }, quarter) => {
        const slots = freeSlots(a, g).flatMap((day) => day.slots);
        const ask = (startsAt: Date) =>
          momentFault(a, { startsAt, minutes: null, places: 1 }, g)?.code ?? null;
        for (const { startsAt } of slots.slice(0, 8)) expect(ask(startsAt)).toBe(null);
        const other = new Date(g.now.getTime() + 3 * 86_400_000 + quarter * 900_000);
        const offered = slots.some(({ startsAt }) => startsAt.getTime() === other.getTime());
        expect(ask(other) === null).toBe(offered);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the two nights', () => {
  const night = agenda({ periods: everyDay('01:00', '04:00') });

  it('skip an hour in spring', () => {
    const now = new Date('2027-03-27T12:00:00Z');
    expect(startsOn(SPRING, night, given({ now }))).toEqual(['01:00', '03:00']);
    const quarters = agenda({ periods: everyDay('01:30', '04:00'), slotMinutes: 45 });
    // the first ends at a quarter past three; the next on the wall would begin before that
    expect(startsOn(SPRING, quarters, given({ now }))).toEqual(['01:30']);
  });

  it('have an hour twice in autumn, of which the first is offered', () => {
    const slots = freeSlots(night, given({ now: new Date('2026-10-24T12:00:00Z') }))[0]?.slots;
    expect(slots?.map(({ startsAt }) => startsAt.toISOString())).toEqual([
      '2026-10-24T23:00:00.000Z',
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ]);
  });

  it('leave ten in the morning at ten in the morning', () => {
    const a = agenda({ periods: everyDay('10:00', '11:00') });
    const slots = freeSlots(a, given({ now: new Date('2026-10-24T12:00:00Z') }))
      .flatMap((day) => day.slots)
      .map(({ startsAt }) => startsAt.toISOString().slice(11, 16));
    expect(new Set(slots)).toEqual(new Set(['09:00']));
  });
});

describe('what a provider says about single days', () => {
  const monday = '2026-12-07';
  const day = (kind: 'closed' | 'open', from: string, until: string): AgendaException => ({
    ...{ kind, from, until, firstDay: monday, lastDay: monday },
  });

  it('wins over the week: closed for a part or the whole, open beside it', () => {
    const on = (...exceptions: AgendaException[]) =>
      startsOn(monday, agenda(), given({ exceptions }));
    expect(on()).toEqual(['09:00', '10:00', '11:00']);
    expect(on(day('closed', '00:00', '24:00'))).toEqual([]);
    expect(on(day('closed', '09:30', '10:15'))).toEqual(['10:15']);
    expect(on(day('open', '19:00', '21:00'))).toEqual([
      '09:00',
      '10:00',
      '11:00',
      '19:00',
      '20:00',
    ]);
    expect(on(day('open', '19:00', '21:00'), day('closed', '00:00', '24:00'))).toEqual([]);
  });

  it.each([
    [{}, []],
    [{ lastDay: '2026-12-06' }, ['lastDay ends-before-starts']],
    [{ firstDay: '2026-02-30' }, ['firstDay not-a-date']],
    [{ firstDay: '2026-11-01', lastDay: '2026-11-02' }, ['lastDay date-past']],
    [{ firstDay: '2026-11-01' }, []],
    [{ lastDay: '2028-12-07' }, ['lastDay too-large']],
    [{ from: '', until: '25:00' }, ['from required', 'until not-a-time']],
    [{ from: '10:00', until: '10:00' }, ['until ends-before-starts']],
    [{ from: '24:00' }, ['from not-a-time', 'until ends-before-starts']],
  ])('is told what is wrong: %j', (more, faults) => {
    const judge = () =>
      validateException({ ...day('closed', '00:00', '24:00'), ...more }, '2026-12-01');
    expect(faultsOf(judge)).toEqual(faults);
  });
});

describe('a moment that is asked for', () => {
  const at = (time: string) => new Date(`2026-12-07T${time}:00+01:00`);
  const ask = (time: string, minutes: number | null = null, more: Partial<AgendaNow> = {}) =>
    momentFault(agenda(), { startsAt: at(time), minutes, places: 1 }, given(more))?.code ?? null;
  const taken = (from: string, until: string, same = false): Busy => ({
    ...{ startsAt: at(from), endsAt: at(until), same, places: 1 },
  });

  it('may take longer than what is offered, as long as it fits', () => {
    expect(ask('10:00', 120)).toBe(null);
    expect(ask('10:00', 150)).toBe('time-too-long');
    expect(ask('10:00', 120, { busy: [taken('11:00', '12:00')] })).toBe('time-too-long');
    expect(ask('10:00', 60, { busy: [taken('11:00', '12:00')] })).toBe(null);
    expect(ask('10:00', 60, { busy: [taken('10:30', '10:45')] })).toBe('time-taken');
    expect(ask('10:15')).toBe('time-not-offered');
    expect(ask('10:00', null, { now: at('10:30') })).toBe('time-not-offered');
  });

  it('may be that of others who join the same group', () => {
    const busy = [taken('10:00', '11:00', true)];
    expect(ask('10:00', null, { busy, places: 2 })).toBe(null);
    expect(ask('10:00', null, { busy: [...busy, ...busy], places: 2 })).toBe('time-taken');
    expect(
      momentFault(
        agenda(),
        { startsAt: at('10:00'), minutes: null, places: 2 },
        given({ busy, places: 2 }),
      ),
    ).toMatchObject({ code: 'places-left', params: { left: 1 } });
    // another group of the same offer, half an hour later
    expect(ask('10:00', null, { busy: [taken('10:30', '11:30', true)], places: 2 })).toBe(
      'time-taken',
    );
  });
});

it.each([
  [{}, []],
  [{ slotMinutes: 20 }, ['slotMinutes not-a-quarter']],
  [{ slotMinutes: 0, horizonDays: 0 }, ['slotMinutes too-small', 'horizonDays too-small']],
  [{ noticeHours: 400 }, ['noticeHours too-large']],
])('an agenda %j is told what is wrong', (more, faults) => {
  expect(faultsOf(() => validateAgenda(agenda(more)))).toEqual(faults);
});

function faultsOf(judge: () => void): string[] {
  try {
    judge();
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.errors.map(({ pointer, code }) => `${pointer} ${code}`);
  }
}
