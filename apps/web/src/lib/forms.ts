import type { WordBlock } from '#lib/views.ts';

/** What a page needs to show a form again after a refusal, with everything that was typed. */
export interface Refusal {
  /** name of the form on its page */
  form: string;
  values: Record<string, string>;
  /** `label` where the page names the field itself */
  errors: { field: string; text: string; label?: string }[];
  /** what is wrong as a whole; shown when no field is at fault */
  message: string;
  code: string;
  /** the same press, tried again */
  key: string;
  /** of the request, for when someone asks for help; '' where the refusal says all there is */
  reference: string;
}

/** The refusal of the form of this name, if that is what came back. */
export function refusalOf(
  form: { refusal?: Refusal | undefined } | null | undefined,
  name: string,
): Refusal | null {
  return form?.refusal?.form === name ? form.refusal : null;
}

/** What somebody wants to look at before they post it. */
export interface Preview {
  body: string;
  key: string;
  blocks: WordBlock[];
}

export function previewOf(
  form: { preview?: Preview | undefined } | object | null | undefined,
): Preview | null {
  return (form && 'preview' in form && form.preview) || null;
}

export function errorOf(refusal: Refusal | null, field: string): string | null {
  return refusal?.errors.find((e) => e.field === field)?.text ?? null;
}
