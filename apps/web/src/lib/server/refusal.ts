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
      errors: firstOfEach(
        problem.errors.map(({ pointer, code, params }) => {
          const at = place(pointer);
          // nothing was typed or chosen: that is what is wrong, not how it looks
          const said = code === 'invalid' && kept[at.field] === '' ? 'required' : code;
          return { ...at, text: fieldText(locale, said, params) };
        }),
      ),
      reference: referenceOf(status, problem.instance || requestId),
    },
  });
}

/** The same, where what is wrong as a whole is about what stands in one field: there it is said as well. */
export function refusedAt(
  field: string,
  ...[event, form, values, outcome]: [RequestEvent, string, Record<string, string>, Refused]
): ActionFailure<{ refusal: Refusal }> {
  const { status, data } = refused(event, form, values, outcome);
  const { refusal } = data;
  const errors = [{ field, text: refusal.message }];
  return fail(status, { refusal: { ...refusal, errors } });
}

/** What the log has it under. An ordinary refusal has none: nobody needs help to see what is wrong. */
const referenceOf = (status: number, instance: string) =>
  status >= 500 ? instance.replace(/^urn:uuid:/, '') : '';

/** One fault at a field at a time: the next may be gone with it, and a list in one field has many. */
const firstOfEach = <E extends { field: string }>(errors: E[]) =>
  errors.filter(({ field }, i) => errors.findIndex((one) => one.field === field) === i);

/** A page that can't be shown: the error page, with the reference that the log has. */
export function stop({ status, problem }: Refused): never {
  const known = [401, 403, 404, 410, 429, 503];
  error(known.includes(status) ? status : status >= 500 ? 503 : 400, {
    message: problem.code,
    reason: problem.code,
    ...(problem.instance ? { reference: problem.instance } : {}),
  });
}
