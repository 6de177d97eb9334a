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
