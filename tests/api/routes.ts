import { randomUUID } from 'node:crypto';
import { type Contract, pathOf } from '@wijk/contracts';
import { COMPLAINT_BODIES, COMPLAINT_NOTHING, COMPLAINT_QUERIES } from './complaint-routes.ts';
import { KEEP_BODIES, KEEP_NOTHING, KEEP_QUERIES } from './keep-routes.ts';
import { MARKET_BODIES, MARKET_NOTHING } from './market-routes.ts';
import { ORDER_BODIES, ORDER_NOTHING } from './order-routes.ts';
import { TREASURY_BODIES, TREASURY_NOTHING, TREASURY_QUERIES } from './treasury-routes.ts';
import { VETTING_BODIES, VETTING_NOTHING } from './vetting-routes.ts';

/** Values that have the right shape and name nothing. */
export const NOTHING: Readonly<Record<string, string>> = {
  question: '00000000',
  answer: '00000000-0000-4000-8000-000000000000',
  comment: '00000000-0000-4000-8000-000000000000',
  action: '00000000-0000-4000-8000-000000000000',
  letter: '00000000-0000-4000-8000-000000000000',
  mail: '00000000-0000-4000-8000-000000000000',
  session: '0000000000000000',
  member: '00000000-0000-4000-8000-000000000000',
  appeal: '00000000-0000-4000-8000-000000000000',
  decision: '00000000-0000-4000-8000-000000000000',
  invitation: '00000000-0000-4000-8000-000000000000',
  photo: '00000000-0000-4000-8000-000000000000',
  size: 'small',
  saved: '00000000-0000-4000-8000-000000000000',
  synonyms: '00000000-0000-4000-8000-000000000000',
  twin: '00000000-0000-4000-8000-000000000000',
  ...TREASURY_NOTHING,
  ...KEEP_NOTHING,
  ...ORDER_NOTHING,
  ...COMPLAINT_NOTHING,
  ...MARKET_NOTHING,
  ...VETTING_NOTHING,
  payment: '00000000-0000-4000-8000-000000000000',
  code: 'aaaaaaaaaa',
  kind: 'member',
  id: '00000000-0000-4000-8000-000000000000',
  // these are right in form only when they are a day, a role and a page that there are
  date: '2026-11-20',
  dag: '2026-11-20',
  role: 'coach',
  page: 'over',
  token: 'AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
};

/** Where something must stand in the query. */
const QUERIES: Readonly<Record<string, object>> = {
  searchQuestions: { q: 'traplift' },
  removeSynonyms: { version: 1 },
  ...TREASURY_QUERIES,
  ...KEEP_QUERIES,
  ...COMPLAINT_QUERIES,
  findPayees: { q: 'henk' },
};

const DECISION = { reason: 'off-topic', message: 'Dit hoort hier niet.' };
const VERSION = '2026-11-18T10:00:00.000Z';
const DIALOGUE_BODIES: Record<string, unknown> = {
  addComment: { body: 'Een gewone reactie.' },
  editComment: { body: 'Een andere reactie.', version: VERSION },
  editAnswer: { body: 'Een ander antwoord.', version: VERSION },
  flagComment: { reason: 'spam', note: '' },
  hideComment: DECISION,
  removeComment: DECISION,
  restoreComment: { message: '' },
  redactComment: { body: 'Een gewone reactie.', ...DECISION },
  redactAnswer: { body: 'Een gewoon antwoord.', ...DECISION },
};
const DESK_BODIES: Record<string, unknown> = {
  askBack: { body: 'Om welke straat gaat het?' },
  replyToAskBack: { body: 'Om de Elzenstraat.' },
  editQuestion: { title: 'Een andere titel', theme: 'zorg-regelen' },
  similarQuestions: { title: 'Wie betaalt een traplift?', body: '' },
  addSynonyms: { words: ['fiets', 'rijwiel'] },
  changeSynonyms: { words: ['fiets', 'rijwiel'], version: 1 },
  createSavedAnswer: { title: 'Welkom', body: 'Dag {{naam}}.', use: 'answer', theme: null },
  changeSavedAnswer: {
    title: 'Welkom',
    body: 'Dag {{naam}}.',
    use: 'answer',
    theme: null,
    version: 1,
  },
  flagQuestion: { reason: 'spam', note: '' },
  flagAnswer: { reason: 'spam', note: '' },
  hideQuestion: DECISION,
  removeQuestion: DECISION,
  hideAnswer: DECISION,
  removeAnswer: DECISION,
  publishQuestion: { message: '' },
  restoreAnswer: { message: '' },
  describePhoto: { alt: 'Een lekkende kraan' },
  removePhoto: DECISION,
  redactQuestion: { title: 'Een gewone vraag', body: '', ...DECISION },
  makeAppeal: { body: 'Daar ben ik het niet mee eens.' },
  lookUpAsker: { reason: 'danger', note: '' },
  proposeTwin: {
    title: 'Een gewone vraag',
    body: '',
    theme: 'zorg-regelen',
    answer: null,
    message: '',
  },
  decideTwin: { agree: false },
  decideAppeal: { outcome: 'upheld', reply: '' },
};

const PAYMENT = {
  to: { kind: 'member', id: NOTHING.member },
  amount: 100,
  memo: '',
  from: null,
};
const WALLET_BODIES: Record<string, unknown> = {
  previewPayment: PAYMENT,
  payFromWallet: PAYMENT,
  makePayRequest: { of: null, amount: 100, memo: '', for: null },
  endPayRequest: { ending: 'declined' },
};

const ADMIN_BODIES: Record<string, unknown> = {
  importQuestions: { source: 'ergens', text: '{}', dryRun: true },
  changePerson: { title: 'Andere functie', themes: [] },
  changeOwnPage: { body: 'Een gewone tekst.', basedOn: 0 },
  restoreOwnPage: { version: 0, basedOn: 0 },
  createWijk: { name: 'Nog een wijk', slug: '' },
  changeProfile: { motto: 'Samen wonen' },
  changeThemes: { themes: [{ slug: 'zorg-regelen', name: 'Zorg regelen', retired: false }] },
  changeCalendar: { periods: [{ weekday: 1, opens: '09:00', closes: '17:00' }], exceptions: [] },
  changeHolidays: { closed: [] },
  changePromisePolicy: {
    mode: 'elapsed',
    termMinutes: 1440,
    steps: [{ kind: 'overdue', atPercent: 100 }],
  },
  changeModeration: {
    firstQuestion: 'publish',
    autoHideAt: 3,
    questionsPerDay: 20,
    answersPerHour: 60,
    holdLinksFrom: 3,
  },
  changeWords: { hold: ['kortingscode'] },
};

/** The path of an operation in a wijk; a parameter that is not given names nothing. */
export function urlOf(
  contract: Contract,
  wijk: string,
  given: Readonly<Record<string, string | undefined>> = {},
): string {
  for (const [, name] of contract.path.matchAll(/:([a-z]+)/g))
    if (name && name !== 'wijk' && !(name in NOTHING))
      throw new Error(`tests/api/routes.ts has no value for :${name} of ${contract.path}`);
  return pathOf(contract, { ...NOTHING, ...given, wijk }, QUERIES[contract.id]);
}

/** Bodies that are right in form, by operation; whoever adds an operation with a body adds one. */
export function bodyOf(
  contract: Contract,
  given: { expert?: string; original?: string } = {},
): unknown {
  // an address of its own each time: one that asks for a code again has to wait
  const email = `${randomUUID()}@voorbeeld.example`;
  const bodies: Record<string, unknown> = {
    requestCode: { email },
    signIn: { email, code: '000000' },
    changeMyName: { name: 'Andere Naam' },
    askQuestion: {
      title: 'Een gewone vraag',
      body: '',
      theme: 'zorg-regelen',
      visibility: 'public',
    },
    askAsGuest: {
      title: 'Een gewone vraag',
      body: '',
      theme: 'zorg-regelen',
      visibility: 'public',
      name: 'Gast Gastema',
      email,
    },
    editOwnQuestion: {
      title: 'Een gewone vraag, anders',
      body: '',
      theme: 'zorg-regelen',
      editedAt: null,
    },
    markUnhelpful: { note: '' },
    answerQuestion: { body: 'Een gewoon antwoord.' },
    answerByLink: { body: 'Een gewoon antwoord.' },
    declineByLink: { reason: 'no-time', note: '' },
    changeMailChoices: { wanted: ['followed'] },
    changeUnsubscribe: { wanted: [] },
    ...DESK_BODIES,
    ...DIALOGUE_BODIES,
    ...ADMIN_BODIES,
    ...TREASURY_BODIES,
    ...KEEP_BODIES,
    ...ORDER_BODIES,
    ...COMPLAINT_BODIES,
    ...MARKET_BODIES,
    ...VETTING_BODIES,
    ...WALLET_BODIES,
    markDuplicate: { original: given.original ?? NOTHING.question },
    invitePerson: { email, name: 'Nieuwe Buur', roles: ['editor'], themes: [] },
    assignQuestion: { expert: given.expert ?? NOTHING.answer, note: '' },
  };
  const takesBody = !contract.body.safeParse(undefined).success;
  if (!takesBody) return undefined;
  const body = bodies[contract.id];
  if (!body || !contract.body.safeParse(body).success)
    throw new Error(`tests/api/routes.ts has no right body for ${contract.id}`);
  return body;
}
