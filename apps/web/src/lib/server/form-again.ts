import { type ActionFailure, fail, type RequestEvent } from '@sveltejs/kit';
import type { Refusal } from '#lib/forms.ts';

/** The form of this name once more with all that was typed, where nothing is at fault. */
export function formAgain(
  { locals }: RequestEvent,
  form: string,
  values: Record<string, string>,
): ActionFailure<{ refusal: Refusal }> {
  return fail(400, {
    refusal: {
      form,
      key: '',
      values,
      code: '',
      message: '',
      errors: [],
      reference: locals.requestId,
    },
  });
}
