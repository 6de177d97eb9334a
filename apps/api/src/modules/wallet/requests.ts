import { randomUUID } from 'node:crypto';
import type {
  BodyOf,
  readPayCode as codeContract,
  makePayRequest as contract,
  Events,
  EventType,
  PayRequestView,
  ReplyOf,
} from '@wijk/contracts';
import { appendEvent, hintLive, inTransaction, once, type Transaction } from '@wijk/db/kernel';
import {
  endPayRequest,
  findPaymentOf,
  findPayRequest,
  type Holder,
  insertPayRequest,
  listActing,
  listOpenRequests,
  lockPayRequest,
  membersBehind,
  type PayRequest,
} from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DAY_MS, DomainError } from '@wijk/domain/kernel';
import type { Services } from '../../services.ts';
import { byCode, payeeOf, walletOf, walletsOf } from './access.ts';
import { partyOf, requestViews, stateOf, unitOf } from './views.ts';

const OPEN_FOR_MS = 14 * DAY_MS;
/** More than a shop has on its counter at once. */
const OPEN_AT_MOST = 50;

type Wijk = { id: string };

/**
 * Asks to be paid: by somebody, who is told, or by whoever gets the code. Open for two weeks.
 * @throws `wallet.payee-not-found`, `wallet.self`, `wallet.not-operator`, `wallet.too-many-requests` {limit}
 */
export async function makeRequest(
  services: Services,
  actor: Member,
  wijk: Wijk,
  body: BodyOf<typeof contract>,
  key: string,
): Promise<PayRequestView> {
  const { db, clock, secret } = services;
  const payee = await walletOf(services, actor, body.for);
  const payer = body.of ? (await payeeOf(services, wijk.id, body.of)).holder : null;
  if (payer?.accountId === payee.accountId) throw new DomainError('conflict', 'wallet.self');
  const press = { wijkId: wijk.id, person: actor.personId, route: contractId, key, body, secret };
  const id = await inTransaction(db, async (tx) => {
    // only the id is kept with the press: what somebody wrote stands in one place
    const { reply } = await once(tx, press, clock.now(), () =>
      write(services, tx, { actor, payee, payer, body }),
    );
    return reply;
  });
  const made = await findPayRequest(db, wijk.id, { id });
  if (!made) throw new Error('a request was made and is not there');
  return viewOf(services, made);
}
const contractId = 'makePayRequest';

async function write(
  services: Services,
  tx: Transaction,
  made: {
    actor: Member;
    payee: Holder;
    payer: Holder | null;
    body: BodyOf<typeof contract>;
  },
): Promise<string> {
  const { actor, payee, payer, body } = made;
  const now = services.clock.now();
  const page = { now, limit: OPEN_AT_MOST };
  const open = await listOpenRequests(tx, actor.wijkId, { payee: payee.accountId }, page);
  if (open.length >= OPEN_AT_MOST)
    throw new DomainError('too-many', 'wallet.too-many-requests', {
      params: { limit: String(OPEN_AT_MOST) },
    });
  const id = randomUUID();
  await insertPayRequest(
    tx,
    actor.wijkId,
    {
      id,
      payee: payee.accountId,
      payer: payer?.accountId ?? null,
      amount: body.amount,
      memo: body.memo || null,
      madeBy: actor.membershipId,
      expiresAt: new Date(now.getTime() + OPEN_FOR_MS),
    },
    now,
  );
  if (payer) await tellEvent(services, tx, actor.wijkId, 'pay-request.made.v1', id);
  return id;
}

/**
 * Declines a request as who is asked, or withdraws it as who asked; doing it twice changes nothing.
 * @throws `wallet.request-not-found`, `wallet.request-ended` {ending}
 */
export async function endRequest(
  services: Services,
  actor: Member,
  code: string,
  ending: 'declined' | 'withdrawn',
): Promise<void> {
  const { wijkId } = actor;
  const found = await findPayRequest(services.db, wijkId, { ref: code });
  const accounts = (await walletsOf(services, actor)).map(({ accountId }) => accountId);
  const side = ending === 'declined' ? found?.payer : found?.payee;
  if (!found || !side || !accounts.includes(side)) throw notFound();
  await inTransaction(services.db, async (tx) => {
    const now = services.clock.now();
    const request = await lockPayRequest(tx, wijkId, found.id);
    if (!request) throw notFound();
    const state = stateOf(request, now);
    if (state === ending) return;
    if (state !== 'open')
      throw new DomainError('gone', 'wallet.request-ended', { params: { ending: state } });
    await endPayRequest(tx, wijkId, request.id, { ending, paidBy: null }, now);
    if (request.payer !== null)
      await tellEvent(services, tx, wijkId, 'pay-request.ended.v1', request.id);
    const sides = request.payer ? [request.payer, request.payee] : [request.payee];
    const members = await membersBehind(tx, wijkId, sides);
    await hintLive(tx, ...members.map((m) => ({ w: wijkId, t: 'me', m, k: 'wallet' })));
  });
}

const notFound = () => new DomainError('not-found', 'wallet.request-not-found');

async function tellEvent(
  services: Services,
  tx: Transaction,
  wijkId: string,
  type: 'pay-request.made.v1' | 'pay-request.ended.v1',
  requestId: string,
): Promise<void> {
  await appendEvent(tx, services.subscriptions, services.clock.now(), {
    wijkId,
    type: type satisfies EventType,
    payload: { requestId } satisfies Events['pay-request.made.v1'],
  });
}

async function viewOf(services: Services, request: PayRequest): Promise<PayRequestView> {
  const { db, clock } = services;
  const [view] = await requestViews(db, request.wijkId, [request], clock.now());
  return view as PayRequestView;
}

/**
 * What a scanned code is. A request to somebody is for them and for who made it; an open one is for whoever
 * has its code. How it ended is told to the two sides alone, to others that it is over.
 * @throws `wallet.code-not-found`
 */
export async function readCode(
  services: Services,
  actor: Member,
  wijk: Wijk,
  code: string,
): Promise<ReplyOf<typeof codeContract>> {
  const { db, wallet } = services;
  const found = await byCode(services, wijk.id, code);
  const wallets = (await walletsOf(services, actor)).map(({ accountId }) => accountId);
  const mine = (account: string | null | undefined) =>
    account !== null && account !== undefined && wallets.includes(account);
  const request = found?.request ?? null;
  if (!found || (request?.payer && !mine(request.payer) && !mine(request.payee)))
    throw new DomainError('not-found', 'wallet.code-not-found');
  const involved = request !== null && [request.payee, request.payer, request.paidBy].some(mine);
  const view = request && (await viewOf(services, request));
  return {
    unit: unitOf(await wallet.policies.current(wijk.id)),
    payee: partyOf(found.holder),
    request: view && (involved || view.state === 'open' ? view : over(view)),
    own: mine(found.holder.accountId),
    payment: (involved && (await findPaymentOf(db, wijk.id, request.id))) || null,
    organisations: await listActing(db, wijk.id, actor.membershipId),
  };
}

/** For a stranger with the code of a request that is over: nothing of what it was. */
const over = (view: PayRequestView): PayRequestView => ({ ...view, memo: null, state: 'expired' });
