import { createHash } from 'node:crypto';
import { canonicalRequest, type Outcome, type TransferRequest } from '@wijk/domain/ledger';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import {
  connect,
  type Database,
  inTransaction,
  isUnreachable,
  sqlState,
  violatedConstraint,
} from '../../kernel/index.ts';
import { postTransfers } from '../index.ts';
import { type Dice, dice } from './dice.ts';
import { DAY, DUE, freshRequest, type Market, START } from './requests.ts';

const MINUTE = 60_000;

export interface Crowd extends Market {
  appUrl: string;
  /** what anybody asked for, so that others may bring it as well, end it, or take it back */
  known: TransferRequest[];
  /** for which of them they wrote a note in the same transaction */
  noted: Set<string>;
  /** what should not happen at all */
  faults: string[];
  /** how often something went as foreseen: a broken connection, two who brought the same new id */
  seen: Map<string, number>;
}

/** How a writer should misbehave, to show that the judge would tell. */
export interface Manners {
  /** writes down as confirmed what is not committed yet, and loses the connection then */
  confirmsEarly?: boolean;
}

const count = ({ seen }: Crowd, what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);

/** One client with a connection of its own, who asks until there is an answer. */
export class Writer {
  readonly #crowd: Crowd;
  readonly #dice: Dice;
  readonly #manners: Manners;
  readonly db: Database;

  constructor(crowd: Crowd, nr: number, seed: number, manners: Manners = {}) {
    this.#crowd = crowd;
    this.#dice = dice(seed * 100 + nr);
    this.#manners = manners;
    this.db = connect({ url: crowd.appUrl, max: 1, applicationName: `writer-${nr}` });
  }

  async work(rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      const many = this.#dice.chance(0.3) ? this.#dice.between(2, 10) : 1;
      const requests = Array.from({ length: many }, () => this.#something());
      const late = this.#dice.chance(0.2) ? DUE.getTime() - START : 0;
      const at = new Date(START + late + this.#dice.between(-5, 5) * MINUTE);
      const within = this.#manners.confirmsEarly || this.#dice.chance(0.25);
      if (within) await this.askWithNote(requests, at);
      else await this.ask(requests, at);
      // an answer that was lost on the way: the client asks again
      if (this.#dice.chance(0.1)) await this.ask(requests, at);
    }
  }

  /** Until there is an answer. */
  async ask(requests: readonly TransferRequest[], at: Date): Promise<Outcome[]> {
    const { wijkId } = this.#crowd;
    return await this.#insist(requests, () =>
      postTransfers(this.db, wijkId, requests, { at, day: DAY }),
    );
  }

  /** The same within a larger transaction, which writes a note for each that was posted. */
  async askWithNote(requests: readonly TransferRequest[], at: Date): Promise<Outcome[]> {
    const { wijkId } = this.#crowd;
    return await this.#insist(
      requests,
      () =>
        inTransaction(this.db, async (tx) => {
          const outcomes = await postTransfers(tx, wijkId, requests, { at, day: DAY }).catch(
            (error) => this.#unasked(error),
          );
          for (const [i, outcome] of outcomes.entries())
            if (outcome.ok && !outcome.repeated)
              await tx.execute(sql`insert into public.note values (${wijkId}, ${requests[i]?.id})`);
          if (this.#manners.confirmsEarly) {
            writeDown(this.#crowd, requests, outcomes);
            if (this.#dice.chance(0.5))
              await tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`);
          }
          return outcomes;
        }),
      (id) => this.#crowd.noted.add(id),
    );
  }

  async #insist(
    requests: readonly TransferRequest[],
    attempt: () => Promise<Outcome[]>,
    whenNew: (id: string) => void = () => {},
  ): Promise<Outcome[]> {
    for (let tries = 0; tries < 50; tries += 1) {
      try {
        const outcomes = await attempt();
        if (!this.#manners.confirmsEarly) writeDown(this.#crowd, requests, outcomes);
        for (const [i, outcome] of outcomes.entries())
          if (outcome.ok && !outcome.repeated) whenNew(requests[i]?.id ?? '');
        return outcomes;
      } catch (error) {
        if (isUnreachable(error)) count(this.#crowd, 'connection lost');
        else if (violatedConstraint(error) === 'transfer_wijk_id_id_pk')
          count(this.#crowd, 'same new id at once');
        else {
          this.#fault(error);
          return [];
        }
        if (this.#manners.confirmsEarly) return [];
      }
    }
    this.#crowd.faults.push('no answer after 50 tries');
    return [];
  }

  #fault(error: unknown): void {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const what = `${sqlState(error)} ${violatedConstraint(error) ?? ''} ${cause}`;
    this.#crowd.faults.push(what.slice(0, 200));
  }

  /** What a transaction would quietly try again, and never should have to. */
  #unasked(error: unknown): never {
    if (/^40/.test(sqlState(error) ?? '')) this.#fault(error);
    throw error;
  }

  /** A new request, one that somebody else brings at this moment, or another one under its id. */
  #something(): TransferRequest {
    const { known } = this.#crowd;
    const theirs =
      known.length > 0
        ? (known.at(-this.#dice.between(1, Math.min(known.length, 12))) as TransferRequest)
        : null;
    if (theirs && this.#dice.chance(0.08)) return theirs;
    if (theirs && this.#dice.chance(0.04))
      return { ...freshRequest(this.#crowd, this.#dice), id: theirs.id };
    const request = freshRequest(this.#crowd, this.#dice);
    known.push(request);
    return request;
  }
}

/** What clients keep of an answer. */
export function writeDown(
  crowd: Crowd,
  requests: readonly TransferRequest[],
  outcomes: readonly Outcome[],
): void {
  for (const [i, outcome] of outcomes.entries()) {
    const request = requests[i] as TransferRequest;
    count(
      crowd,
      outcome.ok ? (outcome.repeated ? 'repeated' : `posted ${request.kind}`) : outcome.refusal,
    );
    if (!outcome.ok) continue;
    const before = crowd.confirmed.get(request.id);
    if (before && hashOf(before.request) !== hashOf(request))
      crowd.faults.push(`confirmed under one id: ${JSON.stringify([before.request, request])}`);
    crowd.confirmed.set(request.id, {
      request,
      asNew: (before?.asNew ?? 0) + (outcome.repeated ? 0 : 1),
    });
  }
}

export const hashOf = (request: TransferRequest) =>
  createHash('sha256').update(canonicalRequest(request)).digest('hex');

/** Ends the connection of one writer after the other, whatever it is doing, until told to stop. */
export function killConnections(
  ownerUrl: string,
  seed: number,
): { kills(): number; stop(): Promise<void> } {
  const { between } = dice(seed);
  let going = true;
  let kills = 0;
  const done = (async () => {
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    while (going) {
      const { rows } = await client.query(
        `select pg_terminate_backend(pid) as done from (select pid from pg_stat_activity
           where datname = current_database() and application_name like 'writer-%' order by pid offset $1 limit 1) w`,
        [between(0, 7)],
      );
      kills += rows.length;
      await new Promise((resolve) => setTimeout(resolve, between(20, 90)));
    }
    await client.end();
  })();
  return {
    kills: () => kills,
    stop: async () => {
      going = false;
      await done;
    },
  };
}
