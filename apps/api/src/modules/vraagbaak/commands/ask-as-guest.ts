import type { BodyOf, askAsGuest as contract } from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import { insertDraft } from '@wijk/db/vraagbaak';
import { normalisePersonName } from '@wijk/domain/identity';
import { DAY_MS, uuidv7 } from '@wijk/domain/kernel';
import { helpLines } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import { startSignIn } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertTheme } from './ask-question.ts';
import { screenDistress } from './submission.ts';

/**
 * Keeps a guest's question for 24 hours and mails the code that posts it (V1). The reply is the same
 * whether the address is known or not. Where the words tell of distress the help lines go along at once,
 * long before the code is typed (V11).
 */
export async function askAsGuest(services: Services, wijk: Wijk, asked: BodyOf<typeof contract>) {
  assertTheme(wijk, asked.theme);
  const { email, form: _, ...draft } = asked;
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
    const distress = await screenDistress(tx, wijk.id, `${draft.title}\n${draft.body}`);
    const challenge = await startSignIn(services, tx, wijk, { email, draftId: id });
    return { ...challenge, help: helpLines(distress) };
  });
}
