import type { BodyOf, Contract, ParamsOf, QueryOf, ReplyOf } from '@wijk/contracts';
import { type Actor, can, type Member, type SignedInActor } from '@wijk/domain/identity';
import { DomainError, type FieldError } from '@wijk/domain/kernel';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RouteOptions as RouteOptionsOfFastify,
} from 'fastify';
import { z } from 'zod';
import { perMinute } from '../limits.ts';
import type { Wijk } from '../modules/wijk/index.ts';
import type { Services } from '../services.ts';
import { accountLimit } from './account-limit.ts';
import { enforce, type Policy } from './policy.ts';
import { fieldErrors } from './problem.ts';
import { readFile, takeFiles } from './upload.ts';

/** By which a page tells that its visitor holds the link of an invitation. */
export const INVITATION_HEADER = 'x-wijk-invitation';

export interface Call<C extends Contract> {
  params: ParamsOf<C>;
  query: QueryOf<C>;
  body: BodyOf<C>;
  /** the wijk of the path; on routes without one it is absent and must not be read */
  wijk: Wijk;
  actor: Actor;
  /** empty unless the contract asks for a key */
  idempotencyKey: string;
  /** reads the file of a contract that takes one; not before whoever sends it may */
  file: () => Promise<Buffer>;
  request: FastifyRequest;
  reply: FastifyReply;
}

export type Handler<C extends Contract> = (call: Call<C>) => Promise<ReplyOf<C>> | ReplyOf<C>;

export interface RouteOptions {
  policy: Policy;
  /** requests per minute and address; the default is that of the whole API */
  perMinute?: number;
  /** the same of one account, from whatever addresses; none if left out */
  perMinuteOfAccount?: number;
  bodyLimit?: number;
}

/** A route as it was declared, for the OpenAPI document and the access matrix. */
export interface Declared {
  contract: Contract;
  policy: Policy;
}

export interface App {
  readonly fastify: FastifyInstance;
  readonly routes: readonly Declared[];
  route<C extends Contract>(contract: C, options: RouteOptions, handler: Handler<C>): void;
}

const idempotencyKey = z.uuid();
const uuid = z.uuid();

/** Wires contracts to Fastify: validate → authorise → handler → serialise. */
export function createApp(fastify: FastifyInstance, services: Services): App {
  const routes: Declared[] = [];
  return {
    fastify,
    routes,
    route(contract, options, handler) {
      routes.push({ contract, policy: options.policy });
      const ofAccount = options.perMinuteOfAccount
        ? accountLimit(services, options.perMinuteOfAccount)
        : undefined;
      const served: RouteOptionsOfFastify = {
        method: contract.method,
        url: contract.path,
        ...(options.bodyLimit ? { bodyLimit: options.bodyLimit } : {}),
        ...(options.perMinute
          ? {
              config: {
                rateLimit: {
                  max: perMinute(services.config, options.perMinute),
                  timeWindow: 60_000,
                },
              },
            }
          : {}),
        schema: replySchema(contract),
        handler: async (request, reply) => {
          const wijk = await wijkOf(services, request.params);
          const actor = await actorOf(services, wijk, request, reply);
          await assertOpen(services, contract, wijk, actor, request);
          enforce(options.policy, actor);
          ofAccount?.(actor);
          const input = validate(contract, request);
          reply.code(contract.status).header('cache-control', 'no-store');
          if (contract.bytes) reply.type(contract.bytes);
          const result = await handler({
            ...input,
            wijk: wijk as Wijk,
            actor,
            idempotencyKey: contract.idempotent ? keyOf(request) : '',
            file: () => readFile(request, contract),
            request,
            reply,
          } as Call<typeof contract>);
          return contract.status === 204 ? reply.send() : result;
        },
      };
      if (contract.upload) takeFiles(fastify, contract.upload, served);
      else fastify.route(served);
    },
  };
}

/** fast-json-stringify drops what the reply does not name, so nothing slips out by accident. */
function replySchema(contract: Contract) {
  if (contract.status === 204 || contract.bytes) return {};
  const { $schema: _, ...schema } = z.toJSONSchema(contract.reply, { io: 'output' });
  return { response: { [contract.status]: schema } };
}

async function wijkOf(services: Services, params: unknown): Promise<Wijk | undefined> {
  const slug = (params as { wijk?: string }).wijk;
  if (slug === undefined) return undefined;
  const wijk = await services.wijken.bySlug(slug);
  if (!wijk) throw new DomainError('not-found', 'wijk.not-found');
  return wijk;
}

async function actorOf(
  services: Services,
  wijk: Wijk | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Actor> {
  if (!wijk || !request.headers.cookie) return { kind: 'visitor' };
  const { actor, setCookie } = await services.sessions.actor(request.headers.cookie, wijk.id);
  if (setCookie) reply.header('set-cookie', setCookie);
  return actor;
}

/**
 * A wijk that is not open yet does not exist, but for its admins; and whoever holds the link of an
 * invitation can sign in.
 */
async function assertOpen(
  services: Services,
  contract: Contract,
  wijk: Wijk | undefined,
  actor: Actor,
  request: FastifyRequest,
): Promise<void> {
  if (!wijk || wijk.openedAt !== null || can(actor, 'admin.wijk')) return;
  const invitation = uuid.safeParse(request.headers[INVITATION_HEADER]);
  if (contract.tag === 'session' && invitation.success)
    if (await services.isInvited(wijk.id, invitation.data)) return;
  throw new DomainError('not-found', 'wijk.not-found');
}

/** Checks params, query and body together, so that all faults come at once. */
function validate(contract: Contract, request: FastifyRequest) {
  const errors: FieldError[] = [];
  const check = (schema: z.ZodType, value: unknown) => {
    const parsed = schema.safeParse(value, { reportInput: true });
    if (parsed.success) errors.push(...unstorable(parsed.data));
    else errors.push(...fieldErrors(parsed.error.issues));
    return parsed.data;
  };
  const params = contract.params.safeParse(request.params);
  // a path that cannot exist is not found, rather than invalid
  if (!params.success) throw new DomainError('not-found', 'kernel.not-found');
  const query = check(contract.query, request.query ?? {});
  const body = check(contract.body, request.body === null ? undefined : request.body);
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
  return { params: params.data, query, body };
}

/** PostgreSQL keeps every character but one, and no keyboard types that one. */
function unstorable(value: unknown, path: readonly string[] = []): FieldError[] {
  if (typeof value === 'string')
    return value.includes('\0') ? [{ pointer: path.join('.'), code: 'invalid' }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => unstorable(part, [...path, key]));
}

function keyOf(request: FastifyRequest): string {
  const parsed = idempotencyKey.safeParse(request.headers['idempotency-key']);
  if (!parsed.success)
    throw new DomainError('invalid', 'kernel.idempotency-key', {
      errors: [{ pointer: 'Idempotency-Key', code: 'required' }],
    });
  return parsed.data;
}

/** For handlers behind `may('admin.…')`: a member, or a platform admin who need not be one. */
export function signedIn(actor: Actor): SignedInActor {
  if (actor.kind === 'visitor') throw new DomainError('unauthenticated', 'kernel.unauthenticated');
  return actor;
}

/** For handlers behind `may(...)` of members: the policy has made sure. */
export function memberOf(actor: Actor): Member {
  if (actor.kind !== 'member') throw new DomainError('unauthenticated', 'kernel.unauthenticated');
  return actor;
}
