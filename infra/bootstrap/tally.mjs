/**
 * Counts the tests of a vitest run. Whatever makes the run fail counts as a failed test, also when
 * no single test did: a file that cannot be loaded, an error outside tests, no result at all, or a
 * whole run that found nothing to test.
 * @param {{ testResults?: { status: string, assertionResults: { status: string }[] }[] } | undefined} results
 * @param {{ code: number, all: boolean }} run exit code, and whether everything was asked for
 */
export function countTests(results, { code, all }) {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  for (const file of results?.testResults ?? []) {
    for (const test of file.assertionResults) {
      if (test.status === 'passed') tally.passed += 1;
      else if (test.status === 'failed') tally.failed += 1;
      else tally.skipped += 1;
    }
    const failedAlone =
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed');
    if (failedAlone) tally.failed += 1;
  }
  const nothingRan = all && tally.passed + tally.failed === 0;
  if (tally.failed === 0 && (code !== 0 || results === undefined || nothingRan)) tally.failed = 1;
  return tally;
}

/** @param {{ passed: number, failed: number, skipped: number }} tally */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
