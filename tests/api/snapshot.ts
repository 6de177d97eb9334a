import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** Compares with a committed file; `UPDATE_SNAPSHOTS=1` writes it anew. */
export function expectCommitted(path: string, text: string): void {
  const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  if (process.env.UPDATE_SNAPSHOTS === '1') writeFileSync(file, text);
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  expect(committed, `${path} is not up to date: run the tests with UPDATE_SNAPSHOTS=1`).toBe(text);
}
