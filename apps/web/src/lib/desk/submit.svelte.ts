import { tick } from 'svelte';
import type { SubmitFunction } from '$app/forms';
import { goto } from '$app/navigation';

let underWay = $state(0);

/** One's own press is being handled: what the live connection tells now is no news. */
export const pressing = {
  get now() {
    return underWay > 0;
  },
};

/** Where the focus goes when the pressed button is gone. */
const goOn = () =>
  document.querySelector<HTMLElement>('[data-command="next"]') ??
  document.querySelector<HTMLElement>('[data-pane]');

/**
 * For `use:enhance` at the desk: like `submitter`, but the page never scrolls and the focus stays
 * where it was. A fault of the server or the connection leaves what was typed in the form. `done`
 * runs once it went well.
 */
export function quietly(done?: () => void) {
  let busy = $state(false);
  let failed = $state(false);

  const submit: SubmitFunction = ({ cancel }) => {
    if (busy) return cancel();
    busy = true;
    failed = false;
    underWay += 1;
    return async ({ result, update }) => {
      try {
        if (result.type === 'error' && (result.status ?? 503) >= 500) failed = true;
        else if (result.type === 'redirect') {
          done?.();
          await goto(result.location, { reset: false, refreshAll: true, replace: true });
        } else await update({ reset: false, refreshAll: true, navigate: false });
      } finally {
        busy = false;
        underWay -= 1;
      }
      await tick();
      if (document.activeElement === document.body) goOn()?.focus({ preventScroll: true });
    };
  };

  return {
    submit,
    get busy() {
      return busy;
    },
    get failed() {
      return failed;
    },
  };
}
