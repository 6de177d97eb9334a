import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError, uuidOfHex } from '@wijk/domain/kernel';

/** An expert's link works this long. */
export const LINK_TTL_MS = 7 * 86_400_000;

const PURPOSE = 'answer-link.v1';

const mac = (secret: string, wijkId: string, assignmentId: string) =>
  createHmac('sha256', secret).update(`${PURPOSE}\n${wijkId}\n${assignmentId}`).digest();

/**
 * The token of a link that lets one expert answer one question. It is signed, so the database holds
 * nothing that would open it, and it is worth nothing in another wijk or for another purpose.
 */
export function signAnswerLink(
  secret: string,
  { wijkId, assignmentId }: { wijkId: string; assignmentId: string },
): string {
  const id = Buffer.from(assignmentId.replaceAll('-', ''), 'hex');
  return `${id.toString('base64url')}.${mac(secret, wijkId, assignmentId).toString('base64url')}`;
}

/**
 * The assignment that a token is for.
 * @throws `vraagbaak.link-unknown` for anything that this installation did not sign for this wijk
 */
export function readLinkToken(secret: string, wijkId: string, token: string): string {
  const unknown = new DomainError('not-found', 'vraagbaak.link-unknown');
  const [id, signature] = token.split('.');
  const hex = Buffer.from(id ?? '', 'base64url').toString('hex');
  if (hex.length !== 32 || !signature) throw unknown;
  const assignmentId = uuidOfHex(hex);
  const given = Buffer.from(signature, 'base64url');
  const expected = mac(secret, wijkId, assignmentId);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw unknown;
  return assignmentId;
}
