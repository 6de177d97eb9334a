/** Events carry ids only; subscribers read the state anew. The version is part of the name. */
export interface Events {
  'question.submitted.v1': { questionId: string };
  'question.withdrawn.v1': { questionId: string };
  'question.assigned.v1': { questionId: string; assignmentId: string };
  'assignment.ended.v1': { questionId: string; assignmentId: string };
  'assignment.declined.v1': { questionId: string; assignmentId: string };
  'answer.published.v1': { questionId: string; answerId: string };
  'answer.removed.v1': { questionId: string; answerId: string };
  'answer.endorsed.v1': { questionId: string; answerId: string };
  /** a step of `duplicateId`, if named, is about `questionId`, the question that stands in its place */
  'promise.step-reached.v1': { questionId: string; step: string; duplicateId?: string };
  /** the redactie asked the asker something; the promise is paused */
  'question.asked-back.v1': { questionId: string; askBackId: string };
  /** the asker replied, or the seven days were over: the promise runs again */
  'question.ask-back-ended.v1': { questionId: string; askBackId: string; reason: string };
  'question.edited.v1': { questionId: string; revisionId: string };
  /** something that was done at the desk was taken back: it stands as it did before */
  'question.undone.v1': { questionId: string };
  'question.marked-duplicate.v1': { questionId: string; originalId: string };
  'question.flagged.v1': { questionId: string; flagId: string };
  /** held, hidden, removed, redacted, published or restored: the statement goes to the author */
  'moderation.decided.v1': { questionId: string; decisionId: string };
  'appeal.made.v1': { questionId: string; appealId: string };
  'appeal.decided.v1': { questionId: string; appealId: string };
  /** words of acute distress */
  'question.urgent.v1': { questionId: string };
  /** the mail server refused this mail for good */
  'mail.refused.v1': { questionId: string; assignmentId: string };
  /** its author changed an answer, or a comment under it */
  'answer.edited.v1': { questionId: string; answerId: string };
  /** the asker: this does not help me */
  'answer.unhelpful.v1': { questionId: string; answerId: string };
  'comment.published.v1': { questionId: string; answerId: string; commentId: string };
  /** a redacted public version of a private question waits for its asker */
  'twin.proposed.v1': { questionId: string; twinId: string };
  /** the asker agreed, declined, or took their consent back */
  'twin.decided.v1': { questionId: string; twinId: string };
  /** words that the search takes for the same: added, changed or removed */
  'synonyms.changed.v1': { synonymsId: string; actorId: string; change: string };
  /** an editor looked up who asked */
  'asker.looked-up.v1': { questionId: string; lookId: string };
  'invitation.made.v1': { invitationId: string };
  'role.changed.v1': { personId: string; role: string };
  /** the book of wijk-credits was read through and is not in order */
  'book.broken.v1': { verificationId: string };
  /** credits went from one account to another; never how many or what for */
  'payment.made.v1': { paymentId: string };
  'pay-request.made.v1': { requestId: string };
  /** declined or withdrawn; when it is paid, that is a payment */
  'pay-request.ended.v1': { requestId: string };
  /** a scheduled payment could not be made, and is tried again on that day */
  'schedule.refused.v1': { scheduleId: string; date: string };
  /** a date that nothing came of: refused all day, or missed while the house was down */
  'schedule.given-up.v1': { scheduleId: string; date: string };
  /** an order took a step: which one stands at this number of its timeline */
  'order.stepped.v1': { orderId: string; nr: string };
  /** the receiver has too little for what the other side agreed to; `nr` is the step that it waits for */
  'order.receiver-short.v1': { orderId: string; nr: string };
  /** a wallet holds up what the clock was to do with an order */
  'order.held-up.v1': { orderId: string; nr: string };
  /** a series took a step, or its next time waits or was missed: which stands at this number of its timeline */
  'series.stepped.v1': { seriesId: string; nr: string };
  /** what both agreed to begins tomorrow; `nr` is the step that the order stands at */
  'order.near.v1': { orderId: string; nr: string };
  /** a request that nobody took went to the welfare organisation */
  'listing.handed-over.v1': { listingId: string };
  /** somebody wrote to the other side of a listing or an order */
  'message.sent.v1': { conversationId: string; nr: string };
  /** a side asks the market master to look at a conversation */
  'conversation.reported.v1': { conversationId: string; reportId: string };
  /** the market master is done with it; both sides read what was done */
  'conversation.judged.v1': { conversationId: string; reportId: string };
  /** a complaint took a step: which one stands at this number of its timeline */
  'complaint.stepped.v1': { complaintId: string; nr: string };
  /** somebody wrote down hours, or a correction of them: who was helped confirms */
  'hours.logged.v1': { hoursId: string };
  /** who was helped confirmed or declined them */
  'hours.decided.v1': { hoursId: string };
  /** hours for each month were proposed to a member */
  'pledge.proposed.v1': { pledgeId: string };
  /** the member agreed or declined, or one of the two ended it */
  'pledge.decided.v1': { pledgeId: string };
  /** both sides of an order said how it went: now each reads the other's */
  'review.shown.v1': { orderId: string };
  /** the time to say how an order went is over, and somebody did: it can be read now */
  'review.opened.v1': { orderId: string };
  /** somebody asks the market master to look at a review */
  'review.flagged.v1': { orderId: string; reviewId: string };
  /** the market master took a review away; both sides read why */
  'review.removed.v1': { orderId: string; reviewId: string };
  /** a listing waits for the market master */
  'listing.submitted.v1': { listingId: string };
  /** published, refused or taken away by the market master */
  'listing.decided.v1': { listingId: string; decisionId: string };
  /** its time is over in some days */
  'listing.expiring.v1': { listingId: string };
  /** its time was over */
  'listing.ended.v1': { listingId: string };
  /** an app waits for curators: handed in, or to be judged anew */
  'app.waiting.v1': { listingId: string };
  /** curators decided about an app */
  'app.decided.v1': { listingId: string };
  /** an app left the lists: its recommendation was over, or something went wrong */
  'app.away.v1': { listingId: string };
  /** a provider waits to be vetted: handed in, or to be judged anew; 'm-<id>' or 'o-<id>' */
  'provider.waiting.v1': { provider: string };
  /** two decided about a provider */
  'provider.decided.v1': { provider: string };
  /** the mark of a provider went: it was over, or something went wrong */
  'provider.away.v1': { provider: string };
  /** a provider does not agree */
  'provider.appealed.v1': { provider: string };
  'provider.appeal-decided.v1': { provider: string };
  /** there is another version of the terms for a provider to sign */
  'terms.asked.v1': { provider: string };
  /** it was not signed in time: offers stand still */
  'terms.lapsed.v1': { provider: string };
  /** an author does not agree with what the market master decided */
  'listing.appealed.v1': { listingId: string; appealId: string };
  'listing.appeal-decided.v1': { listingId: string; appealId: string };
}
export type EventType = keyof Events;
