import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWeb } from './build-web.mjs';
import { environmentFor, runChild } from './child.mjs';
import { root } from './root.mjs';
import { countTests, lastLine } from './tally.mjs';

// Everything that must hold before a change lands. `npm test -- <arguments>` passes them on to
// vitest, for example `--project unit` or the name of a file.
const node = process.execPath;
const env = environmentFor(node);
const args = process.argv.slice(2);
const web = join(root, 'apps/web');
const webTool = (path) => join(web, 'node_modules', path);

const checks = await Promise.all([
  check('lint', () =>
    quiet(join(root, 'node_modules/.bin/biome'), ['check', '--log-level=warn'], root),
  ),
  check('types', () =>
    quiet(node, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json'], root),
  ),
  pages(),
]);
section('tests');
const tests = await runTests();
const total = { passed: tests.passed, failed: tests.failed, skipped: tests.skipped };
for (const passed of checks.flat()) total[passed ? 'passed' : 'failed'] += 1;
console.log(lastLine(total));
process.exitCode = total.failed === 0 ? 0 : 1;

/** Build, then types of the pages: both write `.svelte-kit`, so not at once. */
async function pages() {
  const built = await check('pages: build', async () => {
    await buildWeb(node);
    return { ok: true, output: '' };
  });
  const typed = await check('pages: types', async () => {
    const sync = await quiet(node, [webTool('@sveltejs/kit/svelte-kit.js'), 'sync'], web);
    if (!sync.ok) return sync;
    const options = ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'];
    return quiet(node, [webTool('svelte-check/bin/svelte-check'), ...options], web);
  });
  return [built, typed];
}

/** Runs one check and shows its output when it fails. */
async function check(name, work) {
  const from = performance.now();
  const { ok, output } = await work().catch((error) => ({
    ok: false,
    output: String(error.sentence ?? error.stack),
  }));
  section(
    `${name}: ${ok ? 'passed' : 'FAILED'} in ${((performance.now() - from) / 1000).toFixed(1)} s`,
  );
  if (!ok) console.log(output.trim());
  return ok;
}

function section(title) {
  console.log(`\n== ${title}`);
}

/** Runs a program and keeps what it says. */
function quiet(program, programArgs, cwd) {
  return new Promise((resolve) => {
    const child = spawn(program, programArgs, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (text) => {
      output += text;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'wijk-results-'));
  const file = join(folder, 'results.json');
  try {
    const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--silent=passed-only'];
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const code = await runChild(node, [...vitest, ...reporters, ...args], { env });
    return countTests(readResults(file), { code, all: args.length === 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
