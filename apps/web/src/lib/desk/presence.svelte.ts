import type { Viewer } from '#lib/live.ts';

let viewers = $state.raw<readonly Viewer[]>([]);

/** Other editors who have a question before them now, as the live connection tells. */
export const presence = {
  get viewers() {
    return viewers;
  },
  set(now: readonly Viewer[]) {
    viewers = now;
  },
};

/** Their names by question, each once. */
export function namesByRef(list: readonly Viewer[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { ref, name } of list) {
    const known = names.get(ref) ?? [];
    if (!known.includes(name)) names.set(ref, [...known, name]);
  }
  return names;
}
