import { leadsToPlainPage } from '#lib/plain-routes.ts';
import type { SubmitFunction } from '$app/forms';
import { goto, refreshAll } from '$app/navigation';
import { navigating } from '$app/state';

const here = () => window.location.pathname + window.location.search;

/** Back to the page that is open: it keeps its place and its focus. */
const stays = (location: string) => location === here();

let presses = 0;

/**
 * Whether a press is under way. What it says afterwards is said once: news must not read the page anew
 * meanwhile, and need not, for a press does so itself.
 */
export const isPressed = () => presses > 0;

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
    presses += 1;
    const pressedAt = here();
    // whoever follows a link before the answer comes is not called back; what they go to is read anew
    const left = () => navigating.to !== null || here() !== pressedAt;
    return async ({ result, update }) => {
      const fault = result.type === 'error' ? (result.status ?? 503) : 0;
      // the error page would take the typed text away
      if (fault >= 500) failed = true;
      else {
        if (result.type === 'redirect' || result.type === 'success') done?.();
        // after a refusal as well: the session may have ended meanwhile
        // a document of its own: were this page read anew first, it would take the message along
        if (result.type === 'redirect' && leadsToPlainPage(result.location))
          return window.location.assign(result.location);
        if (result.type === 'redirect' && left()) {
          await navigating.complete?.catch(() => null);
          await refreshAll();
        } else if (result.type === 'redirect' && stays(result.location))
          await goto(result.location, { reset: false, refreshAll: true, replace: true });
        else await update({ reset: false, refreshAll: true });
      }
      busy = false;
      presses -= 1;
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
