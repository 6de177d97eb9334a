import type { ErrorKind } from '@wijk/domain/kernel';
import type { z } from 'zod';

/** One file, as the only part of a `multipart/form-data` body. */
export interface Upload {
  /** name of the part, and of the field that is at fault when the file is refused */
  readonly field: string;
  /** media types that are taken; the bytes decide, these are for whoever reads the contract */
  readonly types: readonly string[];
  readonly maxBytes: number;
}

/** A header that an operation reads beside those of every operation. */
export interface OwnHeader {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The shape of one API operation; drives validation, serialisation, OpenAPI and the client. */
export interface Contract<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  /** operationId in the OpenAPI document */
  readonly id: string;
  readonly tag:
    | 'session'
    | 'questions'
    | 'desk'
    | 'notifications'
    | 'operation'
    | 'wallet'
    | 'market'
    | 'admin'
    | 'demonstration';
  readonly summary: string;
  readonly method: Method;
  /** with `:name` parameters; pages and the OpenAPI document derive their own notation */
  readonly path: `/${string}`;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly reply: R;
  /** status of the success reply; 204 has no body */
  readonly status: 200 | 201 | 202 | 204;
  /** kinds of refusal that the operation can give, beyond the ones every operation can give */
  readonly problems: readonly ErrorKind[];
  /** requires an `Idempotency-Key` header (a UUID made by the client) */
  readonly idempotent: boolean;
  /** takes a file in place of a JSON body */
  readonly upload: Upload | null;
  /** media type of the bytes that it replies in place of JSON; `reply` is then `bytesReply` */
  readonly bytes: string | null;
  readonly headers: readonly OwnHeader[];
}

export type ParamsOf<C extends Contract> = z.output<C['params']>;
export type QueryOf<C extends Contract> = z.output<C['query']>;
export type BodyOf<C extends Contract> = z.output<C['body']>;
export type ReplyOf<C extends Contract> = z.output<C['reply']>;

/**
 * Declares an operation. Everything left out means "takes none": an unknown field is then refused.
 */
export function defineContract<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(spec: {
  id: string;
  tag: Contract['tag'];
  summary: string;
  method: Method;
  path: `/${string}`;
  params: P;
  query: Q;
  body: B;
  reply: R;
  status?: Contract['status'];
  problems?: readonly ErrorKind[];
  idempotent?: boolean;
  upload?: Upload;
  bytes?: string;
  headers?: readonly OwnHeader[];
}): Contract<P, Q, B, R> {
  return {
    ...spec,
    status: spec.status ?? 200,
    problems: spec.problems ?? [],
    idempotent: spec.idempotent ?? false,
    upload: spec.upload ?? null,
    bytes: spec.bytes ?? null,
    headers: spec.headers ?? [],
  };
}
