import { connect, sqlState } from '@wijk/db/kernel';
import { type QueueRow, readQueues } from '@wijk/db/operation';
import { systemClock } from '@wijk/domain/kernel';
import { CommandError } from './command-error.ts';
import { openDatabase, withClient } from './database.ts';

export const help = `Counts the work of all wijken: what waits for its moment, what is late (due for more than a
minute: is a worker running?) and what gave up after all its tries. Ends with 1 when anything is
late or gave up, so that a monitor can call it.`;

const lateAfterMs = 60_000;

/** Shows the work that waits, is late or gave up. */
export async function run([what]: string[]): Promise<void> {
  if (what !== 'status') throw new CommandError('It is: pnpm wijk jobs status');
  const database = await openDatabase({ create: false });
  try {
    const queues = await countWork(database.ownerUrl);
    for (const line of table(queues)) console.log(line);
    if (queues.some((queue) => queue.late > 0 || queue.dead > 0)) process.exitCode = 1;
  } finally {
    await database.close();
  }
}

async function countWork(ownerUrl: string): Promise<QueueRow[]> {
  // one clear sentence when the server cannot be reached, before the pool tries
  await withClient(ownerUrl, async () => undefined);
  const db = connect({ url: ownerUrl, max: 1, applicationName: 'wijk jobs' });
  try {
    return await readQueues(db, null, new Date(systemClock.now().getTime() - lateAfterMs));
  } catch (error) {
    if (sqlState(error) !== '42P01') throw error;
    throw new CommandError("The database has no tables yet; make them with 'pnpm wijk migrate'.");
  } finally {
    await db.$client.end();
  }
}

function table(queues: readonly QueueRow[]): string[] {
  const rows = queues.map((queue) => [
    queue.name,
    String(queue.waiting),
    String(queue.late),
    String(queue.dead),
    queue.oldestDueAt?.toISOString() ?? '-',
  ]);
  const all = [['queue', 'waiting', 'late', 'gave up', 'oldest due'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
