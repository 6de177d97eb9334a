/** What went wrong, in the terms that `http/problem.ts` maps to a status. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'too-many'
  | 'unavailable';

/** One field at fault. `pointer` equals the name of the form field; `code` is translated by i18n. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/**
 * A refusal that the domain foresaw. Pages translate `code` with `params`; nobody parses `message`.
 * Codes are `<module>.<what>`, for example `vraagbaak.question-closed`.
 */
export class DomainError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly params: Readonly<Record<string, string | number>>;
  readonly errors: readonly FieldError[];

  constructor(
    kind: ErrorKind,
    code: string,
    details: {
      params?: Readonly<Record<string, string | number>>;
      errors?: readonly FieldError[];
    } = {},
  ) {
    super(code);
    this.name = 'DomainError';
    this.kind = kind;
    this.code = code;
    this.params = details.params ?? {};
    this.errors = details.errors ?? [];
  }
}
