import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

const TOP = 40;

/** Where the time went, by package and by function, of every profile in a folder. */
export function summariseProfiles(folder: string): string {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => `${name}\n${summarise(readFileSync(join(folder, name), 'utf8'))}`)
    .join('\n\n');
}

function summarise(text: string): string {
  const { nodes, samples, timeDeltas } = JSON.parse(text) as Profile;
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const byPlace = new Map<string, number>();
  const byFunction = new Map<string, number>();
  let busy = 0;
  for (const [n, id] of samples.entries()) {
    const frame = frames.get(id);
    const time = timeDeltas[n] ?? 0;
    if (!frame || frame.functionName === '(idle)' || frame.functionName === '(program)') continue;
    busy += time;
    const place = placeOf(frame.url) || frame.functionName;
    add(byPlace, place, time);
    add(
      byFunction,
      `${frame.functionName || '(anonymous)'} ${place}:${frame.lineNumber + 1}`,
      time,
    );
  }
  const list = (map: Map<string, number>) =>
    [...map]
      .sort(([, a], [, b]) => b - a)
      .slice(0, TOP)
      .map(([name, time]) => `${((100 * time) / busy).toFixed(1).padStart(6)} %  ${name}`)
      .join('\n');
  return `${Math.round(busy / 1000)} ms busy\n\n${list(byPlace)}\n\n${list(byFunction)}`;
}

/** The package, or the file of the house; a chunk of the pages keeps its name. */
function placeOf(url: string): string {
  const packages = url.split('/node_modules/').at(-1);
  if (url.includes('/node_modules/') && packages !== undefined)
    return packages
      .split('/')
      .slice(0, packages.startsWith('@') ? 2 : 1)
      .join('/');
  return url.replace(/^file:\/\/.*?\/(?=(apps|packages|infra)\/)/, '');
}

function add(map: Map<string, number>, key: string, time: number): void {
  map.set(key, (map.get(key) ?? 0) + time);
}
