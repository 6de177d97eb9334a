import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

interface Program {
  readonly path: string;
  readonly env: Record<string, string>;
}

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const macPrograms = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const args = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Letters and their edges look the same on every machine.
  '--font-render-hinting=none',
  // Containers give /dev/shm too little room.
  '--disable-dev-shm-usage',
];

/**
 * Starts a real Chromium: the one named by `CHROMIUM_PATH`, else one of this machine, else the one
 * from the npm package. Close it in `afterAll`.
 */
export async function launchBrowser(): Promise<Browser> {
  const program = findProgram();
  // Without the sandbox: root may not have one and only pages of our own are opened.
  return chromium.launch({
    executablePath: program.path,
    chromiumSandbox: false,
    args,
    env: { ...definedEnvironment(), ...program.env },
  });
}

function findProgram(): Program {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return { path: named, env: {} };
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const found = [...places, ...macPrograms].find((path) => existsSync(path) && answers(path, {}));
  return found === undefined ? packagedProgram() : { path: found, env: {} };
}

/** Some systems ship a placeholder of that name, so ask it. */
function answers(path: string, env: Record<string, string>): boolean {
  const options = { env: { ...definedEnvironment(), ...env }, timeout: 20_000 };
  return spawnSync(path, ['--version'], options).status === 0;
}

/** Unpacks once per version beside the installed packages; a half-unpacked one is never used. */
function packagedProgram(): Program {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const manifest = readFileSync(join(dirname(entry), '../package.json'), 'utf8');
  const version = createHash('sha256').update(manifest).digest('hex').slice(0, 12);
  const cache = fileURLToPath(new URL('../../node_modules/.cache/wijk', import.meta.url));
  const home = join(cache, `chromium-${version}`);
  if (!existsSync(home)) unpack(home);
  const env = { FONTCONFIG_PATH: join(home, 'fonts') };
  const path = join(home, 'chromium');
  if (answers(path, env)) return { path, env };
  // A bare system misses a few libraries, which come with the package.
  const libraries = { ...env, LD_LIBRARY_PATH: join(home, 'al2023/lib') };
  if (answers(path, libraries)) return { path, env: libraries };
  throw new Error('No Chromium runs on this machine; install one and name it with CHROMIUM_PATH.');
}

function unpack(home: string): void {
  const draft = `${home}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const script = fileURLToPath(new URL('./unpack-chromium.ts', import.meta.url));
  execFileSync(process.execPath, [script], { env: { ...definedEnvironment(), TMPDIR: draft } });
  try {
    renameSync(draft, home);
  } catch (error) {
    // Another process was quicker.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
