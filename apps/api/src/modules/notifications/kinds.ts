import { MAIL_CATEGORIES, type MailCategory } from '@wijk/contracts';

/** Where the button of a mail leads. */
export type LinkKind =
  | 'question'
  | 'original'
  | 'answer-link'
  | 'desk'
  | 'decision'
  | 'own-side'
  | 'site';

interface Kind {
  /** null: it may not be refused, and the mail says why */
  category: MailCategory | null;
  link: LinkKind;
  /** whether the title of a public question may stand in it */
  title: boolean;
  /** sent only while the question stands; a statement is sent whatever became of it */
  standing: boolean;
}

const kind = (category: MailCategory | null, link: LinkKind, more: Partial<Kind> = {}): Kind => ({
  category,
  link,
  title: true,
  standing: true,
  ...more,
});
const statement = kind(null, 'decision', { title: false, standing: false });

/** Every mail about a question. The names stand in rows of mail, so they stay as they are. */
export const QUESTION_MAIL = {
  'question-received': kind('own-question', 'question'),
  'answer-for-asker': kind('own-question', 'question'),
  'answer-for-duplicate': kind('own-question', 'original', { standing: false }),
  'asked-back': kind('own-question', 'question'),
  'question-edited': kind('own-question', 'question'),
  'duplicate-for-asker': kind('own-question', 'original', { standing: false }),
  'overdue-for-asker': kind('own-question', 'question'),
  'looked-up': kind('own-question', 'own-side', { title: false, standing: false }),
  'twin-proposed': kind('own-question', 'own-side', { title: false }),
  'twin-answer': kind(null, 'question', { title: false }),
  'answer-for-follower': kind('followed', 'question'),
  'duplicate-for-follower': kind('followed', 'original', { standing: false }),
  'comment-for-asker': kind('own-question', 'question'),
  'comment-for-author': kind('dialogue', 'question'),
  mentioned: kind('dialogue', 'question'),
  'mentioned-asker': kind('own-question', 'question'),
  assigned: kind('assignments', 'answer-link'),
  reminder: kind('assignments', 'answer-link'),
  'ask-back-over': kind('assignments', 'answer-link'),
  'passed-on': kind('assignments', 'site', { title: false }),
  unassigned: kind('desk', 'desk'),
  alert: kind('desk', 'desk'),
  'ask-back-replied': kind('desk', 'desk'),
  'ask-back-expired': kind('desk', 'desk'),
  'appeal-made': kind('desk', 'desk', { title: false, standing: false }),
  urgent: kind(null, 'desk', { title: false }),
  decision: statement,
  'decision-held': statement,
  'decision-shown': statement,
  'appeal-decided': statement,
} as const satisfies Record<string, Kind>;
export type QuestionTemplate = keyof typeof QUESTION_MAIL;

export const isQuestionTemplate = (name: string): name is QuestionTemplate =>
  Object.hasOwn(QUESTION_MAIL, name);

/** Every mail about the wallet: an amount at most, never who or what for (W6). */
export const WALLET_MAIL = ['payment-received', 'pay-request-received'] as const;
export type WalletTemplate = (typeof WALLET_MAIL)[number];

export const isWalletTemplate = (name: string): name is WalletTemplate =>
  WALLET_MAIL.some((template) => template === name);

/** Mails about planned payments. They hold neither names nor amounts nor words of anybody. */
export const SCHEDULE_MAIL = ['schedule-refused', 'schedule-given-up'] as const;
export type ScheduleTemplate = (typeof SCHEDULE_MAIL)[number];
export const isScheduleTemplate = (name: string): name is ScheduleTemplate =>
  SCHEDULE_MAIL.some((template) => template === name);

/** Mails about orders on the market. They hold no name, no title, no theme and no amount. */
export const ORDER_MAIL = [
  'order-requested',
  'order-countered',
  'order-agreed',
  'order-delivered',
  'order-completed',
  'order-ended',
  'order-disputed',
  'order-settled',
  'order-refunded',
  'order-stood-in',
  'order-short',
  'order-to-settle',
  'order-near',
] as const;
export type OrderTemplate = (typeof ORDER_MAIL)[number];
export const isOrderTemplate = (name: string): name is OrderTemplate =>
  ORDER_MAIL.some((template) => template === name);

/** Mails about help that comes back. They hold what those about orders hold: nothing of it. */
export const SERIES_MAIL = [
  'series-short',
  'series-waits',
  'series-skipped',
  'series-stopped',
  'series-price',
  'series-answered',
] as const;
export type SeriesTemplate = (typeof SERIES_MAIL)[number];
export const isSeriesTemplate = (name: string): name is SeriesTemplate =>
  SERIES_MAIL.some((template) => template === name);

/** Mails about a listing: what was decided, and when its time is over. They hold nothing of its words. */
export const LISTING_MAIL = [
  'listing-decided',
  'listing-expiring',
  'listing-ended',
  'app-decided',
  'app-away',
  'listing-appeal-decided',
] as const;
export type ListingTemplate = (typeof LISTING_MAIL)[number];
export const isListingTemplate = (name: string): name is ListingTemplate =>
  LISTING_MAIL.some((template) => template === name);

/** Mails about reviews. They hold no name and no words of anybody. */
export const REVIEW_MAIL = ['review-removed'] as const;
export type ReviewTemplate = (typeof REVIEW_MAIL)[number];
export const isReviewTemplate = (name: string): name is ReviewTemplate =>
  REVIEW_MAIL.some((template) => template === name);

/** Mails about complaints. They hold no name, no order and no words of anybody. */
export const COMPLAINT_MAIL = [
  'complaint-asks',
  'complaint-reminder',
  'complaint-overdue',
  'complaint-news',
  'complaint-closed',
] as const;
export type ComplaintTemplate = (typeof COMPLAINT_MAIL)[number];
export const isComplaintTemplate = (name: string): name is ComplaintTemplate =>
  COMPLAINT_MAIL.some((template) => template === name);

/** Mails about hours: that something waits for the reader, never what was done. */
export const HOURS_MAIL = ['hours-to-confirm', 'pledge-proposed'] as const;
export type HoursTemplate = (typeof HOURS_MAIL)[number];
export const isHoursTemplate = (name: string): name is HoursTemplate =>
  HOURS_MAIL.some((template) => template === name);

/** Mails about messages on the market: that there is one, and never a word of it or who wrote it. */
export const MESSAGE_MAIL = ['message', 'message-reported', 'message-judged'] as const;
export type MessageTemplate = (typeof MESSAGE_MAIL)[number];
export const isMessageTemplate = (name: string): name is MessageTemplate =>
  MESSAGE_MAIL.some((template) => template === name);

/** Mails about a request that nobody took. They hold nothing of its words. */
export const HANDOVER_MAIL = ['handed-over', 'handover-received'] as const;
export type HandoverTemplate = (typeof HANDOVER_MAIL)[number];
export const isHandoverTemplate = (name: string): name is HandoverTemplate =>
  HANDOVER_MAIL.some((template) => template === name);

/** Mails to whoever acts for a provider: about its vetting and its signature. They hold no name and no reason. */
export const PROVIDER_MAIL = [
  'provider-decided',
  'provider-away',
  'provider-appeal-decided',
  'terms-asked',
  'terms-lapsed',
] as const;
export type ProviderTemplate = (typeof PROVIDER_MAIL)[number];
export const isProviderTemplate = (name: string): name is ProviderTemplate =>
  PROVIDER_MAIL.some((template) => template === name);

const STATEMENTS = new Set<string>([
  'listing-decided',
  'app-decided',
  'app-away',
  'listing-appeal-decided',
]);

/** The kind of mail that a reader may refuse; null for what may not be refused. */
export function categoryOf(template: string): MailCategory | null {
  if (isWalletTemplate(template) || isScheduleTemplate(template)) return 'wallet';
  if (isOrderTemplate(template) || isSeriesTemplate(template)) return 'market';
  if (isMessageTemplate(template) || isHandoverTemplate(template)) return 'market';
  if (isHoursTemplate(template)) return 'market';
  // what was decided about something of somebody's is a statement
  if (isListingTemplate(template)) return STATEMENTS.has(template) ? null : 'market';
  return isQuestionTemplate(template) ? QUESTION_MAIL[template].category : null;
}

/** Which choices there are for somebody with these roles. */
export function categoriesFor(roles: ReadonlySet<string>): MailCategory[] {
  return MAIL_CATEGORIES.filter(
    (category) =>
      (category !== 'assignments' || roles.has('expert')) &&
      (category !== 'desk' || roles.has('editor') || roles.has('chief-editor')),
  );
}
