import type { Viewer } from '#lib/live.ts';
import { fill, namesIn } from '#lib/text.ts';

/** Their names by question, each once. */
export function namesByRef(list: readonly Viewer[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { ref, name } of list) {
    const known = names.get(ref) ?? [];
    if (!known.includes(name)) names.set(ref, [...known, name]);
  }
  return names;
}

/** "Noor bekijkt dit", by question; `words` are those of the desk. */
export function viewingByRef(
  list: readonly Viewer[],
  words: { viewing: { one: string; other: string }; and: string },
): Map<string, string> {
  const { viewing, and } = words;
  return new Map(
    [...namesByRef(list)].map(([ref, names]) => [
      ref,
      fill(names.length === 1 ? viewing.one : viewing.other, { names: namesIn(names, and) }),
    ]),
  );
}
