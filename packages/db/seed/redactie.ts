import type { duty, savedAnswer } from '../src/vraagbaak/desk-tables.ts';
import type { phraseList } from '../src/wijk/tables.ts';
import { readSavedAnswers } from './content.ts';
import { HELD_WORDS } from './morning.ts';
import type { Chance } from './random.ts';
import { localDate, onDayOf } from './schedule.ts';

interface Desk {
  wijkId: string;
  membershipOf(name: string): string;
  now: Date;
}

/** Who has the duty, day after day; today's is the first, whom the demonstration signs in as editor. */
const ROTA = [
  'Noor van der Horst',
  'Samira Bouzidi',
  'Wim Scholte',
  'Chantal Emanuelson',
  'Tomasz Wiśniewski',
] as const;
const DAYS_BACK = 7;
const DAYS_AHEAD = 21;
const BEGINS = 8 * 60 + 30;
const ENDS = 17 * 60 + 15;

/** A week that was, and three to come; whoever has the duty today still has to begin it. */
export function rosterRows({ wijkId, membershipOf, now }: Desk): (typeof duty.$inferInsert)[] {
  return Array.from({ length: DAYS_BACK + DAYS_AHEAD }, (_, i) => {
    const days = i - DAYS_BACK;
    const name = ROTA[(days + 2 * ROTA.length) % ROTA.length] ?? ROTA[0];
    const past = days < 0;
    return {
      wijkId,
      date: localDate(now, days),
      membershipId: membershipOf(name),
      startedAt: past ? onDayOf(now, BEGINS, days) : null,
      endedAt: past ? onDayOf(now, ENDS, days) : null,
    };
  });
}

/** Texts that the redactie uses again. */
export function savedAnswerRows(
  { wijkId, membershipOf, now }: Desk,
  chance: Chance,
): (typeof savedAnswer.$inferInsert)[] {
  return readSavedAnswers().map(({ title, body, use, theme }, i) => {
    const updatedAt = onDayOf(now, BEGINS + 30 + 11 * i, -3 - 4 * i);
    const updatedBy = membershipOf(ROTA[i % ROTA.length] ?? ROTA[0]);
    return { wijkId, id: chance.uuidAt(updatedAt), title, body, use, theme, updatedAt, updatedBy };
  });
}

export function phraseRows({
  wijkId,
  membershipOf,
  now,
}: Desk): (typeof phraseList.$inferInsert)[] {
  const updatedBy = membershipOf('Johan Terpstra');
  const updatedAt = onDayOf(now, BEGINS, -40);
  return [{ wijkId, kind: 'hold', phrases: [...HELD_WORDS], version: 1, updatedAt, updatedBy }];
}
