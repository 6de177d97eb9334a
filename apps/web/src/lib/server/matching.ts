import type { ReplyOf } from '@wijk/contracts';
import type { listMatches } from '@wijk/contracts/market-matching';
import type { PageTexts } from '@wijk/i18n';
import type { ListingCardView } from '#lib/market/views.ts';
import { fill } from '#lib/text.ts';
import { listingCard } from './market.ts';
import { momentText } from './views.ts';
import type { CreditSpeaker } from './wallet.ts';

type Matches = ReplyOf<typeof listMatches>;
export type MatchingWords = PageTexts['matching'];

/** What fits, each with its reasons in words. */
export const matchCards = (
  items: Matches['items'],
  say: CreditSpeaker,
  w: MatchingWords,
): ListingCardView[] =>
  items.map(({ listing, reasons }) => ({
    ...listingCard(listing, say),
    reasons: reasons.map((reason) => w.reasons[reason]),
  }));

export function handoverText(
  one: Matches['handover'],
  say: CreditSpeaker,
  w: MatchingWords,
): string | null {
  if (!one) return null;
  const when = momentText(one.at, say).text;
  const text = fill(one.byClock ? w.handedByClock : w.handed, { name: one.organisation, when });
  return one.note ? `${text} ${one.note}` : text;
}
