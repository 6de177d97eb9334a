import { DEFAULT_MARKET_POLICY } from '@wijk/domain/market';

/** What is right in form for vetting, terms, the set-up of the market and appeals, and names nothing. */

const NOBODY = '00000000-0000-4000-8000-000000000000';

export const VETTING_NOTHING: Readonly<Record<string, string>> = {
  appeal: NOBODY,
  subject: 'providers',
};

const WORDS = 'Alles is in orde.';

export const VETTING_BODIES: Readonly<Record<string, unknown>> = {
  applyForVetting: {
    ...{ about: WORDS, registration: 'KvK 1', qualification: WORDS, conduct: WORDS },
    ...{ insurance: WORDS, complaints: WORDS },
  },
  appealVetting: { round: 1, body: WORDS },
  declareVettingInterest: { round: 1, conflict: false, note: '' },
  reviewProvider: { round: 1, scores: [], advice: 'recommend', summary: WORDS },
  decideVetting: { round: 1, reasons: WORDS, validUntil: '2027-06-30' },
  reportProvider: { note: WORDS },
  decideVettingAppeal: { round: 1, outcome: 'rejected', reply: WORDS },
  signTerms: { version: 1, name: 'Buur', agreed: true },
  publishTerms: { basedOn: 0, text: WORDS, signDays: 30 },
  changeMarketPolicy: { basedOn: 0, policy: DEFAULT_MARKET_POLICY },
  changeMarketThemes: { themes: [] },
  changeAreas: { areas: [] },
  adoptCriteria: { basedOn: '1.0', criteria: [] },
  appealListing: { decision: NOBODY, body: WORDS },
  decideListingAppeal: { outcome: 'rejected', reply: WORDS },
};
