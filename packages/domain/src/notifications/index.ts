/**
 * Everything that somebody is told in the app, in one place: a kind that is not here is not shown.
 *
 * - `question`: it is about a question, and is left out for whoever may not see that one (any more)
 * - `alone`: it may always be known to whom it is told, and holds what its event names: a decision, a role, a
 *   payment, an order, a listing, a conversation
 */
export const NOTICES = {
  answer: 'question',
  assigned: 'question',
  reminder: 'question',
  declined: 'question',
  alert: 'question',
  overdue: 'question',
  /** the redactie asks the asker something */
  'asked-back': 'question',
  'ask-back-replied': 'question',
  'ask-back-expired': 'question',
  edited: 'question',
  duplicate: 'question',
  /** something was decided about what the reader wrote */
  decision: 'alone',
  appeal: 'question',
  'appeal-decided': 'alone',
  flagged: 'question',
  urgent: 'question',
  /** an answer did not help the asker */
  unhelpful: 'question',
  /** the question went on to somebody else */
  'passed-on': 'alone',
  /** the promise to the asker was missed */
  sorry: 'question',
  /** an editor looked up who asked */
  'looked-up': 'alone',
  /** the redactie proposes a public version of a private question */
  'twin-proposed': 'question',
  /** to who proposed it: the asker agreed, declined, or took their consent back */
  'twin-agreed': 'question',
  'twin-declined': 'question',
  'twin-ended': 'question',
  /** to who answered privately: the answer stands in public now, redacted */
  'twin-answer': 'question',
  /** somebody said something about an answer */
  comment: 'question',
  /** somebody named the reader */
  mention: 'question',
  'role-given': 'alone',
  'role-ended': 'alone',
  /** to who looks after the wijk-credits: their book is not in order */
  'book-broken': 'alone',
  /** a payment came in */
  paid: 'alone',
  /** somebody asks the reader for a payment, or took that back */
  'pay-request': 'alone',
  'request-withdrawn': 'alone',
  'request-declined': 'alone',
  /** a payment of today that was planned could not be made yet */
  'schedule-refused': 'alone',
  /** nothing came of a date of a planned payment */
  'schedule-given-up': 'alone',
  /** an order: it waits for the reader, or something came of it */
  'order-requested': 'alone',
  'order-countered': 'alone',
  'order-agreed': 'alone',
  'order-delivered': 'alone',
  'order-completed': 'alone',
  /** declined, withdrawn, cancelled, or over by itself */
  'order-ended': 'alone',
  'order-disputed': 'alone',
  'order-settled': 'alone',
  'order-refunded': 'alone',
  /** the market master took a step for the reader */
  'order-stood-in': 'alone',
  /** the other side agreed, and the reader has too little */
  'order-short': 'alone',
  /** to market masters: two sides do not agree */
  'order-to-settle': 'alone',
  /** what was agreed begins tomorrow */
  'order-near': 'alone',
  /** to the market master: something waits */
  'listing-review': 'alone',
  /** to its author: what the market master decided, that it ends soon, that it ended */
  'listing-decided': 'alone',
  'listing-expiring': 'alone',
  'listing-ended': 'alone',
  /** a complaint: it waits for the reader, soon or already too long, something was done, it is over */
  'complaint-asks': 'alone',
  'complaint-reminder': 'alone',
  'complaint-overdue': 'alone',
  'complaint-news': 'alone',
  'complaint-closed': 'alone',
  /** hours, or a pledge of them: one waits for the reader, or the other side decided */
  'hours-to-confirm': 'alone',
  'hours-decided': 'alone',
  'pledge-proposed': 'alone',
  'pledge-decided': 'alone',
  /** both sides of an order said how it went */
  'review-shown': 'alone',
  /** the market master took a review away: to who wrote it, and to whom it was about */
  'review-removed': 'alone',
  /** to market masters: somebody points at a review */
  'review-flagged': 'alone',
  /** somebody wrote to the reader; their words stand in the conversation alone */
  message: 'alone',
  /** to market masters: somebody asks them to read a conversation */
  'message-reported': 'alone',
  /** to both sides: what the market master did about it */
  'message-judged': 'alone',
  /** to its author, and to who acts for the welfare organisation: nobody took a request */
  'handed-over': 'alone',
  'handover-received': 'alone',
  /** to curators: an app waits */
  'app-waiting': 'alone',
  /** to its author: what curators decided, that it left the lists */
  'app-decided': 'alone',
  'app-away': 'alone',
  /** to who vets: a provider waits, or does not agree */
  'provider-waiting': 'alone',
  'provider-appealed': 'alone',
  /** to who acts for it: what was decided, that the mark went, what was said to an appeal */
  'provider-decided': 'alone',
  'provider-away': 'alone',
  'provider-appeal-decided': 'alone',
  /** to who acts for it: terms to sign, and that it was not done in time */
  'terms-asked': 'alone',
  'terms-lapsed': 'alone',
  /** to who may answer it, and to its author */
  'listing-appealed': 'alone',
  'listing-appeal-decided': 'alone',
  /** the clock made an order of the next time of a series, and set its credits aside */
  'order-repeated': 'alone',
  /** a series: its next time waits for the reader's wallet, or is not certain because of the other side's */
  'series-short': 'alone',
  'series-waits': 'alone',
  /** one time does not go on */
  'series-skipped': 'alone',
  /** somebody stopped it, with a term */
  'series-stopped': 'alone',
  /** the other side proposes another price, or what came of a proposal */
  'series-price': 'alone',
  'series-answered': 'alone',
  /** its last time was */
  'series-ended': 'alone',
  /** the time to say how an order went is over: what there is can be read */
  'review-open': 'alone',
  /** an order waits for a wallet that stands still: its own, the other side's, and for the treasurer */
  'order-frozen': 'alone',
  'order-held-up': 'alone',
  'orders-held-up': 'alone',
} as const satisfies Record<string, 'question' | 'alone'>;
export type NoticeKind = keyof typeof NOTICES;

export const NOTICE_KINDS = Object.keys(NOTICES) as [NoticeKind, ...NoticeKind[]];

/** Those that are shown whatever became of the question, or that have none. */
export const NOTICES_ALONE: readonly NoticeKind[] = NOTICE_KINDS.filter(
  (kind) => NOTICES[kind] === 'alone',
);

export const isNoticeKind = (kind: string): kind is NoticeKind => Object.hasOwn(NOTICES, kind);
