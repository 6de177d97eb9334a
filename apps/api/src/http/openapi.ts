import type { Contract, Upload } from '@wijk/contracts';
import { problem } from '@wijk/contracts';
import { z } from 'zod';
import { STATUS_OF } from './problem.ts';
import type { Declared } from './route.ts';

type Json = Record<string, unknown>;

const schemaOf = (type: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Json;
  return schema;
};

/** The OpenAPI 3.1 document of the routes as they were declared. Kept as a committed snapshot. */
export function openApiDocument(routes: readonly Declared[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const { contract, policy } of routes) {
    const path = contract.path.replace(/:([a-z]+)/g, '{$1}').replace('/api/v1', '');
    paths[path] ??= {};
    paths[path][contract.method.toLowerCase()] = {
      operationId: contract.id,
      tags: [contract.tag],
      summary: contract.summary,
      ...(policy.kind === 'ability' ? { 'x-ability': policy.ability } : {}),
      security: policy.kind === 'ability' ? [{ session: [] }, {}] : [],
      parameters: parameters(contract),
      ...requestBody(contract),
      responses: responses(contract),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Wijk API',
      version,
      description:
        'The API of a neighbourhood commons. Problems follow RFC 9457; `code` is stable and is what a client acts on.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      contact: {
        name: 'The maintainers',
        url: 'https://example.org/wijk',
        email: 'wijk@example.org',
      },
    },
    servers: [{ url: '/api/v1' }],
    tags: [...new Set(routes.map((r) => r.contract.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-wijk' } },
      headers: {
        'API-Version': {
          description: 'Version of the API that replied',
          schema: { type: 'string' },
        },
      },
      schemas: { Problem: schemaOf(problem, 'output') },
    },
  };
}

function parameters(contract: Contract): Json[] {
  const of = (place: 'path' | 'query', type: z.ZodType): Json[] => {
    const { properties = {}, required = [] } = schemaOf(type, 'input') as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, schema]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema,
    }));
  };
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'A UUID made by the client; the same one when the same press is tried again.',
    schema: { type: 'string', format: 'uuid' },
  };
  const own = contract.headers.map(({ name, description, required }) => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  }));
  return [
    ...of('path', contract.params),
    ...of('query', contract.query),
    ...(contract.idempotent ? [key] : []),
    ...own,
  ];
}

/** OpenAPI 3.1 says that bytes are a string with a media type, or an empty schema in a part. */
function fileBody({ field, types, maxBytes }: Upload): Json {
  const schema = {
    type: 'object',
    properties: {
      [field]: { description: `At most ${maxBytes} bytes.`, contentMediaType: types.join(', ') },
    },
    required: [field],
    additionalProperties: false,
  };
  const encoding = { [field]: { contentType: types.join(', ') } };
  return {
    requestBody: { required: true, content: { 'multipart/form-data': { schema, encoding } } },
  };
}

function requestBody(contract: Contract): Json {
  if (contract.upload) return fileBody(contract.upload);
  if (contract.body instanceof z.ZodUndefined) return {};
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: schemaOf(contract.body, 'input') } },
    },
  };
}

const HEADERS = { 'API-Version': { $ref: '#/components/headers/API-Version' } };

function responses(contract: Contract): Json {
  const success =
    contract.status === 204
      ? { description: 'Done', headers: HEADERS }
      : {
          description: 'Done',
          headers: HEADERS,
          content: contract.bytes
            ? { [contract.bytes]: {} }
            : { 'application/json': { schema: schemaOf(contract.reply, 'output') } },
        };
  const statuses = new Set(
    [...contract.problems, 'invalid', 'unauthenticated', 'forbidden', 'unavailable'].map(
      (kind) => STATUS_OF[kind as keyof typeof STATUS_OF],
    ),
  );
  const refusal = {
    description: 'Refused',
    headers: HEADERS,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return {
    [contract.status]: success,
    ...Object.fromEntries([...statuses].sort().map((status) => [status, refusal])),
  };
}
