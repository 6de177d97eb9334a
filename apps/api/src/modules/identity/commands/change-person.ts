import { readMemberRow, replaceExpertise, setTitle } from '@wijk/db/identity';
import { inTransaction } from '@wijk/db/kernel';
import { normaliseTitle, themeErrors } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';

/**
 * The function beside a member's name, and what they know on the word of an admin.
 * @throws `identity.member-not-found`, `kernel.invalid` with every field at fault
 */
export async function changePerson(
  services: Services,
  wijk: Wijk,
  membershipId: string,
  given: { title: string; themes: readonly { theme: string; position: number }[] },
): Promise<void> {
  const title = normaliseTitle(given.title);
  const errors = themeErrors(given.themes, new Set(wijk.themes.map(({ slug }) => slug)));
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
  await inTransaction(services.db, async (tx) => {
    if (!(await readMemberRow(tx, wijk.id, membershipId, services.clock.now())))
      throw new DomainError('not-found', 'identity.member-not-found');
    await setTitle(tx, wijk.id, membershipId, title);
    await replaceExpertise(tx, wijk.id, membershipId, given.themes);
  });
}
