import { describe, expect, test } from 'vitest';
// @ts-expect-error plain JavaScript: it runs before anything is installed
import { countTests, lastLine } from './tally.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});
const all = { code: 0, all: true };

describe('countTests', () => {
  test('counts what passed, failed and was skipped', () => {
    const testResults = [
      file('failed', 'passed', 'failed'),
      file('passed', 'passed', 'pending', 'todo'),
    ];
    expect(countTests({ testResults }, { code: 1, all: true })).toEqual({
      passed: 2,
      failed: 1,
      skipped: 2,
    });
  });

  test('a file that could not be loaded is a failed test', () => {
    const testResults = [file('passed', 'passed'), file('failed')];
    expect(countTests({ testResults }, { code: 1, all: true })).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  test('a run that failed without a failed test is not green', () => {
    const testResults = [file('passed', 'passed')];
    expect(countTests({ testResults }, { code: 1, all: true }).failed).toBe(1);
    expect(countTests(undefined, all).failed).toBe(1);
  });

  test('a whole run without any test is not green, one for a part may be', () => {
    expect(countTests({ testResults: [] }, all).failed).toBe(1);
    expect(countTests({ testResults: [] }, { code: 0, all: false }).failed).toBe(0);
  });
});

test('the last line is the one that machines read', () => {
  expect(lastLine({ passed: 12, failed: 0, skipped: 1 })).toBe('12 passed, 0 failed, 1 skipped');
});
