import { Spectral } from '@stoplight/spectral-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEVIATIONS, designRules } from './api-rules/ruleset.ts';
import { textOf } from './files.ts';

type Json = { [key: string]: Json & unknown };

/** The NL GOV API Design Rules over the committed document, each proved by a planted violation. */

const text = textOf('docs/openapi.json');
const spectral = new Spectral();
let broken: Map<string, string[]>;

/** rule → where it is broken */
async function lint(document: unknown): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { code, path, message } of await spectral.run(document as Record<string, unknown>))
    found.set(String(code), [...(found.get(String(code)) ?? []), `${path.join('.')}: ${message}`]);
  return found;
}

beforeAll(async () => {
  spectral.setRuleset(designRules);
  broken = await lint(JSON.parse(text));
});

describe('the API', () => {
  it('keeps the design rules, but for what it departs from knowingly', () => {
    const kept = [...broken].filter(([code]) => !(code in DEVIATIONS));
    expect(kept.map(([code, where]) => [code, where.length, where[0]])).toEqual([]);
  });

  it('departs from no rule that it keeps by now, and says so in the decision', () => {
    const decision = textOf('docs/decisions/0002-english-names.md');
    for (const code of Object.keys(DEVIATIONS)) {
      expect([code, broken.has(code)]).toEqual([code, true]);
      expect(decision).toContain(`\`${code}\``);
    }
  });
});

/** A small document that keeps every rule. */
const right = (): Json =>
  JSON.parse(`{
    "openapi": "3.1.0",
    "info": { "title": "t", "version": "1.2.3", "contact": { "name": "n", "email": "a@b.example", "url": "https://b.example" } },
    "servers": [{ "url": "https://b.example/api/v1" }],
    "paths": { "/things/{thing}": { "get": {
      "operationId": "readThing", "summary": "Read a thing",
      "parameters": [
        { "name": "thing", "in": "path", "required": true, "schema": { "type": "string" } },
        { "name": "sortBy", "in": "query", "schema": { "type": "string", "format": "date-time" } }],
      "responses": {
        "200": { "description": "d", "headers": { "API-Version": { "schema": { "type": "string" } } } },
        "404": { "description": "d", "headers": { "API-Version": { "schema": { "type": "string" } } },
          "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } } } } } },
    "components": { "schemas": { "Problem": { "type": "object", "properties": {
      "status": { "type": "integer" }, "title": { "type": "string" }, "detail": { "type": "string" } } } } }
  }`);

const operation = (document: Json) => document.paths?.['/things/{thing}']?.get as Json;
const moved = (document: Json, path: string) => {
  const paths = document.paths as Record<string, unknown>;
  paths[path] = paths['/things/{thing}'];
  delete paths['/things/{thing}'];
};
const put = (at: unknown, key: string, value: unknown) => {
  (at as Record<string, unknown>)[key] = value;
};

const PLANTED: Record<string, (document: Json) => void> = {
  'oas3-schema': (d) => put(operation(d), 'responses', []),
  'path-params': (d) => moved(d, '/things/{other}'),
  'operation-operationId-unique': (d) =>
    put(d.paths, '/more', { get: { ...operation(d), parameters: [] } }),
  'openapi-3': (d) => put(d, 'openapi', '4.0.0'),
  'doc-openapi-contact': (d) => put(d.info?.contact, 'email', ''),
  semver: (d) => put(d.info, 'version', '1.2'),
  'uri-version': (d) => put(d, 'servers', [{ url: '/api' }]),
  'no-trailing-slash': (d) => moved(d, '/things/{thing}/'),
  'path-segments-kebab-case': (d) => moved(d, '/allThings/{thing}'),
  'query-keys-camel-case': (d) => put(operation(d).parameters?.[1], 'name', 'sort-by'),
  'http-methods': (d) => put(d.paths?.['/things/{thing}'], 'trace', operation(d)),
  'get-without-body': (d) => put(operation(d), 'requestBody', { content: {} }),
  'problem-details': (d) =>
    put(operation(d).responses?.['404'], 'content', { 'application/json': {} }),
  'problem-details-fields': (d) =>
    put(d.components?.schemas?.Problem, 'properties', { status: {} }),
  'invalid-input': (d) => put(operation(d).responses, '422', operation(d).responses?.['404']),
  'version-header': (d) => put(operation(d).responses?.['200'], 'headers', {}),
  'date-time': (d) => put(operation(d).parameters?.[1]?.schema, 'format', 'time'),
  documented: (d) => put(operation(d), 'summary', ''),
};

describe('every rule', () => {
  it('has a planted violation, and a document that keeps them all passes', async () => {
    expect(Object.keys(PLANTED).sort()).toEqual(Object.keys(designRules.rules).sort());
    expect([...(await lint(right())).keys()]).toEqual([]);
  });

  it.each(Object.entries(PLANTED))('%s finds what is planted', async (code, plant) => {
    const document = right();
    plant(document);
    expect([...(await lint(document)).keys()]).toContain(code);
  });
});
