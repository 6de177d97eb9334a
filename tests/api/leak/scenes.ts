import * as contract from '@wijk/contracts';
import { TWIN_CONSENT } from '@wijk/domain/vraagbaak';
import { COMMON, type Of, type Stage, titled } from './stage.ts';

const RUDE = { reason: 'rude', message: 'Zo niet.' };

/** Without a name: open, redacted, answered, edited, discussed, flagged, looked up. */
export async function inTheOpen({ as, ask, answer, comment, editAnswer }: Stage): Promise<void> {
  const open = await ask('open', 'anonymous', {
    title: 'zqgelakt',
    body: 'zqgelakt, help.',
    alt: 'zqopenbaar op de foto',
  });
  const redaction = (message: string) => ({ reason: 'private-data', message });
  await as('editor', contract.redactQuestion, {
    params: open,
    body: { title: titled('zqopenbaar'), body: COMMON, ...redaction('zqbesluit') },
  });
  const helped = { ...open, answer: await answer('expert', open, 'Zo zit het, zqeerdertekst.') };
  await editAnswer('expert', helped, 'Zo zit het, zqantwoordgelakt.');
  await as('chief', contract.redactAnswer, {
    params: helped,
    body: { body: 'Een gewoon antwoord.', ...redaction('zqantwoordbesluit') },
  });
  await as('asker', contract.markHelpful, { params: helped });
  const gone = { ...open, answer: await answer('neighbour', open, 'zqantwoordweg') };
  await as('neighbour', contract.followQuestion, { params: open });
  const flag = { reason: 'rude', note: 'zqmelding' };
  await as('neighbour', contract.flagQuestion, { params: open, body: flag });
  await as('editor', contract.hideAnswer, { params: gone, body: RUDE });
  // what did not help
  const missed = { ...open, answer: await answer('other-expert', open, 'Nog een antwoord.') };
  await as('asker', contract.markUnhelpful, { params: missed, body: { note: 'zqhielpniet' } });
  // what is said under it
  await comment('asker', helped, 'zqopenbaar, dank u');
  const away = await comment('neighbour', helped, 'zqreactieweg');
  await as('expert', contract.flagComment, { params: away, body: flag });
  await as('editor', contract.hideComment, { params: away, body: RUDE });
  const redacted = await comment('neighbour', helped, 'zqreactiegelakt');
  await as('editor', contract.redactComment, {
    params: redacted,
    body: { body: 'Dank u.', ...redaction('zqreactiebesluit') },
  });
  await as('chief', contract.lookUpAsker, {
    params: open,
    body: { reason: 'danger', note: 'zqkijkreden' },
  });
}

/** Private: asked back, changed, answered, discussed; published without a name, and not. */
export async function inPrivate(stage: Stage) {
  const { as, ask, answer, assign, comment, editAnswer, refs, watch } = stage;
  const secret = await ask('private', 'private', {
    title: 'zqprivetitel',
    body: 'zqeerdervraag',
    alt: 'zqprivefoto',
  });
  await as('asker', contract.editOwnQuestion, {
    params: secret,
    body: {
      title: titled('zqprivetitel'),
      body: `${COMMON} zqprivetekst`,
      theme: 'zorg-regelen',
      editedAt: null,
    },
  });
  await askBack(stage, secret);
  await assign(secret, 'Wilt u kijken?');
  const answered = { ...secret, answer: await answer('expert', secret, 'zqeerderprive') };
  await comment('asker', answered, 'zqprivereactie');
  await as('editor', contract.lookUpAsker, {
    params: secret,
    body: { reason: 'other', note: 'zqkijkreden' },
  });
  const own = { ...secret, answer: await answer('editor', secret, 'zqredactieeerder') };
  await editAnswer('editor', own, 'zqpriveantwoord');
  const decide = async (params: Of & { twin: string }, agree: boolean) => {
    const body = agree ? { agree, version: TWIN_CONSENT.version, locale: 'nl' } : { agree };
    const { public: shown }: { public: { ref: string } | null } = await as(
      'asker',
      contract.decideTwin,
      { params, body },
    );
    if (shown) await watch(shown.ref);
    return shown?.ref ?? '';
  };
  await decide(await propose(stage, secret, 'zqafgewezen'), false);
  await as('chief', contract.takeTwinBack, {
    params: await propose(stage, secret, 'zqteruggenomen'),
  });
  const taken = await propose(stage, secret, 'zqingetrokkenversie');
  refs.ended = await decide(taken, true);
  await as('asker', contract.withdrawTwinConsent, { params: taken });
  const shown = await propose(stage, secret, 'zqversie', answered.answer);
  refs.twin = await decide(shown, true);
  return { secret, shown };
}

/** Private: waits for an expert, who has a link. */
export async function waiting(stage: Stage) {
  const asked = await stage.ask('waiting', 'private', {
    title: 'zqwachttitel',
    body: 'Nog een vraag.',
    alt: 'zqwachtfoto',
  });
  await stage.assign(asked, 'zqnotitie');
  await askBack(stage, asked);
  return { waits: asked, proposed: await propose(stage, asked, 'zqvoorstel') };
}

/** Taken back, held, hidden, removed and appealed; a draft; about health; and those of others. */
export async function outOfView({ house, as, ask }: Stage): Promise<void> {
  const back = await ask('withdrawn', 'anonymous', { title: 'zqingetrokken' });
  await as('asker', contract.withdrawQuestion, { params: back });
  await ask('held', 'anonymous', { title: 'zqvastgehouden', body: 'houdvast' });
  const hidden = await ask('hidden', 'anonymous', { title: 'zqverborgen', alt: 'zqverborgenfoto' });
  await as('editor', contract.hideQuestion, { params: hidden, body: RUDE });
  const removed = await ask('removed', 'anonymous', { title: 'weg' });
  await as('editor', contract.removeQuestion, { params: removed, body: RUDE });
  const { items }: { items: { id: string; question: { ref: string } }[] } = await as(
    'asker',
    contract.listMyDecisions,
  );
  const decision = items.find((one) => one.question.ref === removed.question)?.id ?? '';
  await as('asker', contract.makeAppeal, { params: { decision }, body: { body: 'zqbezwaar' } });
  await house.call(contract.askAsGuest, null, {
    body: {
      title: titled('zqkladvraag'),
      body: '',
      theme: 'wonen',
      visibility: 'private',
      name: 'Gast Gastema',
      email: 'gast@voorbeeld.example',
    },
  });
  await ask('health', 'anonymous', { title: 'zqgezondheid', health: true });
  // others ask too, so that lists have more than the secrets
  await ask('named', 'public', { title: 'zqopenbaar', who: 'neighbour' });
  await as('editor', contract.addSynonyms, { body: { words: ['zqsynoniem', COMMON] } });
}

async function askBack({ as }: Stage, params: Of): Promise<void> {
  await as('editor', contract.askBack, { params, body: { body: 'zqnavraag?' } });
  await as('asker', contract.replyToAskBack, { params, body: { body: 'zqreactieop!' } });
}

/** A public version of a private question, with its answer where one is named. */
async function propose({ as }: Stage, params: Of, words: string, answer?: string) {
  const made: { id: string } = await as('editor', contract.proposeTwin, {
    params,
    body: {
      title: titled(words),
      body: words,
      theme: 'wonen',
      answer: answer ? { id: answer, body: `Het antwoord, ${words}` } : null,
      message: 'zqbericht',
    },
  });
  return { ...params, twin: made.id };
}
