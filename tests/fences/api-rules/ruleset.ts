// biome-ignore-all lint/suspicious/noThenProperty: a rule of Spectral says `then`
import type { RulesetDefinition } from '@stoplight/spectral-core';
import functions from '@stoplight/spectral-functions';
import rulesets from '@stoplight/spectral-rulesets';

const { pattern, truthy, schema } = functions;
const REFUSALS = '$.paths[*][*].responses[?(@property.match(/^[45]/))]';
const OPERATIONS = '$.paths[*][get,put,post,delete,patch]';

/**
 * The NL GOV API Design Rules 2.2, as far as a document can show them, in rules of our own: the
 * official set is not served by the registry. Names are those of the rules. `oas` contributes what any
 * OpenAPI document must be.
 */
export const designRules = {
  extends: [[rulesets.oas as RulesetDefinition, 'off']],
  rules: {
    'oas3-schema': 'error',
    'path-params': 'error',
    'operation-operationId-unique': 'error',
    'openapi-3': {
      description: '/core/doc-openapi: OpenAPI 3',
      severity: 'error',
      given: '$',
      then: { field: 'openapi', function: pattern, functionOptions: { match: '^3\\.' } },
    },
    'doc-openapi-contact': {
      description: '/core/doc-openapi-contact: name, e-mail address and url',
      severity: 'error',
      given: '$.info',
      then: ['name', 'email', 'url'].map((field) => ({
        field: `contact.${field}`,
        function: truthy,
      })),
    },
    semver: {
      description: '/core/semver: the version is major.minor.patch',
      severity: 'error',
      given: '$.info.version',
      then: { function: pattern, functionOptions: { match: '^\\d+\\.\\d+\\.\\d+$' } },
    },
    'uri-version': {
      description: '/core/uri-version: the major version is in the address of the server',
      severity: 'error',
      given: '$.servers[*].url',
      then: { function: pattern, functionOptions: { match: '/v\\d+$' } },
    },
    'no-trailing-slash': {
      description: '/core/no-trailing-slash',
      severity: 'error',
      given: '$.paths[*]~',
      then: { function: pattern, functionOptions: { notMatch: '.+/$' } },
    },
    'path-segments-kebab-case': {
      description: '/core/path-segments-kebab-case: lower case, digits and hyphens, no extension',
      severity: 'error',
      given: '$.paths[*]~',
      then: {
        function: pattern,
        functionOptions: { match: '^(/(_?[a-z0-9]+(-[a-z0-9]+)*|\\{[A-Za-z]+\\}))+$' },
      },
    },
    'query-keys-camel-case': {
      description: '/core/query-keys-camel-case',
      severity: 'error',
      given: '$.paths[*][*].parameters[?(@.in == "query")].name',
      then: { function: pattern, functionOptions: { match: '^[a-z][A-Za-z0-9]*$' } },
    },
    'http-methods': {
      description: '/core/http-methods: only those of RFC 9110 and PATCH',
      severity: 'error',
      given: '$.paths[*][*]~',
      then: {
        function: pattern,
        functionOptions: { match: '^(get|put|post|delete|patch|head|options|parameters|summary)$' },
      },
    },
    'get-without-body': {
      description: '/core/http-safety: a safe method takes no body',
      severity: 'error',
      given: '$.paths[*].get',
      then: { field: 'requestBody', function: functions.falsy },
    },
    'problem-details': {
      description: '/error-handling/problem-details: every refusal is application/problem+json',
      severity: 'error',
      given: `${REFUSALS}.content`,
      then: {
        function: schema,
        functionOptions: {
          schema: { type: 'object', required: ['application/problem+json'], maxProperties: 1 },
        },
      },
    },
    'problem-details-fields': {
      description: '/error-handling/problem-details: with status, title and detail',
      severity: 'error',
      given: '$.components.schemas.Problem.properties',
      then: ['status', 'title', 'detail'].map((field) => ({ field, function: truthy })),
    },
    'invalid-input': {
      description: '/error-handling/invalid-input: 400, not 422',
      severity: 'error',
      given: '$.paths[*][*].responses[422]',
      then: { function: functions.falsy },
    },
    'version-header': {
      description: '/core/version-header: API-Version on every response',
      severity: 'error',
      given: '$.paths[*][*].responses[*]',
      then: { field: 'headers.API-Version', function: truthy },
    },
    'date-time': {
      description: '/date-time/format: no bare times; date-time or date',
      severity: 'error',
      given: '$..[?(@property === "format")]',
      then: { function: pattern, functionOptions: { notMatch: '^time$' } },
    },
    documented: {
      description: '/core/doc-openapi: every operation says what it is for',
      severity: 'error',
      given: OPERATIONS,
      then: ['operationId', 'summary'].map((field) => ({ field, function: truthy })),
    },
  },
} satisfies RulesetDefinition;

/** Where the document knowingly departs from a rule, and why; docs/decisions/0002-english-names.md. */
export const DEVIATIONS: Readonly<Record<string, string>> = {
  'invalid-input':
    'fields at fault are answered with 422, so that a client tells them from a request that cannot be read (400)',
};
