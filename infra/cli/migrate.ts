import { migrate } from '@wijk/db/kernel';
import { openDatabase } from './database.ts';

export const help = `Applies the migrations that the database does not have yet, in one line and forward only.
Running it again changes nothing. The application does the same at every start.`;

/** Brings the database up to date. */
export async function run(): Promise<void> {
  const database = await openDatabase({ create: true });
  try {
    await migrate(database.ownerUrl);
    console.log('The database is up to date.');
  } finally {
    await database.close();
  }
}
