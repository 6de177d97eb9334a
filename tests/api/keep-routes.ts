/** What is right in form for the operations around a wallet, and names nothing. */

const ID = '00000000-0000-4000-8000-000000000000';
const PERIOD = { from: '2026-11-01', until: '2026-11-02' };

export const KEEP_NOTHING: Readonly<Record<string, string>> = { organisation: ID, schedule: ID };

export const KEEP_QUERIES: Readonly<Record<string, object>> = {
  readStatementPeriod: PERIOD,
  statementCsv: PERIOD,
  statementPdf: PERIOD,
};

export const KEEP_BODIES: Readonly<Record<string, unknown>> = {
  makeSchedule: {
    to: { kind: 'member', id: ID },
    amount: 100,
    memo: '',
    from: null,
    every: 'once',
    startsOn: '2027-06-01',
    endsOn: null,
  },
  createOrganisation: { name: 'De Bakker', about: '', manager: 'niemand@voorbeeld.example' },
  changeOrganisation: { name: 'De Bakker', about: '', closed: false },
  addOperator: {
    member: ID,
    role: 'operator',
    dailyLimit: null,
  },
  changeOperator: { role: 'operator', dailyLimit: null },
  returnPayment: { amount: 100 },
};
