import type { BodyOf, askAsGuest as contract } from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import { insertDraft } from '@wijk/db/vraagbaak';
import { normalisePersonName } from '@wijk/domain/identity';
import { DAY_MS, uuidv7 } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';
import { startSignIn } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertTheme } from './ask-question.ts';

/**
 * Keeps a guest's question for 24 hours and mails the code that posts it (V1). The reply is the same
 * whether the address is known or not.
 */
export async function askAsGuest(services: Services, wijk: Wijk, asked: BodyOf<typeof contract>) {
  assertTheme(wijk, asked.theme);
  const { email, ...draft } = asked;
  const name = normalisePersonName(draft.name);
  const now = services.clock.now();
  return inTransaction(services.db, async (tx) => {
    const id = uuidv7(now);
    await insertDraft(tx, {
      ...draft,
      name,
      wijkId: wijk.id,
      id,
      expiresAt: new Date(now.getTime() + DAY_MS),
    });
    return startSignIn(services, tx, wijk, { email, draftId: id });
  });
}
