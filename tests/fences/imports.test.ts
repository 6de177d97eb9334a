import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Broken, imports, ROOT } from './cruise.ts';
import { RULES } from './rules.ts';

const HOUSE = ['apps/api/src', 'apps/web/src', 'packages', 'infra', 'tests'];

describe('who may import whom', () => {
  let house: Awaited<ReturnType<typeof imports>>;
  beforeAll(async () => {
    house = await imports(HOUSE, { planted: false });
  }, 60_000);

  it('is kept everywhere', () => {
    expect(house.broken.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`)).toEqual([]);
  });

  it('was looked at in every part of the house', () => {
    const counted = (pattern: RegExp) => house.looked.filter((path) => pattern.test(path)).length;
    expect(counted(/./)).toBeGreaterThan(200);
    for (const part of [
      /^apps\/api\/src\/modules\/.+\.ts$/,
      /^apps\/web\/src\/.+\.ts$/,
      /^apps\/web\/src\/.+\.svelte$/,
      /^packages\/domain\/src\//,
      /^packages\/contracts\/src\//,
      /^packages\/db\/src\//,
      /^packages\/auth\/src\//,
      /^packages\/i18n\/src\//,
      /^infra\//,
      /^tests\//,
    ])
      expect([String(part), counted(part)]).not.toEqual([String(part), 0]);
  });
});

describe('every rule reports its planted violation', () => {
  let broken: Broken[];
  beforeAll(async () => {
    ({ broken } = await imports(['tests/fences/planted'], { planted: true }));
  }, 60_000);

  it('and there is a planted violation for every rule', () => {
    const planted = readdirSync(join(ROOT, 'tests/fences/planted')).sort();
    expect(planted).toEqual(Object.keys(RULES).sort());
  });

  it.each(Object.keys(RULES))('%s', (rule) => {
    const here = broken.filter(({ from }) => from.startsWith(`tests/fences/planted/${rule}/`));
    expect(here.map((violation) => violation.rule)).toContain(rule);
  });

  it('also in a Svelte component', () => {
    expect(broken.filter(({ from }) => from.endsWith('.svelte'))).not.toEqual([]);
  });
});
