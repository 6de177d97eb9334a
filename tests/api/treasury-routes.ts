import { DEFAULT_MONEY_POLICY } from '@wijk/domain/wallet';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const { version: _, ...TERMS } = DEFAULT_MONEY_POLICY;
const reason = 'Een gewone reden.';

/** Parameters of the control room, of the right shape and naming nothing. */
export const TREASURY_NOTHING: Readonly<Record<string, string>> = {
  programme: NOBODY,
  account: NOBODY,
  proposal: NOBODY,
  settlement: NOBODY,
};

export const TREASURY_QUERIES: Readonly<Record<string, object>> = {
  findPayments: { ref: '00000000' },
  findParticipants: { q: 'henk' },
};

/** Bodies that are right in form, by operation. */
export const TREASURY_BODIES: Record<string, unknown> = {
  createProgramme: {
    name: 'Een gewoon programma',
    about: '',
    source: 'fund',
    kinds: [],
    themes: [],
    perParticipant: 100,
    startsOn: '2026-12-01',
    endsOn: '2027-12-31',
  },
  fundProgramme: { amount: 100, reason },
  addSupplier: { kind: 'course', theme: 'zorg-regelen' },
  importParticipants: { text: 'niemand@voorbeeld.example', dryRun: true },
  grantBudgets: { members: [NOBODY] },
  settleSupplier: { account: NOBODY, lastDay: '2026-01-01' },
  propose: { kind: 'retirement', amount: 100, reason },
  refuseProposal: { note: reason },
  proposeRefund: { reason },
  freezeAccount: { reason },
  thawAccount: { reason },
  changeDailyLimit: { amount: null, reason },
  simulateMoneyPolicy: TERMS,
  adoptMoneyPolicy: { ...TERMS, reason },
};
