/** Somebody who can be named: who takes part, and under which name. `id` null is the asker. */
export interface Nameable {
  id: string | null;
  name: string;
}

/** A place in a text where somebody is named. */
export interface Mention {
  start: number;
  end: number;
  id: string | null;
}

/** How the asker of any question is named. */
export const ASKER_NAME = 'vragensteller';
/** More than these in one text name nobody. */
export const MENTIONS_AT_MOST = 20;

const same = new Intl.Collator('nl', { sensitivity: 'accent' });
const NAME_SIGN = /[\p{L}\p{M}\p{N}]/u;
/** Before an @ these make it part of an address. */
const INSIDE = /[\p{L}\p{M}\p{N}._%+@/-]/u;

/**
 * Who is named with an `@` in a text: by the whole name or by its first word, case aside. The longest
 * name that fits counts; one that fits more than one person names nobody.
 */
export function findMentions(text: string, people: readonly Nameable[]): Mention[] {
  const forms = formsOf(people);
  const found: Mention[] = [];
  for (
    let at = text.indexOf('@');
    at >= 0 && found.length < MENTIONS_AT_MOST;
    at = text.indexOf('@', at + 1)
  ) {
    if (at > 0 && INSIDE.test(text.charAt(at - 1))) continue;
    const fits = forms.find(({ form }) => namesAt(text, at + 1, form));
    if (fits?.id !== undefined)
      found.push({ start: at, end: at + 1 + fits.form.length, id: fits.id });
  }
  return found;
}

/** Every way to name somebody, the longest first; `id` undefined where it could be more than one. */
function formsOf(people: readonly Nameable[]): { form: string; id: string | null | undefined }[] {
  const forms: { form: string; id: string | null | undefined }[] = [];
  const add = (form: string, id: string | null) => {
    if (form.length < 2) return;
    const known = forms.find((one) => same.compare(one.form, form) === 0);
    if (!known) forms.push({ form, id });
    else if (known.id !== id) known.id = undefined;
  };
  for (const { id, name } of [...people, { id: null, name: ASKER_NAME }]) {
    const whole = name.trim();
    add(whole, id);
    add(whole.split(/\s+/)[0] ?? '', id);
  }
  return forms.sort((a, b) => b.form.length - a.form.length);
}

function namesAt(text: string, at: number, form: string): boolean {
  const end = at + form.length;
  if (end > text.length || same.compare(text.slice(at, end), form) !== 0) return false;
  return end === text.length || !NAME_SIGN.test(text.slice(end, end + 1));
}
