import type { BodyOf, askAsGuest as contract, ReplyOf } from '@wijk/contracts';
import { inTransaction, once, type Transaction } from '@wijk/db/kernel';
import { insertDraft } from '@wijk/db/vraagbaak';
import { normaliseEmail, normalisePersonName } from '@wijk/domain/identity';
import { DAY_MS, uuidv7 } from '@wijk/domain/kernel';
import { helpLines } from '@wijk/domain/vraagbaak';
import type { Services } from '../../../services.ts';
import { startSignIn } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { assertTheme } from './ask-question.ts';
import { assertPhotosFree } from './attach-photos.ts';
import { screenDistress } from './submission.ts';

type Asked = BodyOf<typeof contract>;
type Reply = ReplyOf<typeof contract>;

/**
 * Keeps a guest's question for 24 hours and mails the code that posts it (V1). The reply is the same
 * whether the address is known or not. Where the words tell of distress the help lines go along at once,
 * long before the code is typed (V11). The same press is one draft and one mail, for as long as its code
 * works; after that it is another one.
 */
export async function askAsGuest(
  services: Services,
  wijk: Wijk,
  asked: Asked,
  key: string,
): Promise<Reply> {
  assertTheme(wijk, asked.theme);
  const { form: _, ...words } = asked;
  const now = services.clock.now();
  return inTransaction(services.db, async (tx) => {
    // a guest who mends the text presses anew; and what is stored must not tell by itself who asked
    // what: address and words go into the scope, which the secret of the installation seals
    const press = {
      wijkId: wijk.id,
      person: normaliseEmail(asked.email),
      route: 'askAsGuest',
      key: JSON.stringify([key, words]),
      body: null,
      secret: services.secret,
    };
    const { reply, repeated } = await once(tx, press, now, () => start(services, tx, wijk, asked));
    if (!repeated || new Date(reply.expiresAt) > now) return reply;
    return start(services, tx, wijk, asked);
  });
}

async function start(
  services: Services,
  tx: Transaction,
  wijk: Wijk,
  { email, form: _, consent, ...draft }: Asked,
): Promise<Reply> {
  const now = services.clock.now();
  await assertPhotosFree(tx, wijk.id, draft.photos);
  const id = uuidv7(now);
  await insertDraft(tx, {
    ...draft,
    name: normalisePersonName(draft.name),
    consentVersion: draft.health ? (consent ?? null) : null,
    wijkId: wijk.id,
    id,
    expiresAt: new Date(now.getTime() + DAY_MS),
  });
  const distress = screenDistress(wijk, `${draft.title}\n${draft.body}`);
  const challenge = await startSignIn(services, tx, wijk, { email, draftId: id });
  return { ...challenge, help: helpLines(distress) };
}
