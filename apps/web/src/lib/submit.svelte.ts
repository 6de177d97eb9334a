import type { SubmitFunction } from '$app/forms';
import { goto } from '$app/navigation';

/** Back to the page that is open: it keeps its place and its focus. */
const stays = (location: string) => location === window.location.pathname + window.location.search;

/**
 * For `use:enhance`: shows that a press is under way, and keeps what was typed when the connection
 * fails or the form is refused. `done` runs once it went well.
 */
export function submitter(done?: () => void) {
  let busy = $state(false);
  let failed = $state(false);

  const submit: SubmitFunction = ({ cancel }) => {
    if (busy) return cancel();
    busy = true;
    failed = false;
    return async ({ result, update }) => {
      const fault = result.type === 'error' ? (result.status ?? 503) : 0;
      // the error page would take the typed text away
      if (fault >= 500) failed = true;
      else {
        if (result.type === 'redirect' || result.type === 'success') done?.();
        // after a refusal as well: the session may have ended meanwhile
        if (result.type === 'redirect' && stays(result.location))
          await goto(result.location, { reset: false, refreshAll: true, replace: true });
        else await update({ reset: false, refreshAll: true });
      }
      busy = false;
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
