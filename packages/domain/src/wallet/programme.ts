import { DomainError, type FieldError } from '../kernel/index.ts';
import { AMOUNT_MAX } from './policy.ts';

/** What an earmarked budget is (W5). Dates are those of the wijk; the last day counts. */
export interface ProgrammeTerms {
  name: string;
  about: string;
  kinds: readonly string[];
  themes: readonly string[];
  perParticipant: number;
  startsOn: string;
  endsOn: string;
}

/** Kinds of listings for which a budget can be meant, until the market has its own list. */
export const SUPPLY_KINDS = [
  'product',
  'service',
  'course',
  'activity',
  'ehealth',
  'rental',
] as const;
export type SupplyKind = (typeof SUPPLY_KINDS)[number];

/** Refuses with every field at fault: `kernel.invalid`. */
export function validateProgramme(terms: ProgrammeTerms, today: string): void {
  const errors: FieldError[] = [];
  if (terms.name.trim() === '') errors.push({ pointer: 'name', code: 'required' });
  if (terms.perParticipant <= 0)
    errors.push({ pointer: 'perParticipant', code: 'too-small', params: { min: 1 } });
  else if (terms.perParticipant > AMOUNT_MAX)
    errors.push({ pointer: 'perParticipant', code: 'too-large', params: { max: AMOUNT_MAX } });
  if (terms.endsOn < terms.startsOn) errors.push({ pointer: 'endsOn', code: 'ends-before-starts' });
  else if (terms.endsOn < today) errors.push({ pointer: 'endsOn', code: 'date-past' });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

/** May this supplier be paid from a budget: an empty list means any. */
export function isEligible(
  programme: Pick<ProgrammeTerms, 'kinds' | 'themes'>,
  supplier: { kind: string; theme: string },
): boolean {
  const fits = (list: readonly string[], one: string) => list.length === 0 || list.includes(one);
  return fits(programme.kinds, supplier.kind) && fits(programme.themes, supplier.theme);
}

/** Where a programme stands on a day of the wijk. */
export function phaseOf(
  programme: { startsOn: string; endsOn: string; closedAt: Date | null },
  today: string,
): 'coming' | 'running' | 'ended' | 'closed' {
  if (programme.closedAt !== null) return 'closed';
  if (today < programme.startsOn) return 'coming';
  return today <= programme.endsOn ? 'running' : 'ended';
}

/** A participant as a file names them. */
export interface ImportedLine {
  line: number;
  email: string;
}
export interface RefusedLine {
  line: number;
  code: 'not-an-email' | 'twice' | 'unknown-member' | 'frozen' | 'no-amount';
  text: string;
}

/** More lines than this belong in two files. */
export const IMPORT_LINES_MAX = 1000;
const SEPARATORS = /[;,\t]/;
const EMAIL = /^[^\s@"<>]{1,64}@[^\s@"<>]{1,180}\.[^\s@"<>.]{2,60}$/;

/**
 * Reads a file of participants: an address on each line, or a name and an address, with commas, semicolons
 * or tabs between, as a spreadsheet writes them. A first line without an address is its heading.
 */
export function readParticipants(text: string): {
  lines: ImportedLine[];
  refused: RefusedLine[];
} {
  const lines: ImportedLine[] = [];
  const refused: RefusedLine[] = [];
  const seen = new Set<string>();
  const all = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (const [i, raw] of all.entries()) {
    if (raw.replace(/[\s;,\t]/g, '') === '') continue;
    const cells = raw.split(SEPARATORS).map((cell) =>
      cell
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .trim(),
    );
    const email = cells.find((cell) => cell.includes('@'))?.toLowerCase();
    if (email === undefined && i === 0) continue;
    const line = i + 1;
    const shown = (email ?? raw.trim()).slice(0, 80);
    if (email === undefined || !EMAIL.test(email))
      refused.push({ line, code: 'not-an-email', text: shown });
    else if (seen.has(email)) refused.push({ line, code: 'twice', text: shown });
    else {
      seen.add(email);
      lines.push({ line, email });
    }
  }
  return { lines, refused };
}
