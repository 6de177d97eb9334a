import { connect, type Database } from '@wijk/db/kernel';
import { inSnapshot, verifyBook } from '@wijk/db/ledger';
import { findWrongDay, readPublished } from '@wijk/db/wallet';
import { findingText } from '@wijk/i18n';
import { CommandError } from './command-error.ts';
import { openDatabase, withClient } from './database.ts';

export const help = `Reads the book of wijk-credits through from its first entry to its last, also while the
application runs: hashes, the chain of blocks, numbers, balances, sums, reservations and counters, every
daily statement that was published, and what was added up for the figures. Changes nothing. Names the first that is broken and ends with 1 then.

--wijk <slug>  one wijk only`;

/** Verifies the books of all wijken, or of one. */
export async function run([what]: string[], { wijk }: { wijk?: string }): Promise<void> {
  if (what !== 'verify') throw new CommandError('It is: pnpm wijk ledger verify [--wijk <slug>]');
  const database = await openDatabase({ create: false });
  try {
    // one clear sentence when the server cannot be reached, before the pool tries
    await withClient(database.ownerUrl, async () => undefined);
    const db = connect({
      url: database.ownerUrl,
      max: 1,
      // the book has another owner; what reads it needs no more than the application may
      role: 'wijk_app',
      applicationName: 'wijk ledger verify',
    });
    try {
      await verifyAll(db, wijk);
    } finally {
      await db.$client.end();
    }
  } finally {
    await database.close();
  }
}

async function verifyAll(db: Database, only: string | undefined): Promise<void> {
  // all that have rows, however far their set-up is
  const { rows: all } = await db.$client.query<{ id: string; slug: string }>(
    'select id, slug from wijk.wijk order by slug',
  );
  const wijken = only === undefined ? all : all.filter(({ slug }) => slug === only);
  if (wijken.length === 0)
    throw new CommandError(
      only === undefined
        ? 'There is no wijk yet.'
        : `There is no wijk '${only}'; there are ${all.map(({ slug }) => slug).join(', ')}.`,
    );
  for (const { id, slug } of wijken) {
    const started = performance.now();
    const verdict = await inSnapshot(db, async (tx) =>
      verifyBook(tx, id, await readPublished(tx, id), await findWrongDay(tx, id)),
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const { accounts, transfers, entries, blocks, head } = verdict;
    console.log(
      `${slug}: ${accounts} accounts, ${transfers} transfers, ${entries} entries, ${blocks} blocks, read in ${seconds} s.`,
    );
    if (head) console.log(`  Head of the chain: ${head}`);
    if (!verdict.broken) {
      console.log('  In order.');
      continue;
    }
    console.log(
      `  BROKEN, ${verdict.findings} findings. The first: ${findingText('en', verdict.broken)}`,
    );
    process.exitCode = 1;
  }
}
