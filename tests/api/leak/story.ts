import * as contract from '@wijk/contracts';
import { MINUTE_MS } from '@wijk/domain/kernel';
import { signAnswerLink } from '../../../apps/api/src/modules/vraagbaak/index.ts';
import type { House } from '../../support/house.ts';
import { type Canary, canaries, type Sighting } from './canaries.ts';
import { complaining } from './market-scene.ts';
import { inPrivate, inTheOpen, outOfView, waiting } from './scenes.ts';
import { type People, setStage } from './stage.ts';
import { type Crossing, toMarket } from './to-market.ts';

export interface Story {
  all: Canary[];
  people: People;
  /** references by what they are of */
  refs: Record<string, string>;
  /** values for the parameters of paths: each name with all that it can be */
  params: Record<string, string[]>;
  /** reference of the question that an answer, a comment or a photo is with */
  home: ReadonlyMap<string, string>;
  /** words that stand for a picture, which has none, by its id */
  pictures: ReadonlyMap<string, string>;
  /** what came back from everything that was done */
  told: Sighting[];
  /** questions whose asker is hidden, with what that asker did on the market */
  crossings: Crossing[];
}

/**
 * Everything that leaves a secret behind, once: questions without a name and private ones, answered,
 * discussed, judged, looked up, published and taken back.
 * @param watch is told of each question as soon as there is one
 */
export async function play(house: House, watch: (ref: string) => Promise<void>): Promise<Story> {
  const stage = await setStage(house, watch);
  const { as, people, refs, claims, sql, told } = stage;
  await as('admin', contract.changeWords, { body: { hold: ['houdvast'] } });
  await inTheOpen(stage);
  const { secret, shown } = await inPrivate(stage);
  const { waits, proposed } = await waiting(stage);
  await outOfView(stage);
  const { crossings, listings } = await toMarket(stage);
  const complaint = await complaining(house, stage);
  house.clock.advance(MINUTE_MS);
  await house.work();

  const idOf = async (ref: string) =>
    (await sql('select id from vraagbaak.question where ref = $1', [ref]))[0]?.id ?? '';
  const [assignment] = await sql(
    'select id from vraagbaak.assignment where question_id = $1 and ended_at is null',
    [await idOf(waits.question)],
  );
  const token = signAnswerLink(house.services.secret, {
    wijkId: house.wijk.id,
    assignmentId: assignment?.id ?? '',
  });
  const rows = async (table: string) =>
    (await sql(`select id::text as id from vraagbaak.${table} order by 1`)).map(
      ({ id = '' }) => id,
    );
  const home = new Map<string, string>();
  const pictures = new Map<string, string>();
  for (const table of ['answer', 'comment', 'photo'])
    for (const { id = '', ref = '' } of await sql(
      `select t.id, q.ref from vraagbaak.${table} t join vraagbaak.question q on q.id = t.question_id`,
    ))
      home.set(id, ref);
  for (const { id = '', alt = '' } of await sql('select id, alt from vraagbaak.photo'))
    pictures.set(id, alt);
  const { membershipId, personId } = people.asker;
  return {
    all: canaries({
      membershipId,
      personId,
      privateId: await idOf(secret.question),
      privateRef: secret.question,
      waitingRef: waits.question,
      privatePhoto: [...pictures].find(([, alt]) => alt === 'zqprivefoto')?.[0] ?? '',
      claims,
      requestRef: refs.hiddenRequest ?? '',
    }),
    people,
    refs,
    told,
    home,
    pictures,
    crossings,
    params: {
      listing: listings,
      question: Object.values(refs),
      ref: Object.values(refs),
      answer: await rows('answer'),
      comment: await rows('comment'),
      photo: await rows('photo'),
      complaint: [complaint],
      decision: await rows('moderation_decision'),
      appeal: await rows('appeal'),
      twin: [proposed.twin, shown.twin],
      member: [membershipId, people.expert.membershipId],
      token: [token],
      theme: ['zorg-regelen', 'wonen'],
    },
  };
}
