/** What is right in form for the operations about orders, and names nothing. */

export const ORDER_NOTHING: Readonly<Record<string, string>> = {
  listing: '00000000',
  order: '00000000',
  series: '00000000',
  act: 'voorstel',
  slug: 'een-klus',
  conversation: '00000000',
  report: '00000000-0000-4000-8000-000000000000',
  review: '00000000-0000-4000-8000-000000000000',
  exception: '00000000-0000-4000-8000-000000000000',
};

export const ORDER_BODIES: Readonly<Record<string, unknown>> = {
  requestOrder: { listing: '00000000', minutes: 60, note: '' },
  stepOrder: { step: 'cancel', version: 2, note: '' },
  handOverListing: { note: '' },
  nameWelfare: { organisation: null },
  writeMessage: { conversation: '00000000', body: 'Hallo' },
  markConversationRead: { nr: 1 },
  reportConversation: { reason: 'other', note: '' },
  closeReport: { outcome: 'Besproken' },
  writeReview: { stars: 4, body: '' },
  replyToReview: { body: 'Dank u' },
  flagReview: { reason: 'untrue', note: '' },
  decideReview: { decision: 'keep', reason: null, note: 'Het mag blijven' },
  stepSeries: { step: 'skip', version: 1, number: 1, note: '' },
  stepSeriesAsMaster: { step: 'stop', version: 1, note: 'Aan de telefoon gevraagd' },
  saveListingAgenda: {
    ...{ version: 0, isOn: true, slotMinutes: 60, noticeHours: 24, horizonDays: 28 },
    periods: [{ weekday: 1, from: '09:00', until: '12:00' }],
  },
  addAgendaException: {
    ...{ as: null, kind: 'closed', firstDay: '2027-06-01', lastDay: '2027-06-02' },
    ...{ from: '00:00', until: '24:00' },
  },
  makeCalendarFeed: { titles: false },
  stepOrderAsMaster: { step: 'cancel', version: 2, note: 'Aan de telefoon gevraagd' },
};
