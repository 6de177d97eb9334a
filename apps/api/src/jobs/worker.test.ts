import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Services } from '../services.ts';
import { type NamedJob, Worker } from './worker.ts';

let worker: Worker | undefined;
afterEach(() => worker?.stop());

function start(job: Omit<NamedJob, 'name'>, poolSize = 12): Worker {
  const services = { config: { poolSize }, log: { error: () => {} } } as unknown as Services;
  worker = new Worker(services, [{ name: 'test', ...job }]);
  worker.start();
  return worker;
}

/** So much work, each piece taking a moment; tells how many were done at the same time at most. */
function heap(pieces: number) {
  const seen = { left: pieces, looks: 0, atOnce: 0, most: 0 };
  const run = async () => {
    seen.looks += 1;
    await pause(1);
    if (seen.left === 0) return false;
    seen.left -= 1;
    seen.atOnce += 1;
    seen.most = Math.max(seen.most, seen.atOnce);
    await pause(10);
    seen.atOnce -= 1;
    return true;
  };
  return { seen, run };
}

test('a job has one lane unless it says more', async () => {
  const { seen, run } = heap(5);
  start({ run });
  await pause(150);
  expect(seen).toMatchObject({ left: 0, most: 1 });
});

test('lanes share the work, and take no more than a third of the connections', async () => {
  const { seen, run } = heap(40);
  start({ run, lanes: 8 });
  await pause(400);
  expect(seen).toMatchObject({ left: 0, most: 4 });
});

test('with few connections there is one lane still', async () => {
  const { seen, run } = heap(3);
  start({ run, lanes: 4 }, 2);
  await pause(150);
  expect(seen).toMatchObject({ left: 0, most: 1 });
});

test('a hint rouses one lane, and the next only when there was work', async () => {
  const { seen, run } = heap(0);
  const lanes = start({ run, lanes: 4 });
  await pause(50);
  seen.looks = 0;
  lanes.wake();
  await pause(50);
  expect(seen.looks).toBe(1);
  seen.left = 1;
  lanes.wake();
  await pause(100);
  // the piece, a look of that lane after it, and one of the lane that it roused
  expect(seen).toMatchObject({ left: 0, looks: 4 });
});

test('a lane that fails rests, and the others go on', async () => {
  const { seen, run } = heap(6);
  let failures = 1;
  start({
    lanes: 2,
    run: async () => {
      failures -= 1;
      if (failures >= 0) throw new Error('no');
      return run();
    },
  });
  await pause(250);
  expect(seen.left).toBe(0);
});
