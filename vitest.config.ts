import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const webLibrary = fileURLToPath(new URL('./apps/web/src/lib', import.meta.url));
const everywhere = ['**/node_modules/**', '**/build/**', '**/.svelte-kit/**'];

// Limits are for what hangs: a machine with other things to do is slow, and that is no fault of the code.

/** Whole applications, browsers and processes being killed: after the rest, and not too many at once. */
const alone = (groupOrder: number) => ({
  fileParallelism: false,
  maxWorkers: 1,
  testTimeout: 150_000,
  hookTimeout: 180_000,
  sequence: { groupOrder },
});

const together = {
  maxWorkers: Math.max(2, availableParallelism()),
  testTimeout: 60_000,
  hookTimeout: 120_000,
  sequence: { groupOrder: 0 },
};

export default defineConfig({
  test: {
    passWithNoTests: true,
    // Only what is slow for a whole application is worth a line of its own.
    slowTestThreshold: 10_000,
    projects: [
      {
        resolve: { alias: { $lib: webLibrary } },
        test: {
          ...together,
          name: 'unit',
          include: ['packages/**/*.test.ts', 'apps/**/src/**/*.test.ts', 'infra/**/*.test.ts'],
          exclude: [...everywhere, '**/*.int.test.ts'],
        },
      },
      {
        test: {
          ...together,
          name: 'integration',
          include: ['**/*.int.test.ts'],
          exclude: everywhere,
          globalSetup: ['./tests/support/cluster.ts'],
        },
      },
      {
        test: {
          ...together,
          name: 'fences',
          include: ['tests/fences/**/*.test.ts'],
          exclude: everywhere,
        },
      },
      {
        test: {
          ...alone(1),
          // a browser waits more than it works: two at once on two cores take little more than one
          fileParallelism: true,
          maxWorkers: 2,
          name: 'journeys',
          include: ['tests/e2e/**/*.test.ts', 'tests/support/browser.test.ts'],
          exclude: everywhere,
        },
      },
      {
        test: {
          ...alone(2),
          // they wait for moments that come, and for what a killed process left behind
          fileParallelism: true,
          maxWorkers: 2,
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          exclude: everywhere,
        },
      },
    ],
  },
});
