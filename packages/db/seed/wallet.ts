import { DAY_MS, HOUR_MS } from '@wijk/domain/kernel';
import type { Leg, TransferRequest } from '@wijk/domain/ledger';
import { planPayment } from '@wijk/domain/wallet';
import type { Transaction } from '../src/kernel/database.ts';
import { openAccount, postTransfers, readAccounts } from '../src/ledger/index.ts';
import { insertPayments, type NewPayment } from '../src/wallet/payment-store.ts';
import { payRequest } from '../src/wallet/payment-tables.ts';
import { addMoneyPolicy } from '../src/wallet/policy-store.ts';
import { lot, programme, supplier } from '../src/wallet/programme-tables.ts';
import { holder } from '../src/wallet/tables.ts';
import { type BookedOrder, bookOrders } from './orders-book.ts';
import { type Chance, chance as seededChance } from './random.ts';
import { historyStart, localDate, onDayOf } from './schedule.ts';
import { FUND, ISSUANCE, openWallets, type Place, POLICY, payCodeOf } from './wallet-accounts.ts';
import { ORGANISATIONS, PROGRAMME, planPayments, SUPPLIER } from './wallet-plan.ts';

/** Chance of its own: what is paid here moves nothing of the rest of the history. */
const SEED = 11_2026;

/**
 * Wallets of the demonstration, with eight weeks behind them: credits that were issued, payments, a budget,
 * something reserved and requests that are open. The book is written by its own functions, each moment in turn.
 */
export async function fillWallets(tx: Transaction, place: Place): Promise<BookedOrder[]> {
  const chance = seededChance(SEED);
  const { wijkId, opened, now } = place;
  const version = await addMoneyPolicy(
    tx,
    wijkId,
    POLICY,
    { validFrom: opened, by: null, reason: 'Begin van de wijk' },
    opened,
  );
  const accounts = await openWallets(tx, place, chance);
  const of = (name: string) => accounts.get(name) ?? '';
  const book = bookOf(tx, wijkId, version);
  const shops: string[] = ORGANISATIONS.map(({ name }) => name);
  // an ordinary afternoon
  const start = onDayOf(historyStart(now), 14 * 60);
  await book(start, [
    ...place.names.map((name) => transfer(chance, 'issue', of(ISSUANCE), of(name), 10_000)),
    ...shops.map((name) => transfer(chance, 'issue', of(ISSUANCE), of(name), 15_000)),
    transfer(chance, 'issue', of(ISSUANCE), of(FUND), 50_000),
  ]);
  const budgets = await startProgramme(tx, place, { of, book, chance, start });
  const plan = planPayments(
    place.names,
    shops,
    { from: new Date(start.getTime() + DAY_MS), now },
    chance,
  );
  const made: { at: Date; payment: NewPayment }[] = [];
  const orders = bookOrders(tx, {
    ...{ wijkId, now, of, membershipOf: place.membershipOf, post: book, policyVersion: version },
  });
  for (const one of plan) {
    await orders.until(one.at);
    const ids = { payer: of(one.payer), payee: of(one.payee) };
    const lots = one.payee === SUPPLIER ? await budgets.spendable(one.payer) : [];
    const cut = planPayment(
      { ...POLICY, version },
      { ...ids, amount: one.amount, fund: of(FUND) },
      lots,
    );
    const id = chance.uuid();
    const [outcome] = await book(one.at, [{ id, kind: 'single', code: 'payment', legs: cut.legs }]);
    // whoever has too little pays another day
    if (!outcome?.ok) continue;
    made.push({
      at: one.at,
      payment: {
        payment: {
          ...ids,
          id,
          amount: one.amount,
          earmarked: cut.earmarked,
          contribution: cut.contribution,
          memo: one.memo,
          madeBy: madeByOf(one.payer, place),
          way: one.way === 'request' ? 'code' : one.way,
          requestId: null,
          scheduleId: null,
          returnsId: null,
        },
        lots: cut.lots.map(({ account, amount }) => ({
          lotId: account,
          programmeId: budgets.id,
          amount,
        })),
      },
    });
  }
  for (const { at, payment } of made) await insertPayments(tx, wijkId, [payment], at);
  await orders.until(now);
  await openMatters(tx, place, { of, chance });
  return orders.orders;
}

const madeByOf = (name: string, { membershipOf }: Place) => membershipOf(name);

type Post = (at: Date, requests: readonly TransferRequest[]) => ReturnType<typeof postTransfers>;

/** Posts at a moment of then, as the application would have. */
const bookOf =
  (tx: Transaction, wijkId: string, policyVersion: number): Post =>
  (at, requests) =>
    postTransfers(
      tx,
      wijkId,
      requests.map((request) => ({ ...request, policyVersion })),
      { at, day: localDate(at) },
    );

function transfer(
  chance: Chance,
  code: 'issue' | 'grant',
  from: string,
  to: string,
  amount: number,
): TransferRequest {
  const legs: Leg[] = [
    { account: from, side: 'debit', amount },
    { account: to, side: 'credit', amount },
  ];
  return { id: chance.uuid(), kind: 'single', code, legs };
}

interface Tools {
  of: (name: string) => string;
  book: Post;
  chance: Chance;
}

/** A programme with a budget for a dozen of them, to spend with one supplier. */
async function startProgramme(
  tx: Transaction,
  { wijkId, membershipOf, names, now }: Place,
  { of, book, chance, start }: Tools & { start: Date },
) {
  const id = chance.uuid();
  const account = chance.uuid();
  const none = { min: 0, max: null, daily: null };
  const endsAt = new Date(now.getTime() + 60 * DAY_MS);
  await openAccount(tx, { wijkId, id: account, kind: 'programme', limits: none }, start);
  await tx.insert(holder).values({
    wijkId,
    accountId: account,
    kind: 'programme',
    payCode: payCodeOf(chance),
    openedAt: start,
  });
  const kees = membershipOf('Kees Dijkgraaf');
  await tx.insert(programme).values({
    wijkId,
    id,
    name: PROGRAMME.name,
    about: 'Voor wie weer in beweging wil komen, samen met anderen.',
    accountId: account,
    kinds: [],
    themes: ['bewegen'],
    perParticipant: PROGRAMME.perParticipant,
    startsOn: localDate(start),
    endsOn: localDate(endsAt),
    madeBy: kees,
    madeAt: start,
  });
  await tx.insert(supplier).values({
    wijkId,
    programmeId: id,
    accountId: of(SUPPLIER),
    kind: 'service',
    theme: 'bewegen',
    since: start,
  });
  const participants = ['Fatima Amrani', ...names.filter((_, i) => i % 5 === 2)].slice(0, 12);
  const lots = new Map([...new Set(participants)].map((name) => [name, chance.uuid()]));
  for (const lotId of lots.values())
    await openAccount(tx, { wijkId, id: lotId, kind: 'lot', limits: none }, start);
  await tx.insert(lot).values(
    [...lots].map(([name, accountId]) => ({
      wijkId,
      accountId,
      programmeId: id,
      holder: of(name),
      granted: PROGRAMME.perParticipant,
      expiresAt: endsAt,
      grantedAt: start,
    })),
  );
  const all = PROGRAMME.perParticipant * lots.size;
  const later = new Date(start.getTime() + HOUR_MS);
  await book(later, [transfer(chance, 'issue', of(ISSUANCE), account, all)]);
  await book(
    later,
    [...lots.values()].map((lotId) =>
      transfer(chance, 'grant', account, lotId, PROGRAMME.perParticipant),
    ),
  );
  return {
    id,
    spendable: async (name: string) => {
      const lotId = lots.get(name);
      const [found] = lotId ? await readAccounts(tx, wijkId, [lotId]) : [];
      return found
        ? [{ account: found.id, available: found.available ?? 0, expiresAt: endsAt }]
        : [];
    },
  };
}

/** What is not over: requests that wait. What is reserved is of orders. */
async function openMatters(
  tx: Transaction,
  { wijkId, membershipOf, now }: Place,
  { of, chance }: Pick<Tools, 'of' | 'chance'>,
): Promise<void> {
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR_MS);
  const request = (payee: string, payer: string | null, amount: number, memo: string) => ({
    wijkId,
    id: chance.uuid(),
    ref: payCodeOf(chance),
    payee: of(payee),
    payer: payer && of(payer),
    amount,
    memo,
    madeBy: membershipOf(payee),
    madeAt: ago(3),
    expiresAt: new Date(now.getTime() + 11 * DAY_MS),
  });
  await tx
    .insert(payRequest)
    .values([
      request('Henk Brouwer', 'Fatima Amrani', 750, 'Dakgoot schoongemaakt'),
      request('Fatima Amrani', null, 400, 'Soep voor de straat'),
    ]);
}
