import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, ORIGIN, openHouse } from '../support/house.ts';
import { expectCommitted } from './snapshot.ts';

type Json = { [key: string]: unknown };

interface Operation extends Json {
  operationId: string;
  summary: string;
  tags: string[];
  security: Json[];
  parameters: { name: string; in: string; required: boolean; schema: Json }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Json }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
}

interface Document extends Json {
  openapi: string;
  info: { title: string; version: string; description: string; license: Json; contact: Json };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json>; securitySchemes: Record<string, Json> };
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace']);
/** What JSON Schema 2020-12 and OpenAPI 3.1 know; OpenAPI 3.0's own words are not among them. */
const KEYWORDS = new Set(
  `$ref type properties required items additionalProperties enum const anyOf oneOf allOf not pattern
   format minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems
   default description title propertyNames examples contentMediaType`.split(/\s+/),
);

let house: House;
let document: Document;
let served: Awaited<ReturnType<House['app']['fastify']['inject']>>;

beforeAll(async () => {
  house = await openHouse();
  served = await house.app.fastify.inject({
    url: '/api/v1/openapi.json',
    headers: { host: new URL(ORIGIN).host },
  });
  document = served.json();
});

afterAll(() => house?.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );

/** Every schema in the document, with all that it is made of. */
function* schemasIn(schema: Json): Generator<Json> {
  yield schema;
  const many = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((list) =>
    Array.isArray(list) ? (list as Json[]) : [],
  );
  const named = Object.values((schema.properties ?? {}) as Record<string, Json>);
  const single = ['items', 'additionalProperties', 'propertyNames', 'not'].map(
    (key) => schema[key],
  );
  for (const part of [...many, ...named, ...single])
    if (typeof part === 'object' && part !== null) yield* schemasIn(part as Json);
}

function allSchemas(): Json[] {
  const roots = operations().flatMap(({ operation }) => [
    ...operation.parameters.map(({ schema }) => schema),
    ...Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema),
    ...Object.values(operation.responses).flatMap(({ content }) =>
      Object.values(content ?? {}).map(({ schema }) => schema),
    ),
  ]);
  // bytes have no schema
  return [...roots, ...Object.values(document.components.schemas)].flatMap((root) =>
    root ? [...schemasIn(root)] : [],
  );
}

describe('the OpenAPI document', () => {
  it('is the committed one', () => {
    expectCommitted('docs/openapi.json', `${JSON.stringify(document, null, 2)}\n`);
  });

  it('is served as JSON, with the version of the API', () => {
    expect(served.statusCode).toBe(200);
    expect(served.headers['content-type']).toMatch(/^application\/json/);
    expect(served.headers['api-version']).toBe(document.info.version);
  });

  it('says what OpenAPI 3.1 asks of every document', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info.version).toMatch(/^\d+\.\d+\.\d+$/);
    for (const field of ['title', 'description', 'license', 'contact'] as const)
      expect(document.info[field]).toBeTruthy();
    expect(document.servers).toEqual([{ url: '/api/v1' }]);
    const tags = document.tags.map(({ name }) => name);
    expect(new Set(tags).size).toBe(tags.length);
    for (const { operation } of operations())
      for (const tag of operation.tags) expect(tags).toContain(tag);
  });

  it('names every operation once, in words', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(ids.length).toBe(house.app.routes.length);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, operation } of operations()) {
      expect([path, METHODS.has(method)]).toEqual([path, true]);
      expect(path).toMatch(/^(\/[a-z-]+|\/\{[a-z]+\})+$/);
      expect([operation.operationId, operation.summary.length > 5]).toEqual([
        operation.operationId,
        true,
      ]);
      expect(operation.description ?? '').not.toMatch(/TODO|FIXME/);
    }
  });

  it('declares each parameter of a path, and each once', () => {
    for (const { path, operation } of operations()) {
      const inPath = [...path.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name).sort();
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path');
      expect([path, declared.map(({ name }) => name).sort()]).toEqual([path, inPath]);
      for (const parameter of declared) expect(parameter.required).toBe(true);
      const all = operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      expect(new Set(all).size).toBe(all.length);
      for (const parameter of operation.parameters) expect(parameter.schema).toBeTypeOf('object');
    }
  });

  it('resolves every reference and uses every component', () => {
    const text = JSON.stringify(document);
    const refs = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? '');
    expect(refs.length).toBeGreaterThan(100);
    for (const ref of new Set(refs)) {
      const found = ref
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document);
      expect([ref, typeof found]).toEqual([ref, 'object']);
    }
    for (const name of Object.keys(document.components.schemas))
      expect(refs).toContain(`#/components/schemas/${name}`);
    for (const { operation } of operations())
      for (const scheme of operation.security.flatMap((one) => Object.keys(one)))
        expect(document.components.securitySchemes).toHaveProperty(scheme);
  });

  it('has a problem for every refusal, and one for whoever may not', () => {
    const problem = { $ref: '#/components/schemas/Problem' };
    for (const { operation } of operations()) {
      const statuses = Object.keys(operation.responses);
      const success = statuses.filter((status) => status.startsWith('2'));
      expect([operation.operationId, success.length]).toEqual([operation.operationId, 1]);
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(response.description).toBeTruthy();
        if (/^[45]/.test(status))
          expect([operation.operationId, status, response.content]).toEqual([
            operation.operationId,
            status,
            { 'application/problem+json': { schema: problem } },
          ]);
      }
      expect(statuses).toEqual(expect.arrayContaining(['401', '403', '422', '503']));
    }
  });

  it('is made of schemas that OpenAPI 3.1 understands', () => {
    const schemas = allSchemas();
    expect(schemas.length).toBeGreaterThan(300);
    const unknown = schemas.flatMap((schema) =>
      Object.keys(schema).filter((key) => !KEYWORDS.has(key) && !key.startsWith('x-')),
    );
    expect([...new Set(unknown)]).toEqual([]);
    for (const schema of schemas) {
      if (schema.type === 'array') expect(schema).toHaveProperty('items');
      for (const name of (schema.required ?? []) as string[])
        expect(schema.properties).toHaveProperty(name);
    }
  });

  it('refuses unknown fields in every body', () => {
    for (const { operation } of operations()) {
      const body = operation.requestBody;
      if (!body) continue;
      const [type = '', ...others] = Object.keys(body.content);
      expect(others).toEqual([]);
      expect(['application/json', 'multipart/form-data']).toContain(type);
      const schema = body.content[type]?.schema ?? {};
      // a choice is closed in each of its kinds
      for (const kind of (schema.oneOf as Json[] | undefined) ?? [schema])
        expect(kind).toMatchObject({ type: 'object', additionalProperties: false });
    }
  });

  it('asks for a key wherever the same press must count once', () => {
    const keyed = operations()
      .filter(({ operation }) =>
        operation.parameters.some(({ name }) => name === 'Idempotency-Key'),
      )
      .map(({ operation }) => operation.operationId);
    expect(keyed.sort()).toEqual(
      house.app.routes.flatMap(({ contract }) => (contract.idempotent ? [contract.id] : [])).sort(),
    );
    expect(keyed).toContain('askQuestion');
  });
});
