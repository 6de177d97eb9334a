import { randomUUID } from 'node:crypto';
import type { Contract } from '@wijk/contracts';
import { ABILITIES, type Ability, type Audience, ROLES } from '@wijk/domain/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp, createFastify } from '../../apps/api/src/app.ts';
import { composeServices } from '../../apps/api/src/compose.ts';
import type { Declared } from '../../apps/api/src/http/route.ts';
import { type Guest, type House, ORIGIN, openHouse } from '../support/house.ts';
import { urlOf } from './routes.ts';
import { expectCommitted } from './snapshot.ts';

const AUDIENCES: readonly Audience[] = ['visitor', 'member', ...ROLES];
/** a platform admin in a wijk of which they are no member */
const STRANGER = 'platform-admin, no member';
type Caller = Audience | typeof STRANGER;
const CALLERS: readonly Caller[] = [...AUDIENCES, STRANGER];
type Verdict = 'yes' | '401' | '403';

let house: House;
const guests = new Map<Caller, Guest>();

beforeAll(async () => {
  house = await openHouse();
  guests.set('member', await house.guest('Gewone Buur'));
  for (const role of ROLES) guests.set(role, await house.guest(`Iemand ${role}`, [role]));
  guests.set(STRANGER, await house.platformAdmin('Beheer Van Alles'));
});

afterAll(() => house?.close());

/** A request with a session of its own: some operations end the session that they are given. */
async function knock(contract: Contract, audience: Caller, method: string = contract.method) {
  const { fastify } = house.app;
  const headers: Record<string, string> = {
    host: new URL(ORIGIN).host,
    origin: ORIGIN,
    'sec-fetch-site': 'same-origin',
    'idempotency-key': randomUUID(),
  };
  const guest = guests.get(audience);
  if (guest) {
    const { sessions, db } = house.services;
    const { setCookie } = await sessions.issue(db, guest.personId, { device: 'test' });
    headers.cookie = setCookie.split(';')[0] ?? '';
  }
  const url = urlOf(contract, house.wijk.slug);
  return fastify.inject({ method: method as 'GET', url, headers });
}

async function verdictOf(contract: Contract, audience: Caller): Promise<Verdict> {
  const response = await knock(contract, audience);
  const { code } = response.body.startsWith('{') ? (response.json() as { code?: string }) : {};
  if (code === 'kernel.unauthenticated') return '401';
  if (code === 'kernel.forbidden') return '403';
  expect([contract.id, audience, response.statusCode < 500]).toEqual([contract.id, audience, true]);
  return 'yes';
}

function expected({ policy }: Declared, audience: Caller): Verdict {
  if (policy.kind !== 'ability') return 'yes';
  const may: readonly Audience[] = ABILITIES[policy.ability];
  if (audience === STRANGER)
    return may.includes('visitor') || may.includes('platform-admin') ? 'yes' : '401';
  if (may.includes('visitor') || may.includes(audience)) return 'yes';
  if (audience === 'visitor') return '401';
  return may.includes('member') ? 'yes' : '403';
}

const SIGNS: Record<Verdict, string> = { yes: '●', '401': 'sign in', '403': '–' };
const HEAD = `# Who may call what

Made by \`tests/api/access-matrix.int.test.ts\` from the answers of the running API: every operation was
called by a visitor, by a member without a role, by somebody with each role, and by a platform admin who
is no member of the wijk. ● lets in, "sign in" is 401, – is 403. A role comes on top of being a member.
An operation's own rules (a question's visibility, being its asker) come after this.
`;

function tableOf(rows: readonly { declared: Declared; verdicts: Verdict[] }[]): string {
  const lines = rows.map(({ declared: { contract, policy }, verdicts }) => {
    const why =
      policy.kind === 'ability' ? `\`${policy.ability}\`` : `${policy.kind}: ${policy.why}`;
    const cells = verdicts.map((verdict) => SIGNS[verdict]).join(' | ');
    return `| \`${contract.method} ${contract.path.replace('/api/v1', '')}\` | ${contract.id} | ${why} | ${cells} |`;
  });
  const names = CALLERS.join(' | ');
  return `${HEAD}
| operation | name | policy | ${names} |
|---|---|---|${CALLERS.map(() => '---|').join('')}
${lines.join('\n')}
`;
}

describe('every route × every role', () => {
  it('lets in whom the table of abilities names, and nobody else', async () => {
    const { routes } = house.app;
    expect(routes.length).toBeGreaterThan(30);
    const rows: { declared: Declared; verdicts: Verdict[] }[] = [];
    for (const declared of routes) {
      const verdicts: Verdict[] = [];
      for (const audience of CALLERS) {
        const verdict = await verdictOf(declared.contract, audience);
        expect([declared.contract.id, audience, verdict]).toEqual([
          declared.contract.id,
          audience,
          expected(declared, audience),
        ]);
        verdicts.push(verdict);
      }
      rows.push({ declared, verdicts });
    }
    expectCommitted('docs/access-matrix.md', tableOf(rows));
  }, 180_000);

  it('has no ability that nobody holds, and no role that does not exist', () => {
    const known = new Set<string>(AUDIENCES);
    for (const [ability, audiences] of Object.entries(ABILITIES) as [
      Ability,
      readonly Audience[],
    ][]) {
      expect([ability, audiences.length > 0]).toEqual([ability, true]);
      expect([ability, audiences.filter((audience) => !known.has(audience))]).toEqual([
        ability,
        [],
      ]);
    }
  });

  it('answers HEAD as it answers GET', async () => {
    for (const { contract } of house.app.routes) {
      if (contract.method !== 'GET') continue;
      for (const audience of ['visitor', 'member'] as const) {
        const [get, head] = [
          await knock(contract, audience),
          await knock(contract, audience, 'HEAD'),
        ];
        expect([contract.id, head.statusCode]).toEqual([contract.id, get.statusCode]);
        expect(head.body).toBe('');
      }
    }
  });
});

/** What Fastify serves beside the declared operations. */
const WITHOUT_POLICY = [
  'GET /*',
  'GET /api/v1/openapi.json',
  'GET /live',
  'HEAD /*',
  'HEAD /api/v1/openapi.json',
  'HEAD /live',
  'POST /*',
  // the one press of RFC 8058, by its sealed token: apps/api/src/modules/notifications/one-click.ts
  'POST /afmelden/:token',
  'POST /w/:wijk/afmelden/:token',
];

describe('every route of Fastify', () => {
  it('was declared with a policy, but for those that are named here', async () => {
    const { config, db, log, secret, smtpUrl } = house.services;
    const fastify = createFastify(config);
    const served: string[] = [];
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) served.push(`${one} ${url}`);
    });
    const services = composeServices({ config, db, log, secret, smtpUrl });
    const app = await buildApp(fastify, services, (_req, res) => res.end());
    await fastify.ready();
    const declared = app.routes.flatMap(({ contract: { method, path } }) =>
      method === 'GET' ? [`GET ${path}`, `HEAD ${path}`] : [`${method} ${path}`],
    );
    await fastify.close();
    expect(served.filter((route) => !declared.includes(route)).sort()).toEqual(WITHOUT_POLICY);
    expect(declared.filter((route) => !served.includes(route))).toEqual([]);
    expect(new Set(app.routes.map(({ contract }) => contract.id)).size).toBe(app.routes.length);
  });

  it('is a contract of the package that the client is made of, and every contract is served', async () => {
    const contracts = Object.values<unknown>(await import('@wijk/contracts')).filter(
      (value): value is Contract =>
        typeof value === 'object' && value !== null && 'method' in value && 'path' in value,
    );
    const ids = (list: readonly Contract[]) => list.map(({ id }) => id).sort();
    expect(ids(house.app.routes.map(({ contract }) => contract))).toEqual(ids(contracts));
  });
});
