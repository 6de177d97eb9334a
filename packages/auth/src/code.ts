import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto';
import { CODE_DIGITS } from '@wijk/domain/identity';

/** A fresh sign-in code; every one of the million is as likely. */
export function newCode(): string {
  return String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
}

/** What is stored of a code. Bound to its challenge, and useless without the installation's secret. */
export function hashCode(secret: string, challengeId: string, code: string): string {
  return createHmac('sha256', secret).update(`sign-in code\n${challengeId}\n${code}`).digest('hex');
}

/** Compares in constant time. */
export function codeMatches(
  secret: string,
  challengeId: string,
  code: string,
  stored: string,
): boolean {
  const expected = Buffer.from(stored, 'hex');
  const given = Buffer.from(hashCode(secret, challengeId, code), 'hex');
  return expected.length === given.length && timingSafeEqual(expected, given);
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

const keyFor = (secret: string) =>
  Buffer.from(hkdfSync('sha256', secret, '', 'wijk: code on its way to the mail', 32));

/** Encrypts a code for the mail queue, so that reading the database is not enough to sign in. */
export function sealCode(secret: string, challengeId: string, code: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret), iv);
  cipher.setAAD(Buffer.from(challengeId));
  const sealed = Buffer.concat([cipher.update(code, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @throws when it was sealed under another secret or for another challenge */
export function openCode(secret: string, challengeId: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const iv = bytes.subarray(0, IV_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret), iv, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(challengeId));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const code = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8');
  return code + decipher.final('utf8');
}
