import { systemClock } from '@wijk/domain/kernel';
import { CommandError } from './command-error.ts';
import { openDatabase, withClient } from './database.ts';

export const help = `Counts the work of all wijken: what waits for its moment, what is late (due for more than a
minute: is a worker running?) and what gave up after all its tries. Ends with 1 when anything is
late or gave up, so that a monitor can call it.`;

interface Queue {
  readonly name: string;
  readonly waiting: number;
  readonly late: number;
  readonly dead: number;
  readonly oldest: Date | null;
}

const lateAfterMs = 60_000;

/** One row per queue; the names are those of the admin page. */
const question = `
  SELECT name, (count(*) FILTER (WHERE waits))::int AS waiting,
    (count(*) FILTER (WHERE waits AND due_at < $1))::int AS late,
    (count(*) FILTER (WHERE dead))::int AS dead,
    min(due_at) FILTER (WHERE waits) AS oldest
  FROM (
    SELECT 'events' AS name, status = 'pending' AS waits, status = 'dead' AS dead, due_at
      FROM kernel.delivery WHERE status IN ('pending', 'dead')
    UNION ALL
    SELECT 'mail', status = 'pending', status = 'dead', due_at
      FROM notifications.mail WHERE status IN ('pending', 'dead')
    UNION ALL
    SELECT 'promise-steps', true, false, s.due_at FROM vraagbaak.promise_step s
      JOIN vraagbaak.promise p ON p.wijk_id = s.wijk_id AND p.question_id = s.question_id
      WHERE s.done_at IS NULL AND p.paused_at IS NULL AND p.cancelled_at IS NULL
        AND (p.kept_at IS NULL OR s.kind = 'overdue')
  ) AS work
  GROUP BY name`;

const queueNames = ['events', 'mail', 'promise-steps'];

/** Shows the work that waits, is late or gave up. */
export async function run([what]: string[]): Promise<void> {
  if (what !== 'status') throw new CommandError('It is: pnpm wijk jobs status');
  const database = await openDatabase({ create: false });
  try {
    const queues = await readQueues(database.ownerUrl);
    for (const line of table(queues)) console.log(line);
    if (queues.some((queue) => queue.late > 0 || queue.dead > 0)) process.exitCode = 1;
  } finally {
    await database.close();
  }
}

async function readQueues(ownerUrl: string): Promise<Queue[]> {
  const late = new Date(systemClock.now().getTime() - lateAfterMs);
  const found = await withClient(ownerUrl, async (client) => {
    try {
      return (await client.query<Queue>(question, [late])).rows;
    } catch (error) {
      if ((error as { code?: unknown }).code !== '42P01') throw error;
      throw new CommandError("The database has no tables yet; make them with 'pnpm wijk migrate'.");
    }
  });
  const empty = { waiting: 0, late: 0, dead: 0, oldest: null };
  return queueNames.map((name) => found.find((queue) => queue.name === name) ?? { name, ...empty });
}

function table(queues: readonly Queue[]): string[] {
  const rows = queues.map((queue) => [
    queue.name,
    String(queue.waiting),
    String(queue.late),
    String(queue.dead),
    queue.oldest?.toISOString() ?? '-',
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
