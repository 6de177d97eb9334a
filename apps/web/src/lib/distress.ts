import { findDistress, type HelpLine, helpLines } from '@wijk/domain/vraagbaak';

/** Who to call by these words, on the device itself: what somebody types is not sent anywhere. */
export function linesFor(text: string): HelpLine[] {
  return helpLines(findDistress(text));
}
