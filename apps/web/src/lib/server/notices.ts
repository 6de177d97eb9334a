import type { ReplyOf } from '@wijk/contracts/define';
import type { listNotices, NoticeKind } from '@wijk/contracts/notifications';
import { type MessageKey, t } from '@wijk/i18n';
import type { ComplaintPaths } from '#lib/complaints/paths.ts';
import type { DeskPaths } from '#lib/desk/paths.ts';
import type { HoursPaths } from '#lib/hours/paths.ts';
import type { MarketPaths } from '#lib/market/paths.ts';
import type { MessagePaths } from '#lib/messages/paths.ts';
import type { OrderPaths } from '#lib/orders/paths.ts';
import type { PrivatePaths } from '#lib/private-paths.ts';
import type { ReviewPaths } from '#lib/reviews/paths.ts';
import type { treasuryPaths } from '#lib/treasury/paths.ts';
import type { MomentText } from '#lib/views.ts';
import type { KeepPaths } from '#lib/wallet/keep-paths.ts';
import type { WalletPaths } from '#lib/wallet/paths.ts';
import { agoText, type Speaker } from './views.ts';

type Addresses = DeskPaths &
  Pick<ReturnType<typeof treasuryPaths>, 'holds'> &
  PrivatePaths &
  WalletPaths &
  KeepPaths &
  MarketPaths &
  OrderPaths &
  ReviewPaths &
  ComplaintPaths &
  HoursPaths &
  MessagePaths;
type Notice = ReplyOf<typeof listNotices>['items'][number];

export interface NoticeText {
  id: string;
  kind: NoticeKind;
  read: boolean;
  at: MomentText;
  /** words of the link */
  title: string;
  href: string;
}

const HOURS: readonly NoticeKind[] = [
  'hours-to-confirm',
  'hours-decided',
  'pledge-proposed',
  'pledge-decided',
];

/** A notice in words, with the page where its reader does something about it. */
export function noticeText(notice: Notice, say: Speaker, to: Addresses): NoticeText {
  const { id, kind, read, at } = notice;
  return { id, kind, read, at: agoText(at, say), ...linkOf(notice, say, to) };
}

function linkOf(
  {
    kind,
    question,
    decision,
    desk,
    role,
    payment,
    payRequest,
    schedule,
    listing,
    order,
    series,
    conversation,
    provider,
    complaint,
    organisation,
  }: Notice,
  { locale }: Speaker,
  to: Addresses,
): { title: string; href: string } {
  if (provider) {
    if (kind === 'provider-waiting' || kind === 'provider-appealed')
      return { title: t(locale, 'page.notices.viewVetting'), href: to.vetProvider(provider) };
    if (kind === 'terms-asked' || kind === 'terms-lapsed')
      return { title: t(locale, 'page.notices.viewTerms'), href: to.signTerms(provider) };
    return { title: t(locale, 'page.notices.viewOwnVetting'), href: to.ownVetting(provider) };
  }
  if (listing && kind === 'listing-appealed')
    return { title: t(locale, 'page.notices.viewAppeals'), href: to.marketAppeals() };
  if (listing && kind === 'listing-appeal-decided')
    return { title: t(locale, 'page.notices.viewAppeal'), href: to.appealListing(listing) };
  if (listing && (kind === 'handed-over' || kind === 'handover-received'))
    return { title: t(locale, 'page.notices.viewHandover'), href: to.listing(listing) };
  if (listing && kind === 'app-waiting')
    return { title: t(locale, 'page.notices.viewCuration'), href: to.curateApp(listing) };
  if (listing)
    return kind === 'listing-review'
      ? { title: t(locale, 'page.notices.viewReview'), href: to.reviewListing(listing) }
      : { title: t(locale, 'page.notices.viewListing'), href: to.editListing(listing) };
  if (decision)
    return { title: t(locale, 'page.notices.readDecision'), href: to.statement(decision) };
  if (role) {
    const key = kind === 'role-given' ? 'page.notices.roleIs' : 'page.notices.roleWas';
    const name = t(locale, `common.role.${role}` as MessageKey);
    return { title: t(locale, key, { role: name }), href: to.mine() };
  }
  if (kind === 'book-broken')
    return { title: t(locale, 'page.notices.readBook'), href: to.checkedBook() };
  if (payment)
    return { title: t(locale, 'page.notices.viewPayment'), href: to.walletPayment(payment) };
  // the code leads whoever made it to their own page of it
  if (payRequest) return { title: t(locale, 'page.notices.viewRequest'), href: to.pay(payRequest) };
  if (schedule)
    return { title: t(locale, 'page.notices.readSchedule'), href: to.schedule(schedule) };
  if (kind === 'message-reported')
    return { title: t(locale, 'page.notices.viewReports'), href: to.masterReports() };
  if (conversation)
    return { title: t(locale, 'page.notices.viewMessage'), href: to.conversation(conversation) };
  if (series) return { title: t(locale, 'page.notices.viewSeries'), href: to.series(series) };
  if (kind === 'orders-held-up')
    return { title: t(locale, 'page.notices.viewHeldUp'), href: to.holds() };
  if (complaint)
    return { title: t(locale, 'page.notices.viewComplaint'), href: to.complaint(complaint) };
  if (HOURS.includes(kind)) {
    const other = organisation ? to.organisationHours(organisation) : to.hoursOverview();
    const href = kind === 'pledge-decided' ? other : to.hours();
    return { title: t(locale, 'page.notices.viewHours'), href };
  }
  if (order && kind === 'review-flagged')
    return { title: t(locale, 'page.notices.viewFlagged'), href: to.masterReviews() };
  if (order && kind.startsWith('review-'))
    return { title: t(locale, 'page.notices.viewReviews'), href: to.review(order) };
  if (order) {
    const href = kind === 'order-to-settle' ? to.masterOrder(order) : to.order(order);
    return { title: t(locale, 'page.notices.viewOrder'), href };
  }
  if (!question) return { title: t(locale, 'page.notices.browse'), href: to.questions() };
  if (kind === 'looked-up' || kind === 'twin-proposed')
    return { title: question.title, href: to.ownSide(question.ref) };
  const href = desk ? to.deskQuestion(question.ref) : to.question(question.ref, question.slug);
  return { title: question.title, href };
}
