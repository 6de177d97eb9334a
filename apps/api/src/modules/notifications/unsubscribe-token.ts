import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { MAIL_CATEGORIES, type MailCategory } from '@wijk/contracts';
import type { OptOutOf } from '@wijk/db/notifications';
import { DomainError, uuidOfHex } from '@wijk/domain/kernel';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_BYTES = 16;
const AUDIENCES = ['member', 'asker'] as const;

const keyFor = (secret: string, use: 'seal' | 'nonce') =>
  Buffer.from(hkdfSync('sha256', secret, '', `wijk: unsubscribe, ${use}`, 32));

/**
 * The token in a mail's unsubscribe link: whose mail and which kind of it, sealed and authenticated,
 * so that it names nobody and opens nothing else. The same mail and kind always give the same token,
 * it is bound to its wijk, and it never expires: a mail may be read years later (RFC 8058).
 */
export function sealUnsubscribe(
  secret: string,
  wijkId: string,
  { whose, category }: { whose: OptOutOf; category: MailCategory },
): string {
  const id = whose.audience === 'member' ? whose.membershipId : whose.questionId;
  const plain = Buffer.concat([
    Buffer.from([AUDIENCES.indexOf(whose.audience), MAIL_CATEGORIES.indexOf(category)]),
    Buffer.from(id.replaceAll('-', ''), 'hex'),
  ]);
  // made of what it seals: two different tokens never share a nonce
  const nonce = createHmac('sha256', keyFor(secret, 'nonce'))
    .update(wijkId)
    .update(plain)
    .digest()
    .subarray(0, NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, 'seal'), nonce);
  cipher.setAAD(Buffer.from(wijkId));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @throws `notifications.link-unknown` for anything that this installation did not make for this wijk */
export function openUnsubscribe(
  secret: string,
  wijkId: string,
  token: string,
): { whose: OptOutOf; category: MailCategory } {
  const unknown = new DomainError('not-found', 'notifications.link-unknown');
  const bytes = Buffer.from(token, 'base64url');
  // base64url may write the same bytes in several ways; only ours is taken
  if (bytes.length !== NONCE_BYTES + TAG_BYTES + 2 + ID_BYTES) throw unknown;
  if (bytes.toString('base64url') !== token) throw unknown;
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyFor(secret, 'seal'),
    bytes.subarray(0, NONCE_BYTES),
    { authTagLength: TAG_BYTES },
  );
  decipher.setAAD(Buffer.from(wijkId));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  let plain: Buffer;
  try {
    const sealed = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    plain = Buffer.concat([decipher.update(sealed), decipher.final()]);
  } catch {
    throw unknown;
  }
  const audience = AUDIENCES[plain[0] ?? -1];
  const category = MAIL_CATEGORIES[plain[1] ?? -1];
  if (!audience || !category) throw unknown;
  const id = uuidOfHex(plain.subarray(2).toString('hex'));
  const whose: OptOutOf =
    audience === 'member' ? { audience, membershipId: id } : { audience, questionId: id };
  return { whose, category };
}
