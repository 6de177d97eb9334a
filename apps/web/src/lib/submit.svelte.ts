import type { SubmitFunction } from '$app/forms';

/**
 * For `use:enhance`: shows that a press is under way, keeps what was typed when the connection fails
 * or the form is refused, and empties the form once it went well.
 */
export function submitter(after?: (result: 'redirect' | 'success') => void) {
  let busy = $state(false);
  let failed = $state(false);

  const submit: SubmitFunction = ({ cancel, formElement }) => {
    if (busy) return cancel();
    busy = true;
    failed = false;
    return async ({ result, update }) => {
      if (result.type === 'error' && (result.status ?? 500) >= 500) {
        // the error page would take the typed text away
        failed = true;
      } else {
        if (result.type === 'redirect' || result.type === 'success') {
          after?.(result.type);
          formElement.reset();
        }
        await update({ reset: false });
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
