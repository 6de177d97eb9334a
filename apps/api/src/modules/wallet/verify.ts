import { createHash } from 'node:crypto';
import type { Events } from '@wijk/contracts';
import {
  appendEvent,
  hintLive,
  inTransaction,
  isUnreachable,
  sqlState,
  type Transaction,
} from '@wijk/db/kernel';
import {
  addVerification,
  askVerification,
  claimVerification,
  endVerificationAsk,
  findWrongDay,
  hasVerification,
  listVerificationAsks,
  readPublished,
  readStoredVerifications,
  readVerificationAsk,
  type StoredVerification,
  startVerification,
  treasurersOf,
  type VerificationAsk,
} from '@wijk/db/wallet';
import { HOUR_MS, uuidv7 } from '@wijk/domain/kernel';
import { localDateOf } from '@wijk/domain/wijk';
import { DEFAULT_LOCALE, findingText, t } from '@wijk/i18n';
import type { NamedJob } from '../../jobs/worker.ts';
import type { Services } from '../../services.ts';

/** From this hour on, in the wijk's own time. */
const NIGHT_MS = 3 * HOUR_MS;

interface Asked {
  /** of what is kept: there is one result for it */
  id: string;
  wijkId: string;
  /** membership of who pressed; null: by night */
  by: string | null;
}
type Result = Pick<StoredVerification, 'entries' | 'blocks' | 'broken'>;

/** What became of earlier ones, newest first. */
export function readVerifications(
  { db }: Pick<Services, 'db'>,
  wijkId: string,
  limit = 30,
): Promise<StoredVerification[]> {
  return readStoredVerifications(db, wijkId, limit);
}

/** The one that somebody pressed for and that has no result yet. */
export function readAsk(
  { db }: Pick<Services, 'db'>,
  wijkId: string,
): Promise<VerificationAsk | null> {
  return readVerificationAsk(db, wijkId);
}

/**
 * Asks for the book of a wijk to be read through, which takes seconds to minutes: a worker does it. There is
 * one at a time; whoever presses while there is gets that one.
 * @param by membership
 */
export async function requestVerification(
  services: Services,
  wijkId: string,
  by: string,
): Promise<VerificationAsk> {
  const askedAt = services.clock.now();
  const asked = { id: uuidv7(askedAt), wijkId, by, askedAt };
  await inTransaction(services.db, async (tx) => {
    await askVerification(tx, asked);
    await tell(services, tx, wijkId);
  });
  // it may have been done already
  return (await readAsk(services, wijkId)) ?? { ...asked, startedAt: askedAt };
}

/** Pages of those who look after the book read anew. */
async function tell(services: Services, tx: Transaction, wijkId: string): Promise<void> {
  const members = await treasurersOf(tx, wijkId, services.clock.now());
  await hintLive(tx, ...members.map((m) => ({ w: wijkId, t: 'me', m, k: 'book' })));
}

/**
 * Reads the book through and keeps what became of it. In a wijk it is done by one worker at a time, whoever
 * asked for it: the lock on it goes with the connection, so after a crash another one can. What a crash or a
 * stop broke off has left nothing, and is done anew.
 * @param begin looks, behind the lock, whether it is still to be done
 * @returns false where another worker is at it, or it was done
 */
async function verifyOnce(
  services: Services,
  asked: Asked,
  begin: () => Promise<boolean>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  return await services.book.inSnapshot(async (tx) => {
    if (!(await claimVerification(tx, asked.wijkId)) || !(await begin())) return false;
    const startedAt = services.clock.now();
    const result = await resultOf(services, tx, asked, signal);
    // by another connection: the one that reads sees the ask as it was when it began
    await keep(services, asked, startedAt, result);
    return true;
  }, signal);
}

/** A book that cannot be read is broken too; a database that is away, or that we leave, is not. */
async function resultOf(
  services: Services,
  tx: Transaction,
  { wijkId }: Asked,
  signal: AbortSignal | undefined,
): Promise<Result> {
  try {
    const [published, wrongDay] = [await readPublished(tx, wijkId), await findWrongDay(tx, wijkId)];
    const { entries, blocks, broken } = await services.book.verify(tx, wijkId, published, wrongDay);
    return { entries, blocks, broken: broken && findingText(DEFAULT_LOCALE, broken) };
  } catch (err) {
    if (isUnreachable(err) || signal?.aborted) throw err;
    services.log.error({ err, wijk: wijkId }, 'the book could not be read');
    const why = sqlState(err) ?? (err instanceof Error ? err.name : 'unknown');
    return { entries: 0, blocks: 0, broken: t(DEFAULT_LOCALE, 'ledger.unread', { why }) };
  }
}

/** Where something is broken its treasurers and admins are told. */
async function keep(
  services: Services,
  asked: Asked,
  startedAt: Date,
  result: Result,
): Promise<void> {
  const { id, wijkId, by } = asked;
  const at = services.clock.now();
  const tookMs = at.getTime() - startedAt.getTime();
  const ok = result.broken === null;
  await inTransaction(services.db, async (tx) => {
    await addVerification(tx, { wijkId, id, at, by, ok, tookMs, ...result });
    await endVerificationAsk(tx, asked);
    if (!ok) {
      const payload: Events['book.broken.v1'] = { verificationId: id };
      await appendEvent(tx, services.subscriptions, at, {
        ...{ wijkId, type: 'book.broken.v1', payload },
      });
    }
    await tell(services, tx, wijkId);
  });
}

/** What somebody pressed for, the one that waits longest first. */
async function verifyAsked(services: Services, signal?: AbortSignal): Promise<boolean> {
  for (const ask of await listVerificationAsks(services.db)) {
    const begin = () =>
      inTransaction(services.db, async (tx) => {
        const begun = await startVerification(tx, ask, services.clock.now());
        if (begun) await tell(services, tx, ask.wijkId);
        return begun;
      });
    if (await verifyOnce(services, ask, begin, signal)) return true;
  }
  return false;
}

/** One night of one wijk has one id, so that two workers keep one of it. */
function idOfNight(wijkId: string, night: string): string {
  const hex = createHash('sha256').update(`verification by night ${wijkId} ${night}`).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
}

/** Once a night for each wijk that has a book; after a night without the application, when it is back. */
async function verifyOneByNight(
  services: Services,
  done: Map<string, string>,
  signal?: AbortSignal,
): Promise<boolean> {
  const now = services.clock.now();
  for (const { id: wijkId, timeZone } of await services.wijken.listOpen()) {
    const night = localDateOf(new Date(now.getTime() - NIGHT_MS), timeZone);
    if (done.get(wijkId) === night) continue;
    const asked = { id: idOfNight(wijkId, night), wijkId, by: null };
    const isKept = () => hasVerification(services.db, wijkId, asked.id);
    const known =
      !(await services.book.exists(wijkId)) ||
      (await isKept()) ||
      (await verifyOnce(services, asked, async () => !(await isKept()), signal));
    if (known) done.set(wijkId, night);
    else return false;
  }
  return false;
}

/** A piece that was broken off because the house stops is no failure. */
const untilStopped =
  (run: (services: Services, signal?: AbortSignal) => Promise<boolean>): NamedJob['run'] =>
  async (services, signal) => {
    try {
      return await run(services, signal);
    } catch (error) {
      if (signal?.aborted) return false;
      throw error;
    }
  };

/** By night and on a button, each in a lane of its own: they take minutes, and nothing else waits for them. */
export function verifying(): NamedJob[] {
  const done = new WeakMap<Services, Map<string, string>>();
  const byNight: NamedJob['run'] = (services, signal) => {
    const mine = done.get(services) ?? new Map<string, string>();
    done.set(services, mine);
    return verifyOneByNight(services, mine, signal);
  };
  return [
    { name: 'ledger-verify', run: untilStopped(byNight) },
    { name: 'ledger-verify-asked', run: untilStopped(verifyAsked) },
  ];
}
