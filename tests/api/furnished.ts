import { randomUUID } from 'node:crypto';
import * as contracts from '@wijk/contracts';
import { HOUR_MS } from '@wijk/domain/kernel';
import { expect } from 'vitest';
import { sealUnsubscribe } from '../../apps/api/src/modules/notifications/index.ts';
import { signAnswerLink } from '../../apps/api/src/modules/vraagbaak/index.ts';
import { type Guest, type House, ok } from '../support/house.ts';
import { openMarket } from '../support/market.ts';
import { photographer } from '../support/photos.ts';
import { openTill } from '../support/wallet.ts';
import { furnishComplaints } from './furnished-complaints.ts';
import { furnishMarket } from './furnished-market.ts';
import { furnishMessages } from './furnished-messages.ts';
import { furnishReviews } from './furnished-reviews.ts';
import { furnishTreasury } from './furnished-treasury.ts';

/** Stands in every text and name of the first wijk, and nowhere in the other one. */
export const CANARY = 'Kanarievogel';

/** Something of every kind that has an id, a reference, a link or a cursor. */
export async function furnish(house: House, here: Guest) {
  const asker = await house.guest(`Vrager ${CANARY}`);
  const expert = await house.guest(`Kenner ${CANARY}`, ['expert']);
  const neighbour = await house.guest(`Buur ${CANARY}`);
  ok(await house.call(contracts.changeWords, here, { body: { hold: ['houdvast'] } }));
  const { upload } = photographer(house);
  const photos: { id: string; claim: string; alt: string }[] = [];
  const ask = async (visibility: 'public' | 'private', title = `Vraag ${CANARY}`, more = '') => {
    // each with the photos that were uploaded since the one before
    const body = { title, body: `Tekst ${CANARY} ${more}`, theme: 'zorg-regelen', visibility };
    const given = { body: { ...body, photos: photos.splice(0) } };
    return ok(await house.call(contracts.askQuestion, asker, given)).ref;
  };
  const { id: photo, claim } = await upload(undefined, asker);
  photos.push({ id: photo, claim, alt: CANARY });
  const question = await ask('public');
  const hidden = await ask('private');
  const { id: twin } = ok(
    await house.call(contracts.proposeTwin, here, {
      params: { question: hidden },
      body: { title: `Versie ${CANARY}`, body: '', theme: 'wonen', answer: null, message: CANARY },
    }),
  );
  const held = await ask('public', `Vraag ${CANARY}`, 'houdvast');
  const judged = await ask('public');
  for (let i = 0; i < 3; i += 1) await ask('public', `Nog een ${CANARY} ${i}`);
  const params = { question };
  const answer = ok(
    await house.call(contracts.answerQuestion, asker, { params, body: { body: `Zelf ${CANARY}` } }),
  );
  const { id: comment } = ok(
    await house.call(contracts.addComment, asker, {
      params: { question, answer: answer.id },
      body: { body: `Erbij ${CANARY}` },
    }),
  );
  const synonyms = ok(
    await house.call(contracts.addSynonyms, here, { body: { words: [CANARY, 'vogel'] } }),
  );
  const flagged = { reason: 'rude' as const, note: CANARY };
  ok(await house.call(contracts.flagQuestion, neighbour, { params, body: flagged }));
  house.clock.advance(1000);
  const assigned = ok(
    await house.call(contracts.assignQuestion, here, {
      params,
      body: { expert: expert.membershipId, note: CANARY },
    }),
  );
  ok(await house.call(contracts.askBack, here, { params, body: { body: `Welke ${CANARY}?` } }));
  const ofJudged = { params: { question: judged } };
  ok(
    await house.call(contracts.removeQuestion, here, {
      ...ofJudged,
      body: { reason: 'rude', message: CANARY },
    }),
  );
  const [statement] = ok(await house.call(contracts.listMyDecisions, asker, {})).items;
  const decision = statement?.id ?? '';
  ok(
    await house.call(contracts.makeAppeal, asker, {
      params: { decision },
      body: { body: `Toch niet, zegt de ${CANARY}` },
    }),
  );
  const [appeal] = ok(await house.call(contracts.readDesk, here, ofJudged)).appeals;
  const saved = ok(
    await house.call(contracts.createSavedAnswer, here, {
      body: { title: CANARY, body: `Dag ${CANARY}`, use: 'answer', theme: null },
    }),
  );
  const date = '2026-11-20';
  const onDuty = { date, member: here.membershipId };
  ok(await house.call(contracts.planDuty, here, { params: onDuty }));
  const invited = ok(
    await house.call(contracts.invitePerson, here, {
      body: {
        email: `${CANARY.toLowerCase()}@voorbeeld.example`,
        name: CANARY,
        title: CANARY,
        roles: ['editor'],
        themes: [],
      },
    }),
  );
  const written = { body: `Over ${CANARY}`, basedOn: 0 };
  ok(await house.call(contracts.changeOwnPage, here, { params: { page: 'over' }, body: written }));
  const treasury = await furnishTreasury(house, here, neighbour, CANARY);
  const { listing, picture, provider, exception } = await furnishMarket(
    house,
    here,
    neighbour,
    CANARY,
  );
  house.clock.advance(21 * HOUR_MS);
  await house.work();
  const settlement = await treasury.settle('2026-11-18');
  const { rows: links } = await house.owner.$client.query<{ id: string }>(
    'select id from vraagbaak.assignment where wijk_id = $1',
    [house.wijk.id],
  );
  const { rows: letters } = await house.owner.$client.query<{ id: string }>(
    `update kernel.delivery set status = 'dead', last_error = $2 where wijk_id = $1 returning id`,
    [house.wijk.id, CANARY],
  );
  const till = openTill(house);
  await till.issue(neighbour, 1000);
  const { payment } = await till.pay(neighbour, expert, 100, { memo: CANARY });
  const { code } = ok(
    await house.call(contracts.makePayRequest, expert, { body: { amount: 200, memo: CANARY } }),
  );
  const market = await openMarket(house);
  const job = await market.listing(expert, { title: `Klus ${CANARY}`, mode: 'free' });
  const order = await market.request(neighbour, job, { note: `Bericht ${CANARY}` });
  for (let i = 0; i < 2; i += 1) {
    const over = await market.request(neighbour, job);
    ok(await market.press(expert, over, { step: 'decline', note: CANARY }));
  }
  const talk = await furnishMessages(house, here, neighbour, order, CANARY);
  const review = await furnishReviews(house, market, { neighbour, expert }, CANARY);
  const sides = { master: here, neighbour, expert };
  const complained = await furnishComplaints(house, market, sides, CANARY);
  const firstPage = { query: { limit: 1 } };
  const overOnes = { query: { limit: 1, show: 'over' as const } };
  const cursors = [
    ok(await house.call(contracts.listQuestions, null, firstPage)).nextCursor,
    ok(await house.call(contracts.listDesk, here, firstPage)).nextCursor,
    ok(await house.call(contracts.listNotices, here, firstPage)).nextCursor,
    ok(await house.call(contracts.readDeskLog, here, firstPage)).nextCursor,
    ok(await house.call(contracts.listPeople, here, firstPage)).nextCursor,
    ok(await house.call(contracts.readRoleLog, here, firstPage)).nextCursor,
    ok(await house.call(contracts.listControlActions, here, firstPage)).nextCursor,
    ok(await house.call(contracts.listOrders, neighbour, overOnes)).nextCursor,
    ok(await house.call(contracts.listOwnListings, neighbour, firstPage)).nextCursor,
  ];
  // those of before the long wait are over and gone
  const { rows: sessions } = await house.owner.$client.query<{ id: string }>(
    'select left(id, 16) as id from identity.session where person_id = $1',
    [here.personId],
  );
  for (const cursor of cursors) expect(cursor).toEqual(expect.any(String));
  const params_ = {
    question,
    answer: answer.id,
    comment,
    photo,
    synonyms: synonyms.id,
    twin,
    action: assigned.undo ?? '',
    letter: letters[0]?.id ?? '',
    session: sessions[0]?.id ?? '',
    member: neighbour.membershipId,
    appeal: appeal?.id ?? '',
    decision,
    saved: saved.id,
    invitation: invited.id,
    date,
    role: 'editor',
    page: 'over',
    token: signAnswerLink(house.services.secret, {
      wijkId: house.wijk.id,
      assignmentId: links[0]?.id ?? '',
    }),
    mail: randomUUID(),
    ...treasury.params,
    settlement,
    listing,
    picture,
    provider,
    payment: payment.id,
    code,
    order,
    review,
    exception,
    ...talk,
    ...complained,
    kind: 'member',
    id: neighbour.membershipId,
  };
  for (const [name, value] of Object.entries(params_))
    expect([name, value]).not.toEqual([name, '']);
  return {
    params: params_,
    unsubscribe: sealUnsubscribe(house.services.secret, house.wijk.id, {
      whose: { audience: 'member', membershipId: neighbour.membershipId },
      category: 'followed',
    }),
    cursors: cursors.map(String),
    expert: expert.membershipId,
    private: hidden,
    held,
    judged,
  };
}
