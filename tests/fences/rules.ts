import type { IForbiddenRuleType, IRegularForbiddenRuleType } from 'dependency-cruiser';

/**
 * Who may import whom (docs/architecture.md). Paths may stand below another folder, because every
 * rule is proved by a planted violation in `planted/<rule>/`, which mirrors the tree of the house.
 */
const top = '(?:^|/)';
const domain = `${top}packages/domain/src/`;
const db = `${top}packages/db/`;
const api = `${top}apps/api/src/`;
const web = `${top}apps/web/src/`;
const anyOfHouse = `${top}(?:apps/(?:api|web)|packages/(?:domain|contracts|db|auth|i18n|search)|infra/(?:backup|embedded|cli|bootstrap))/`;
const ofPackage = (name: string) => `(?:/node_modules/|^)${name}(?:/|$)`;
const tests = '\\.test\\.ts$|/test/';

interface Rule {
  comment: string;
  from: { path: string | string[]; pathNot?: string | string[] };
  to: IRegularForbiddenRuleType['to'];
}

export const RULES: Readonly<Record<string, Rule>> = {
  'domain-is-pure': {
    comment: 'The domain has no I/O: itself and calendar arithmetic only.',
    from: { path: domain, pathNot: tests },
    to: { path: '.', pathNot: [domain, ofPackage('temporal-polyfill')] },
  },
  'domain-modules-apart': {
    comment:
      'A module of the domain knows the kernel; the vraagbaak also the calendar of the wijk.',
    from: { path: `${domain}([^/]+)/` },
    to: {
      path: `${domain}[^/]+/`,
      pathNot: [`${domain}(?:$1|kernel)/`, `${domain}wijk/index.ts$`],
    },
  },
  'domain-wijk-for-vraagbaak-only': {
    comment: 'Of the domain, the vraagbaak alone computes with the calendar of the wijk.',
    from: { path: domain, pathNot: [`${domain}(?:vraagbaak|wijk)/`] },
    to: { path: `${domain}wijk/` },
  },
  'contracts-know-domain-only': {
    comment: 'Contracts are read by browsers too: domain and zod, nothing else.',
    from: { path: `${top}packages/contracts/src/`, pathNot: tests },
    to: { path: '.', pathNot: [`${top}packages/(?:contracts|domain)/src/`, ofPackage('zod')] },
  },
  'db-knows-domain-only': {
    comment: 'The database shelf imports no app and no other package of the house than the domain.',
    from: { path: db, pathNot: tests },
    to: { path: [anyOfHouse, `${top}tests/`], pathNot: [db, domain] },
  },
  'db-modules-meet-in-tables': {
    comment: 'Stores of two modules share foreign keys to identity and wijk, nothing else.',
    from: { path: `${db}src/([^/]+)/`, pathNot: tests },
    to: {
      path: `${db}src/[^/]+/`,
      pathNot: [`${db}src/(?:$1|kernel)/`, `${db}src/(?:identity|wijk)/tables.ts$`],
    },
  },
  'db-kernel-knows-no-module': {
    comment: 'The kernel of the database is below all modules.',
    from: { path: `${db}src/kernel/` },
    to: { path: [`${db}src/[^/]+/`, `${db}seed/`], pathNot: `${db}src/kernel/` },
  },
  'db-module-own-domain': {
    comment: 'A store speaks the words of its own module; roles and limits are those of identity.',
    from: { path: `${db}src/([^/]+)/`, pathNot: tests },
    to: { path: `${domain}[^/]+/`, pathNot: `${domain}(?:$1|kernel|identity)/` },
  },
  'seed-is-not-the-store': {
    comment: 'Invented content never reaches the stores.',
    from: { path: `${db}src/` },
    to: { path: `${db}seed/` },
  },
  'auth-knows-identity-only': {
    comment: 'Sessions need the tables of identity and nothing else of the house.',
    from: { path: `${top}packages/auth/src/`, pathNot: tests },
    to: {
      path: [anyOfHouse, `${top}tests/`],
      pathNot: [
        `${top}packages/auth/`,
        `${db}src/(?:identity|kernel)/`,
        `${domain}(?:identity|kernel)/`,
      ],
    },
  },
  'search-knows-domain-and-kernel': {
    comment:
      'The search has tables of its own and reads questions by its own rule of what is findable.',
    from: { path: `${top}packages/search/src/`, pathNot: tests },
    to: {
      path: [anyOfHouse, `${top}tests/`],
      pathNot: [`${top}packages/search/`, domain, `${db}src/kernel/`],
    },
  },
  'i18n-knows-domain-only': {
    comment: 'Words and dates know the domain.',
    from: { path: `${top}packages/i18n/src/`, pathNot: tests },
    to: { path: anyOfHouse, pathNot: [`${top}packages/i18n/`, domain] },
  },
  'lucia-in-auth-only': {
    comment: 'Lucia is finished software; one package hides it (docs/decisions).',
    from: { path: '.', pathNot: [`${top}packages/auth/src/`, 'node_modules'] },
    to: { path: ofPackage('lucia') },
  },
  'modules-by-their-door': {
    comment: 'A module of the API is entered by its index.ts.',
    from: { path: `${api}modules/([^/]+)/` },
    to: {
      path: `${api}modules/[^/]+/`,
      pathNot: [`${api}modules/$1/`, `${api}modules/[^/]+/index.ts$`],
    },
  },
  'modules-by-their-door-from-outside': {
    comment: 'Whatever composes the modules uses their doors as well.',
    from: {
      path: [`${top}apps/`, `${top}packages/`, `${top}infra/`, `${top}tests/`],
      pathNot: `${api}modules/`,
    },
    to: { path: `${api}modules/[^/]+/`, pathNot: `${api}modules/[^/]+/index.ts$` },
  },
  'modules-use-their-own-shelf': {
    comment:
      "A module reads and writes its own tables; a neighbour's through the neighbour's door.",
    from: { path: `${api}modules/([^/]+)/`, pathNot: tests },
    to: { path: `${db}src/[^/]+/`, pathNot: `${db}src/(?:$1|kernel)/` },
  },
  'http-knows-no-module': {
    comment: 'The HTTP layer is below the modules: types only.',
    from: { path: `${api}http/` },
    to: { path: `${api}(?:modules|jobs)/`, dependencyTypesNot: ['type-only'] },
  },
  'web-knows-contracts-only': {
    comment: 'Pages reach data through the API: contracts, words and pure helpers only.',
    from: { path: web, pathNot: tests },
    to: {
      path: [anyOfHouse, `${top}tests/`, ofPackage('(?:pg|drizzle-orm|fastify|nodemailer)')],
      pathNot: [`${top}apps/web/`, `${top}packages/(?:contracts|i18n|domain)/src/`],
    },
  },
  'embedded-stands-alone': {
    comment: 'The embedded database can be lifted out: it imports nothing of the house.',
    from: { path: `${top}infra/embedded/`, pathNot: tests },
    to: { path: [anyOfHouse, `${top}tests/`], pathNot: `${top}infra/embedded/` },
  },
  'packages-know-no-app': {
    comment: 'Packages are below the apps.',
    from: { path: `${top}packages/`, pathNot: tests },
    to: { path: `${top}apps/` },
  },
  'source-imports-no-tests': {
    comment: 'What is built does not contain tests.',
    from: { path: [`${top}apps/`, `${top}packages/`, `${top}infra/`], pathNot: tests },
    to: { path: [`${top}tests/(?!fences/planted)`, '\\.test\\.ts$'] },
  },
  'no-cycles-in-packages': {
    comment: 'Two files that need each other are one idea in two places.',
    from: { path: `${top}packages/` },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  'everything-resolves': {
    comment: 'An import that is not found is an import that no rule above can judge.',
    // the bare page of the benchmarks is a project of its own
    from: { path: '.', pathNot: '^tests/bench/bare-page/' },
    // made by the build of the pages
    to: { couldNotResolve: true, pathNot: ['^\\$app/', '/\\$types$', '^lucia$'] },
  },
};

export const FORBIDDEN: IForbiddenRuleType[] = Object.entries(RULES).map(([name, rule]) => ({
  name,
  severity: 'error',
  ...rule,
}));
