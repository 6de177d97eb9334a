/** What is right in form for the operations about complaints and hours, and names nothing. */

const NOBODY = '00000000-0000-4000-8000-000000000000';

export const COMPLAINT_NOTHING: Readonly<Record<string, string>> = {
  complaint: '00000000',
  hours: NOBODY,
  pledge: NOBODY,
};

export const COMPLAINT_QUERIES: Readonly<Record<string, object>> = {
  readComplaintOpening: { order: '00000000' },
};

export const COMPLAINT_BODIES: Readonly<Record<string, unknown>> = {
  lodgeComplaint: { target: { order: '00000000' }, subject: 'other', body: 'Het ging mis' },
  stepComplaint: { step: 'add', version: 2, note: 'Nog iets' },
  nameComplaintBoard: { member: null },
  logHours: { member: NOBODY, day: '2026-11-20', minutes: 60 },
  decideHours: { decision: 'confirm' },
  correctHours: { minutes: 30 },
  proposePledge: { member: NOBODY, organisation: null, minutesPerMonth: 600, from: '2026-12-01' },
  decidePledge: { decision: 'agree' },
};
