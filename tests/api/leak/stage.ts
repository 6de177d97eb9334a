import type { Contract } from '@wijk/contracts';
import * as contract from '@wijk/contracts';
import { type Guest, type House, ok } from '../../support/house.ts';
import { blob, picture } from '../../support/photos.ts';
import type { Reader, Sighting } from './canaries.ts';

/** A common word that stands in every question, so that every search finds all that it may. */
export const COMMON = 'wasbeer';

/** A title with enough words of its own for another question to be like it. */
export const titled = (words: string) => `${COMMON} ${words} ${words}een ${words}twee`;

type Input = Parameters<House['call']>[2];
type Actor = Exclude<Reader, 'visitor'>;
export type People = Record<Actor, Guest>;

/** Of a question. */
export interface Of {
  question: string;
}

interface Asked {
  title: string;
  body?: string;
  who?: 'asker' | 'neighbour';
  /** what is said to be on its photo */
  alt?: string;
  health?: boolean;
}

/** Who plays, and what they can do in few words. */
export type Stage = Awaited<ReturnType<typeof setStage>>;

async function cast(house: House): Promise<People> {
  const { guest } = house;
  return {
    asker: await guest('Zqvoornaam Zqachternaam'),
    neighbour: await guest('Gewone Buur'),
    expert: await guest('Esra Kenner', ['expert']),
    'other-expert': await guest('Otto Kenner', ['expert']),
    editor: await guest('Noor Redactie', ['editor']),
    chief: await guest('Johan Hoofd', ['editor', 'chief-editor']),
    admin: await guest('Ada Beheer', ['admin']),
    platform: await house.platformAdmin('Piet Platform'),
    elsewhere: await guest('Ellen Elders', ['editor', 'chief-editor', 'admin'], house.other.id),
  };
}

/** @param watch is told of each question as soon as there is one */
export async function setStage(house: House, watch: (ref: string) => Promise<void>) {
  const people = await cast(house);
  const told: Sighting[] = [];
  const refs: Record<string, string> = {};
  const claims: string[] = [];
  const as = async (who: Actor, op: Contract, input: Input = {}) => {
    const outcome = await house.call(op, people[who], input as never);
    // who looks up may read whom they found: that is what the look is for
    const text = op.id === 'lookUpAsker' ? '' : JSON.stringify(outcome);
    told.push({ reader: who, where: `${op.id} (reply)`, text });
    // after each deed, for what follows from it is other than what follows from all of them
    await house.work();
    // moments that are the same would let things be matched by chance
    house.clock.advance(7001);
    return ok(outcome) as never;
  };
  const photo = async (alt: string) => {
    const bytes = await picture(40, 30).jpeg().toBuffer();
    const { id, claim }: { id: string; claim: string } = await as('asker', contract.uploadPhoto, {
      file: blob(bytes),
    });
    claims.push(claim);
    return { id, claim, alt };
  };
  const ask = async (
    name: string,
    visibility: 'public' | 'anonymous' | 'private',
    { title, body = '', who = 'asker', alt, health = false }: Asked,
  ): Promise<Of> => {
    const asked: { ref: string } = await as(who, contract.askQuestion, {
      body: {
        title: titled(title),
        body: `${COMMON} ${body}`,
        theme: 'zorg-regelen',
        visibility,
        photos: alt ? [await photo(alt)] : [],
        ...(health ? { health, consent: 'health-1.nl' } : {}),
      },
    });
    refs[name] = asked.ref;
    await watch(asked.ref);
    return { question: asked.ref };
  };
  const answer = async (who: Actor, params: Of, body: string) => {
    const input = { params, body: { body } };
    const given: { id: string } = await as(who, contract.answerQuestion, input);
    return given.id;
  };
  const comment = async (who: Actor, params: Of & { answer: string }, body: string) => {
    const input = { params, body: { body } };
    const said: { id: string } = await as(who, contract.addComment, input);
    return { question: params.question, comment: said.id };
  };
  const assign = (params: Of, note: string) =>
    as('editor', contract.assignQuestion, {
      params,
      body: { expert: people.expert.membershipId, note },
    });
  /** Changes one's own answer, as it reads now. */
  const editAnswer = async (who: Actor, params: Of & { answer: string }, body: string) => {
    const { question, answer: id } = params;
    const read = ok(await house.call(contract.getQuestion, people[who], { params: { question } }));
    const { at = '', editedAt = null } = read.answers.find((one) => one.id === id) ?? {};
    await as(who, contract.editAnswer, { params, body: { body, version: editedAt ?? at } });
  };
  const sql = async (text: string, values: unknown[] = []) =>
    (await house.owner.$client.query(text, values)).rows as Record<string, string>[];
  return {
    house,
    people,
    told,
    refs,
    claims,
    watch,
    as,
    ask,
    answer,
    comment,
    assign,
    editAnswer,
    sql,
  };
}
