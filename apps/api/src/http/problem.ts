import type { Problem } from '@wijk/contracts';
import { isUnreachable } from '@wijk/db/kernel';
import { DomainError, type ErrorKind, type FieldError } from '@wijk/domain/kernel';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { core } from 'zod';

/** One table for the whole house: what a kind of refusal is over HTTP. */
export const STATUS_OF: Record<ErrorKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-many': 429,
  unavailable: 503,
};

const TITLE_OF: Record<number, string> = {
  400: 'Bad request',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Too large',
  415: 'Unsupported media type',
  421: 'Misdirected request',
  422: 'Some fields are not right',
  429: 'Too many requests',
  500: 'Something went wrong here',
  503: 'Temporarily unavailable',
};

const MAX_ERRORS = 10;

/** Which status Fastify's own refusals have, and the code that pages translate. */
const CODE_OF_STATUS: Record<number, string> = {
  400: 'kernel.malformed',
  404: 'kernel.not-found',
  405: 'kernel.not-found',
  413: 'kernel.too-large',
  415: 'kernel.malformed',
  429: 'kernel.too-many',
  503: 'kernel.unavailable',
};

/** Builds the RFC 9457 document of a refusal. `instance` is the request's reference, as in the log. */
export function problemOf(
  status: number,
  code: string,
  reference: string,
  details: { params?: Problem['params']; errors?: readonly FieldError[] } = {},
): Problem {
  return {
    type: `urn:wijk:problem:${code}`,
    title: TITLE_OF[status] ?? 'Problem',
    status,
    instance: `urn:uuid:${reference}`,
    code,
    params: details.params ?? {},
    errors: (details.errors ?? []).slice(0, MAX_ERRORS).map((e) => ({
      pointer: e.pointer,
      code: e.code,
      detail: `${e.pointer}: ${e.code}`,
      params: { ...e.params },
    })),
  };
}

/** Any error as a problem. Unknown ones become a 500 without details; the log has the rest. */
export function toProblem(error: unknown, reference: string): Problem {
  if (error instanceof DomainError)
    return problemOf(STATUS_OF[error.kind], error.code, reference, error);
  if (isUnreachable(error)) return problemOf(503, 'kernel.unavailable', reference);
  const status = (error as FastifyError).statusCode;
  if (status && status >= 400 && status < 500)
    return problemOf(status, CODE_OF_STATUS[status] ?? 'kernel.malformed', reference);
  if (status === 503) return problemOf(503, 'kernel.unavailable', reference);
  return problemOf(500, 'kernel.internal', reference);
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 503) reply.header('retry-after', '5');
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem);
}

export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = toProblem(error, request.id);
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
  else request.log.info({ code: problem.code, errors: problem.errors.length }, 'request refused');
  return sendProblem(reply, problem);
}

/** zod's issues as fields at fault: all of them at once, at most ten, each with a code to translate. */
export function fieldErrors(issues: readonly core.$ZodIssue[]): FieldError[] {
  return issues.slice(0, MAX_ERRORS).flatMap(fieldError);
}

function fieldError(issue: core.$ZodIssue): FieldError | FieldError[] {
  const pointer = issue.path.map(String).join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, MAX_ERRORS)
        .map((key) => ({ pointer: key.slice(0, 60), code: 'unknown-field' }));
    case 'too_small':
      if (issue.origin === 'string')
        return Number(issue.minimum) <= 1 || issue.input === ''
          ? { pointer, code: 'required' }
          : { pointer, code: 'too-short', params: { min: Number(issue.minimum) } };
      return { pointer, code: 'too-small', params: { min: Number(issue.minimum) } };
    case 'too_big':
      return {
        pointer,
        code: issue.origin === 'string' ? 'too-long' : 'too-large',
        params: { max: Number(issue.maximum) },
      };
    case 'invalid_format':
      return { pointer, code: issue.format === 'email' ? 'not-an-email' : 'invalid' };
    case 'invalid_type':
      return { pointer, code: issue.input === undefined ? 'required' : 'invalid' };
    case 'custom':
      return {
        pointer,
        code: typeof issue.params?.code === 'string' ? issue.params.code : 'invalid',
      };
    case 'invalid_value':
      return { pointer, code: 'invalid-choice' };
    default:
      return { pointer, code: 'invalid' };
  }
}
