import { connect, inTransaction, violatedConstraint } from '@wijk/db/kernel';
import { createWijk } from '@wijk/db/seed';
import { systemClock } from '@wijk/domain/kernel';
import { CommandError } from './command-error.ts';
import { openDatabase, withClient } from './database.ts';

export const help = `Makes a wijk that can be asked from then on: sixteen themes, open on weekdays from 9 to 17, and an
answer promised within 24 hours. The slug is its place in addresses: small letters, digits and
hyphens, at most 40. Give somebody the roles editor and admin next, with grant-role.`;

/** Makes a wijk of one's own. */
export async function run(words: string[]): Promise<void> {
  const [slug = '', name = ''] = words;
  if (!/^[a-z0-9-]{1,40}$/.test(slug))
    throw new CommandError(`'${slug}' is no slug: small letters, digits and hyphens, at most 40.`);
  if (name.trim().length < 2 || name.length > 80)
    throw new CommandError('The name of a wijk has 2 to 80 characters.');
  const database = await openDatabase({ create: false });
  try {
    await withClient(database.ownerUrl, async () => undefined);
    await store(database.ownerUrl, slug, name.trim());
    console.log(`The wijk '${slug}' is there: ${name.trim()}.`);
  } finally {
    await database.close();
  }
}

async function store(ownerUrl: string, slug: string, name: string): Promise<void> {
  const db = connect({ url: ownerUrl, max: 1, applicationName: 'wijk create-wijk' });
  try {
    await inTransaction(db, (tx) => createWijk(tx, { slug, name, now: systemClock.now() }));
  } catch (error) {
    if (violatedConstraint(error) === 'wijk_slug_unique')
      throw new CommandError(`There is a wijk '${slug}' already.`);
    throw error;
  } finally {
    await db.$client.end();
  }
}
