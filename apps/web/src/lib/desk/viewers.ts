import type { Viewer } from '#lib/live.ts';

/** Their names by question, each once. */
export function namesByRef(list: readonly Viewer[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { ref, name } of list) {
    const known = names.get(ref) ?? [];
    if (!known.includes(name)) names.set(ref, [...known, name]);
  }
  return names;
}
