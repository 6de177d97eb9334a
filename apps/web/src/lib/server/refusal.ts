import { type ActionFailure, error, fail, type RequestEvent } from '@sveltejs/kit';
import type { Problem } from '@wijk/contracts/problem';
import { fieldText, problemText } from '@wijk/i18n';
import type { Refusal } from '#lib/forms.ts';

export interface Refused {
  ok: false;
  status: number;
  problem: Problem;
}

/** Text fields of a form as they were typed; files and repeated fields are left out. */
export function typed(data: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of data) if (typeof value === 'string') values[name] ??= value;
  return values;
}

/** Which field of the form a pointer of the API is, and how the page calls it. */
export type Place = (pointer: string) => { field: string; label?: string };

/** Shows the form again: the words of every fault in the reader's language, and all that was typed. */
export function refused(
  event: RequestEvent,
  form: string,
  values: Record<string, string>,
  { status, problem }: Refused,
  place: Place = (field) => ({ field }),
): ActionFailure<{ refusal: Refusal }> {
  const { locale, requestId } = event.locals;
  const { key = '', ...kept } = values;
  return fail(status, {
    refusal: {
      form,
      key,
      values: kept,
      code: problem.code,
      message: problemText(locale, problem.code, problem.params),
      errors: problem.errors.map(({ pointer, code, params }) => ({
        ...place(pointer),
        text: fieldText(locale, code, params),
      })),
      reference: problem.instance || requestId,
    },
  });
}

/** A page that can't be shown: the error page, with the reference that the log has. */
export function stop({ status, problem }: Refused): never {
  const known = [401, 403, 404, 410, 429, 503];
  error(known.includes(status) ? status : status >= 500 ? 503 : 400, {
    message: problem.code,
    reason: problem.code,
    ...(problem.instance ? { reference: problem.instance } : {}),
  });
}
