import { randomUUID } from 'node:crypto';
import { type Contract, pathOf } from '@wijk/contracts';

/** Values that have the right shape and name nothing. */
export const NOTHING: Readonly<Record<string, string>> = {
  question: '00000000',
  answer: '00000000-0000-4000-8000-000000000000',
  action: '00000000-0000-4000-8000-000000000000',
  letter: '00000000-0000-4000-8000-000000000000',
  mail: '00000000-0000-4000-8000-000000000000',
  session: '0000000000000000',
  member: '00000000-0000-4000-8000-000000000000',
  appeal: '00000000-0000-4000-8000-000000000000',
  decision: '00000000-0000-4000-8000-000000000000',
  invitation: '00000000-0000-4000-8000-000000000000',
  saved: '00000000-0000-4000-8000-000000000000',
  // these three are right in form only when they are a day, a role and a page that there are
  date: '2026-11-20',
  role: 'coach',
  page: 'over',
  token: 'AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
};

const DECISION = { reason: 'off-topic', message: 'Dit hoort hier niet.' };
const DESK_BODIES: Record<string, unknown> = {
  askBack: { body: 'Om welke straat gaat het?' },
  replyToAskBack: { body: 'Om de Elzenstraat.' },
  editQuestion: { title: 'Een andere titel', theme: 'zorg-regelen' },
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
  redactQuestion: { title: 'Een gewone vraag', body: '', ...DECISION },
  makeAppeal: { body: 'Daar ben ik het niet mee eens.' },
  decideAppeal: { outcome: 'upheld', reply: '' },
};

const ADMIN_BODIES: Record<string, unknown> = {
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
  return pathOf(contract, { ...NOTHING, ...given, wijk });
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
    answerQuestion: { body: 'Een gewoon antwoord.' },
    answerByLink: { body: 'Een gewoon antwoord.' },
    declineByLink: { reason: 'no-time', note: '' },
    changeMailChoices: { wanted: ['followed'] },
    changeUnsubscribe: { wanted: [] },
    ...DESK_BODIES,
    ...ADMIN_BODIES,
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
