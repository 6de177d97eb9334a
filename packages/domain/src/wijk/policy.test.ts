import { expect, it } from 'vitest';
import { DomainError } from '../kernel/index.ts';
import { DEFAULT_POLICY, type PromisePolicy, validatePolicy } from './policy.ts';

function faults(policy: PromisePolicy): string[] {
  try {
    validatePolicy(policy);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.errors.map((e) => `${e.pointer} ${e.code}`);
  }
}

it('promises an answer within one day by default, with five steps', () => {
  expect(DEFAULT_POLICY).toMatchObject({ mode: 'elapsed', termMinutes: 1440 });
  expect(DEFAULT_POLICY.steps.map((s) => s.atPercent)).toEqual([30, 50, 75, 90, 100]);
  expect(faults(DEFAULT_POLICY)).toEqual([]);
});

it('refuses an unsound policy with every fault at once', () => {
  expect(
    faults({
      version: 0,
      mode: 'sometimes' as PromisePolicy['mode'],
      termMinutes: 29,
      steps: [
        { kind: 'remind-assignee', atPercent: 50 },
        { kind: 'remind-assignee', atPercent: 40 },
        { kind: 'alert-editors', atPercent: 100.5 },
      ],
    }),
  ).toEqual([
    'version too-small',
    'mode invalid-choice',
    'termMinutes too-small',
    'steps.1.kind duplicate',
    'steps.1.atPercent not-in-order',
    'steps.2.atPercent not-a-percentage',
    'steps overdue-missing',
  ]);
  expect(faults({ ...DEFAULT_POLICY, termMinutes: 43_201 })).toEqual(['termMinutes too-large']);
  expect(faults({ ...DEFAULT_POLICY, steps: [{ kind: 'overdue', atPercent: 99 }] })).toEqual([
    'steps.0.atPercent overdue-at-hundred',
  ]);
});
