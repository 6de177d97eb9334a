import { findDistress, findTraces, type HelpLine, helpLines } from '@wijk/domain/vraagbaak';

/** What somebody had better not put into a question; every one can be recognised for sure. */
export const PRIVATE_KINDS = ['bsn', 'phone', 'email'] as const;
export type PrivateKind = (typeof PRIVATE_KINDS)[number];

/** Which of them stand in a text. On the device itself: what somebody types is not sent anywhere. */
export function privateIn(text: string): PrivateKind[] {
  const found = new Set<string>(findTraces(text).map(({ kind }) => kind));
  return PRIVATE_KINDS.filter((kind) => found.has(kind));
}

/** Who to call by these words. */
export function linesFor(text: string): HelpLine[] {
  return helpLines(findDistress(text));
}
