import { setTimeout as pause } from 'node:timers/promises';
import { memoryMb } from '../machine.ts';
import type { Row } from '../row.ts';
import type { Stage } from '../stage.ts';
import { pagePaths } from './page.ts';

const REST_MS = 10_000;
const LOAD_SECONDS = 5;

/** Memory of the process at rest, and after all the loads before this figure, beside the bare one. */
export async function memory(stage: Stage): Promise<Row[]> {
  const { connections, sizes } = stage.options;
  const site = await stage.site(sizes.at(-1) ?? 0);
  const bare = await stage.bare();
  const loads = [
    { url: bare.url, paths: ['/'] },
    { url: site.app.url, paths: pagePaths(site) },
  ];
  for (const load of loads)
    await stage.load.run({ kind: 'get', headers: {}, connections, seconds: LOAD_SECONDS, ...load });
  await site.settle();
  await pause(REST_MS);
  const after = memoryMb(site.app.pid);
  const afterBare = memoryMb(bare.pid);
  const row = (what: string, value: number, base?: { mb: number; name: string }): Row => ({
    figure: 'memory',
    what,
    value,
    unit: 'MB',
    ...(base ? { ratio: value / base.mb, against: base.name } : {}),
  });
  return [
    row('bare server at rest', bare.idleMb),
    row('bare server after the loads', afterBare.now),
    row('application at rest', site.idleMb, { mb: bare.idleMb, name: 'bare server at rest' }),
    {
      ...row('application after the loads', after.now, {
        mb: afterBare.now,
        name: 'bare server after the loads',
      }),
      note: `${Math.round(after.peak)} MB at most`,
    },
  ];
}
