/** What a saved text may leave open; the names are those of the texts themselves. */
export const PLACEHOLDERS = ['naam', 'wijk', 'redacteur'] as const;
export type Values = Readonly<Partial<Record<(typeof PLACEHOLDERS)[number], string | null>>>;

const ANY = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** Fills in what is known; the rest stays as it is, for the editor to see. */
export function fillPlaceholders(text: string, values: Values): string {
  return text.replace(ANY, (whole, name: string) => {
    const known = name.toLowerCase() as keyof Values;
    return (Object.hasOwn(values, known) && values[known]) || whole;
  });
}

/** The placeholders that still stand in a text, each once: `['{{naam}}']`. */
export function unfilled(text: string): string[] {
  return [...new Set([...text.matchAll(ANY)].map(([whole]) => whole))];
}

/** A text put in at the cursor, on a line of its own when the text before it is another one. */
export function insertAt(
  text: string,
  from: number,
  to: number,
  addition: string,
): { text: string; cursor: number } {
  const before = text.slice(0, from);
  const after = text.slice(to);
  const gap = before && !/\s$/.test(before) ? '\n\n' : '';
  const whole = before + gap + addition;
  return { text: whole + after, cursor: whole.length };
}
