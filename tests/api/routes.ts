import { randomUUID } from 'node:crypto';
import { type Contract, pathOf } from '@wijk/contracts';

/** Values that have the right shape and name nothing. */
export const NOTHING: Readonly<Record<string, string>> = {
  question: '00000000',
  answer: '00000000-0000-4000-8000-000000000000',
  action: '00000000-0000-4000-8000-000000000000',
  letter: '00000000-0000-4000-8000-000000000000',
  mail: '00000000-0000-4000-8000-000000000000',
  saved: '00000000-0000-4000-8000-000000000000',
  member: '00000000-0000-4000-8000-000000000000',
  date: '2026-11-20',
  session: '0000000000000000',
  token: 'AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
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
export function bodyOf(contract: Contract, given: { expert?: string } = {}): unknown {
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
    editQuestion: { title: 'Een gewone vraag', theme: 'zorg-regelen' },
    markDuplicate: { original: NOTHING.question },
    createSavedAnswer: { title: 'Een tekst', body: 'Om vaker te gebruiken.' },
    changeSavedAnswer: { title: 'Een tekst', body: 'Om vaker te gebruiken.', version: 1 },
    assignQuestion: { expert: given.expert ?? NOTHING.answer, note: '' },
  };
  const takesBody = !contract.body.safeParse(undefined).success;
  if (!takesBody) return undefined;
  const body = bodies[contract.id];
  if (!body || !contract.body.safeParse(body).success)
    throw new Error(`tests/api/routes.ts has no right body for ${contract.id}`);
  return body;
}
