/** As people write their days and times: 'ma, wo en vr 9.30–15.00', 'ma t/m do 8.00–16.00'. */
const DAYS = ['ma', 'di', 'wo', 'do', 'vr', 'za', 'zo'];
const DAY = `(?:${DAYS.join('|')})`;
const TIME = '(\\d{1,2})\\.(\\d{2})';
const WHEN = new RegExp(
  `(dagelijks|${DAY}(?: t/m ${DAY}|(?:,? (?:en |of )?${DAY})*))\\s+${TIME}[–-]${TIME}`,
  'gi',
);
/** What is not every week is told in words alone. */
const NOT_WEEKLY = /maand|eerste|tweede|derde|laatste|weken lang|\d{1,2} (januari|december)/i;

const two = (hours: string, minutes: string) => `${hours.padStart(2, '0')}:${minutes}`;

function daysIn(text: string): number[] {
  if (/^dagelijks$/i.test(text)) return [1, 2, 3, 4, 5, 6, 7];
  const named = (text.toLowerCase().match(new RegExp(`\\b${DAY}\\b`, 'g')) ?? []).map(
    (day) => DAYS.indexOf(day) + 1,
  );
  const [from = 1, until = 7] = named;
  if (!text.includes('t/m')) return named;
  return Array.from({ length: until - from + 1 }, (_, i) => from + i);
}

/** The periods that can be read from such a text; none where it says something else. */
export function periodsIn(text: string): { weekday: number; from: string; until: string }[] {
  if (NOT_WEEKLY.test(text)) return [];
  return [...text.matchAll(WHEN)]
    .flatMap(([, days = '', h1 = '', m1 = '', h2 = '', m2 = '']) =>
      daysIn(days).map((weekday) => ({ weekday, from: two(h1, m1), until: two(h2, m2) })),
    )
    .filter(({ from, until }) => from < until)
    .sort((a, b) => a.weekday - b.weekday || (a.from < b.from ? -1 : 1));
}
