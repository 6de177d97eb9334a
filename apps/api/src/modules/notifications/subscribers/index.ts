import type { EventType } from '@wijk/contracts';
import { type Services, type Subscriber, subscribe } from '../../../services.ts';
import { onAnswerPublished } from './on-answer-published.ts';
import { onAskBackEnded, onAskedBack } from './on-ask-back.ts';
import { onAssignmentDeclined } from './on-assignment-declined.ts';
import { onBookBroken } from './on-book.ts';
import { onComplaintStepped } from './on-complaint.ts';
import { onAnswerEdited, onAnswerMentions, onCommentPublished } from './on-dialogue.ts';
import { onHandedOver } from './on-handover.ts';
import { onHoursDecided, onHoursLogged, onPledgeDecided, onPledgeProposed } from './on-hours.ts';
import {
  onAppAway,
  onAppDecided,
  onAppWaiting,
  onListingAppealDecided,
  onListingDecided,
  onListingEnded,
  onListingExpiring,
  onListingSubmitted,
} from './on-listing.ts';
import { onConversationJudged, onConversationReported, onMessageSent } from './on-message.ts';
import { onAppealDecided, onAppealMade, onDecided, onFlagged, onUrgent } from './on-moderation.ts';
import { onOrderHeldUp, onOrderNear, onOrderStepped, onReceiverShort } from './on-order.ts';
import { onAssignmentEnded, onInvited, onRoleChanged } from './on-people.ts';
import { onLookedUp, onTwinDecided, onTwinProposed } from './on-private.ts';
import {
  onListingAppealed,
  onProviderAppealDecided,
  onProviderAppealed,
  onProviderAway,
  onProviderDecided,
  onProviderWaiting,
  onTermsAsked,
  onTermsLapsed,
} from './on-provider.ts';
import { onQuestionAssigned } from './on-question-assigned.ts';
import { onMarkedDuplicate, onQuestionEdited } from './on-question-changed.ts';
import { onQuestionSubmitted } from './on-question-submitted.ts';
import { onReviewFlagged, onReviewOpened, onReviewRemoved, onReviewShown } from './on-review.ts';
import { onScheduleGivenUp, onScheduleRefused } from './on-schedule.ts';
import { onSeriesStepped } from './on-series.ts';
import { onStepReached } from './on-step-reached.ts';
import { onUnhelpful } from './on-unhelpful.ts';
import { onPaymentMade, onPayRequestEnded, onPayRequestMade } from './on-wallet.ts';

/** The names stand in delivery rows, so they stay as they are. */
const SUBSCRIBERS: readonly (readonly [name: string, type: EventType, Subscriber])[] = [
  ['notify-submitted', 'question.submitted.v1', onQuestionSubmitted],
  ['notify-answer', 'answer.published.v1', onAnswerPublished],
  ['notify-mentions', 'answer.published.v1', onAnswerMentions],
  ['notify-mentions-edited', 'answer.edited.v1', onAnswerEdited],
  ['notify-comment', 'comment.published.v1', onCommentPublished],
  ['notify-assigned', 'question.assigned.v1', onQuestionAssigned],
  ['notify-declined', 'assignment.declined.v1', onAssignmentDeclined],
  ['notify-step', 'promise.step-reached.v1', onStepReached],
  ['notify-asked-back', 'question.asked-back.v1', onAskedBack],
  ['notify-ask-back-ended', 'question.ask-back-ended.v1', onAskBackEnded],
  ['notify-unhelpful', 'answer.unhelpful.v1', onUnhelpful],
  ['notify-edited', 'question.edited.v1', onQuestionEdited],
  ['notify-duplicate', 'question.marked-duplicate.v1', onMarkedDuplicate],
  ['notify-decided', 'moderation.decided.v1', onDecided],
  ['notify-appeal', 'appeal.made.v1', onAppealMade],
  ['notify-appeal-decided', 'appeal.decided.v1', onAppealDecided],
  ['notify-flagged', 'question.flagged.v1', onFlagged],
  ['notify-urgent', 'question.urgent.v1', onUrgent],
  ['notify-invited', 'invitation.made.v1', onInvited],
  ['notify-role', 'role.changed.v1', onRoleChanged],
  ['notify-looked-up', 'asker.looked-up.v1', onLookedUp],
  ['notify-twin-proposed', 'twin.proposed.v1', onTwinProposed],
  ['notify-twin-decided', 'twin.decided.v1', onTwinDecided],
  ['notify-book-broken', 'book.broken.v1', onBookBroken],
  ['notify-payment', 'payment.made.v1', onPaymentMade],
  ['notify-pay-request', 'pay-request.made.v1', onPayRequestMade],
  ['notify-pay-request-ended', 'pay-request.ended.v1', onPayRequestEnded],
  ['notify-schedule', 'schedule.refused.v1', onScheduleRefused],
  ['notify-schedule-over', 'schedule.given-up.v1', onScheduleGivenUp],
  ['notify-handover', 'listing.handed-over.v1', onHandedOver],
  ['notify-message', 'message.sent.v1', onMessageSent],
  ['notify-conversation-reported', 'conversation.reported.v1', onConversationReported],
  ['notify-conversation-judged', 'conversation.judged.v1', onConversationJudged],
  ['notify-complaint', 'complaint.stepped.v1', onComplaintStepped],
  ['notify-hours', 'hours.logged.v1', onHoursLogged],
  ['notify-hours-decided', 'hours.decided.v1', onHoursDecided],
  ['notify-pledge', 'pledge.proposed.v1', onPledgeProposed],
  ['notify-pledge-decided', 'pledge.decided.v1', onPledgeDecided],
  ['notify-review-shown', 'review.shown.v1', onReviewShown],
  ['notify-review-opened', 'review.opened.v1', onReviewOpened],
  ['notify-review-flagged', 'review.flagged.v1', onReviewFlagged],
  ['notify-review-removed', 'review.removed.v1', onReviewRemoved],
  ['notify-listing-review', 'listing.submitted.v1', onListingSubmitted],
  ['notify-listing-decided', 'listing.decided.v1', onListingDecided],
  ['notify-listing-expiring', 'listing.expiring.v1', onListingExpiring],
  ['notify-listing-ended', 'listing.ended.v1', onListingEnded],
  ['notify-app-waiting', 'app.waiting.v1', onAppWaiting],
  ['notify-app-decided', 'app.decided.v1', onAppDecided],
  ['notify-app-away', 'app.away.v1', onAppAway],
  ['notify-provider-waiting', 'provider.waiting.v1', onProviderWaiting],
  ['notify-provider-appealed', 'provider.appealed.v1', onProviderAppealed],
  ['notify-provider-decided', 'provider.decided.v1', onProviderDecided],
  ['notify-provider-away', 'provider.away.v1', onProviderAway],
  ['notify-provider-appeal-decided', 'provider.appeal-decided.v1', onProviderAppealDecided],
  ['notify-terms-asked', 'terms.asked.v1', onTermsAsked],
  ['notify-terms-lapsed', 'terms.lapsed.v1', onTermsLapsed],
  ['notify-listing-appealed', 'listing.appealed.v1', onListingAppealed],
  ['notify-listing-appeal-decided', 'listing.appeal-decided.v1', onListingAppealDecided],
  ['notify-passed-on', 'assignment.ended.v1', onAssignmentEnded],
  ['notify-order', 'order.stepped.v1', onOrderStepped],
  ['notify-order-held-up', 'order.held-up.v1', onOrderHeldUp],
  ['notify-series', 'series.stepped.v1', onSeriesStepped],
  ['notify-order-near', 'order.near.v1', onOrderNear],
  ['notify-order-short', 'order.receiver-short.v1', onReceiverShort],
];

export function subscribeNotifications(services: Services): void {
  for (const [name, type, subscriber] of SUBSCRIBERS) subscribe(services, name, [type], subscriber);
}
