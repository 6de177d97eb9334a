import {
  ensureMembership,
  ensurePerson,
  grantRole as grant,
  hintPersonChanged,
} from '@wijk/db/identity';
import { connect, inTransaction } from '@wijk/db/kernel';
import { readWijken } from '@wijk/db/wijk';
import { normaliseEmail, ROLES, type Role } from '@wijk/domain/identity';
import { DomainError, systemClock } from '@wijk/domain/kernel';
import { CommandError } from './command-error.ts';
import { openDatabase, withClient } from './database.ts';

export const help = `Gives the person with this e-mail address a role, from now on and for ever. Somebody who never
signed in before is made a resident of the wijk first, and signs in with a code by mail as always.

Roles: ${ROLES.join(', ')}.
The role platform-admin holds in every wijk of the installation, whichever is named.`;

/** Grants a role from the command line: the way to the first admin of an installation. */
export async function run(words: string[]): Promise<void> {
  const [slug = '', email = '', roleName = ''] = words;
  const role = readRole(roleName);
  const address = readEmail(email);
  const database = await openDatabase({ create: false });
  try {
    // One clear sentence when the server cannot be reached, before the pool tries.
    await withClient(database.ownerUrl, async () => undefined);
    await store(database.ownerUrl, slug, address, role);
    console.log(
      `${address} is now ${role} ${role === 'platform-admin' ? 'everywhere' : `in ${slug}`}.`,
    );
  } finally {
    await database.close();
  }
}

async function store(ownerUrl: string, slug: string, email: string, role: Role): Promise<void> {
  const db = connect({ url: ownerUrl, max: 1, applicationName: 'wijk grant-role' });
  const now = systemClock.now();
  try {
    const wijken = await readWijken(db, now);
    const wijk = wijken.find((candidate) => candidate.slug === slug);
    if (wijk === undefined) {
      const known = wijken.map((candidate) => candidate.slug).join(', ') || 'none yet';
      throw new CommandError(`There is no wijk '${slug}'; there are: ${known}.`);
    }
    await inTransaction(db, async (tx) => {
      const person = await ensurePerson(tx, email, now);
      await ensureMembership(tx, wijk.id, person.id, now);
      const wijkId = role === 'platform-admin' ? null : wijk.id;
      await grant(tx, { wijkId, personId: person.id, role, grantedBy: null }, now);
      await hintPersonChanged(tx, person.id);
    });
  } finally {
    await db.$client.end();
  }
}

function readRole(name: string): Role {
  const role = ROLES.find((candidate) => candidate === name);
  if (role !== undefined) return role;
  throw new CommandError(`There is no role '${name}'; there are: ${ROLES.join(', ')}.`);
}

function readEmail(text: string): string {
  try {
    return normaliseEmail(text);
  } catch (error) {
    if (error instanceof DomainError) throw new CommandError(`'${text}' is not an e-mail address.`);
    throw error;
  }
}
