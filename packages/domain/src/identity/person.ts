import { DomainError } from '../kernel/index.ts';

export const EMAIL_MAX = 254;
export const PERSON_NAME_MIN = 2;
export const PERSON_NAME_MAX = 80;

/** One plain mailbox: nothing that a mail header could read as a second address or a new line. */
const EMAIL =
  /^[^\s\p{C}@<>()[\]\\,;:"]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;
const CONTROL = /\p{C}/u;

/**
 * The form in which an address is stored and compared.
 * @throws `kernel.invalid` with 'required', 'too-long' or 'not-an-email' at `pointer`
 */
export function normaliseEmail(raw: string, pointer = 'email'): string {
  const address = raw.trim().normalize('NFC').toLowerCase();
  if (address === '') throw invalid(pointer, 'required');
  if (address.length > EMAIL_MAX) throw invalid(pointer, 'too-long', { max: EMAIL_MAX });
  const local = address.slice(0, address.lastIndexOf('@'));
  const dots = local.startsWith('.') || local.endsWith('.') || local.includes('..');
  if (dots || !EMAIL.test(address)) throw invalid(pointer, 'not-an-email');
  return address;
}

/**
 * The name that others see: 2 to 80 characters, single spaces.
 * @throws `kernel.invalid` with 'required', 'too-short', 'too-long' or 'control-characters' at `pointer`
 */
export function normalisePersonName(raw: string, pointer = 'name'): string {
  const name = raw.normalize('NFC').trim().replace(/ +/g, ' ');
  if (CONTROL.test(name)) throw invalid(pointer, 'control-characters');
  const spaced = name.replace(/\s+/gu, ' ');
  if (spaced === '') throw invalid(pointer, 'required');
  const length = [...spaced].length;
  if (length < PERSON_NAME_MIN) throw invalid(pointer, 'too-short', { min: PERSON_NAME_MIN });
  if (length > PERSON_NAME_MAX) throw invalid(pointer, 'too-long', { max: PERSON_NAME_MAX });
  return spaced;
}

function invalid(
  pointer: string,
  code: string,
  params: Readonly<Record<string, number>> = {},
): DomainError {
  return new DomainError('invalid', 'kernel.invalid', { errors: [{ pointer, code, params }] });
}
