import { migrate } from '@wijk/db/kernel';
import { DEMONSTRATION_WIJK, seedDemonstration } from '@wijk/db/seed';
import { systemClock } from '@wijk/domain/kernel';
import { openDatabase } from './database.ts';

export const help = `Brings the database up to date and fills the demonstration wijk: people, two hundred
questions and a desk with work on it. Where the wijk is there already, nothing changes.`;

/** Fills the demonstration wijk, once. */
export async function run(): Promise<void> {
  const database = await openDatabase({ create: true });
  try {
    await migrate(database.ownerUrl);
    await seedDemonstration(database.ownerUrl, { now: systemClock.now() });
    console.log(`The demonstration wijk '${DEMONSTRATION_WIJK.slug}' is there.`);
  } finally {
    await database.close();
  }
}
