import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { FORBIDDEN } from './rules.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const PLANTED = '^tests/fences/planted/';

export interface Broken {
  rule: string;
  from: string;
  to: string;
}

/** Looks at the imports of these folders and says which rules they break. */
export async function imports(
  folders: string[],
  { planted }: { planted: boolean },
): Promise<{ broken: Broken[]; looked: string[] }> {
  const { output } = await cruise(folders, {
    baseDir: ROOT,
    validate: true,
    ruleSet: { forbidden: FORBIDDEN },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)(build|\\.svelte-kit)/', ...(planted ? [] : [PLANTED])] },
    // type imports count: a module that knows another's types knows the other module
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
    },
  });
  const { modules, summary } = output as ICruiseResult;
  return {
    broken: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    looked: modules.map(({ source }) => source).filter((source) => !/node_modules/.test(source)),
  };
}
