import type { ConversationView } from '@wijk/contracts/market-messages';
import { hasContact, REPORT_REASONS, type ReportReason } from '@wijk/domain/market';
import type { PageTexts } from '@wijk/i18n';
import { fill } from '#lib/text.ts';
import { type OrderWords, partyText } from './orders.ts';
import { momentText, type Speaker } from './views.ts';

export type MessageWords = PageTexts['messages'];

export const reportReasons = (w: MessageWords) =>
  REPORT_REASONS.map((value) => ({ value, label: w.reasons[value] }));
export const reportReasonIn = (text: string | undefined): ReportReason | null =>
  REPORT_REASONS.find((one) => one === text) ?? null;

/** A conversation in words, for one of its sides. */
export function conversationTexts(
  one: ConversationView,
  say: Speaker,
  w: MessageWords,
  orders: OrderWords,
) {
  const name = partyText(one.party, orders);
  const isHeld = ({ own, parts }: ConversationView['messages'][number]) =>
    own && !one.agreed && hasContact(parts.map(({ text }) => text).join(''));
  return {
    ref: one.ref,
    name,
    listing: one.listing,
    about: fill(w.about, { title: one.listing.title }),
    agreed: one.agreed,
    hint: one.agreed ? w.hintAgreed : w.hint,
    logTitle: fill(w.log, { name }),
    reported: one.reported,
    isFull: one.messages.length >= 200,
    messages: one.messages.map((message) => ({
      ...{ nr: message.nr, own: message.own },
      who: message.own ? w.you : (message.name ?? orders.erased),
      isNew: !message.own && message.nr > one.readNr,
      at: momentText(message.at, say),
      held: isHeld(message) ? fill(w.ownHeld, { name }) : null,
      parts: message.parts.map(({ text, kind }) => ({
        text: text === '' && kind ? w.held[kind] : text,
        held: text === '' && kind !== null,
      })),
    })),
    notes: [
      ...one.looks.map((at) => fill(w.looked, { when: momentText(at, say).text })),
      ...one.outcomes.map(({ outcome, at }) =>
        fill(w.outcome, { when: momentText(at, say).text, text: outcome }),
      ),
    ],
  };
}
