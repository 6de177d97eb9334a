/** What is right in form for the operations of the market, and names nothing. */

const NOBODY = '00000000-0000-4000-8000-000000000000';

export const MARKET_NOTHING: Readonly<Record<string, string>> = {
  listing: '00000000',
  slug: 'een-app',
  picture: NOBODY,
  provider: `m-${NOBODY}`,
};

const FIELDS = {
  organisation: null,
  title: 'Een gewone klus',
  body: 'Een kraan of een plint.',
  theme: '',
  area: '',
  audience: '',
  accessibility: '',
  availability: '',
  languages: ['nl'],
  shell: 1,
  mode: 'free',
  rate: '',
  places: '',
  periods: [],
  foreignAccount: false,
};

const APP_FIELDS = { name: 'Slaapwende', price: '18', platforms: ['pwa'], languages: ['nl'] };

export const MARKET_BODIES: Readonly<Record<string, unknown>> = {
  draftApp: { organisation: null, fields: APP_FIELDS },
  saveAppRecord: { draft: 0, fields: APP_FIELDS },
  declareInterest: { round: 1, conflict: false, note: '' },
  reviewApp: { round: 1, scores: [], advice: 'recommend', summary: 'Goed' },
  decideApp: { round: 1, reasons: 'Duidelijk', validUntil: '2027-06-30' },
  reportIncident: { note: 'Er ging iets mis' },
  changeListingPhoto: { alt: 'Een kraan' },
  takeListingPhoto: { reason: 'rules', note: '' },
  linkQuestionAsked: { question: '00000000' },
  draftListing: { ...FIELDS, kind: 'offer' },
  saveListing: { ...FIELDS, version: 0 },
  stepListing: { step: 'submit' },
  decideListing: { decision: 'refuse', reason: 'unclear', note: '', version: 0 },
};
