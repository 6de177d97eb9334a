import { comesBefore, type Finding, type FindingKind } from '@wijk/domain/ledger';
import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../kernel/database.ts';

/** What was found so far: how much, and the first of it. Everything else is let go. */
export class Findings {
  first: Finding | null = null;
  count = 0;

  add(kind: FindingKind, where: Partial<Finding>, times = 1): void {
    const finding: Finding = {
      account: null,
      version: null,
      transfer: null,
      height: null,
      position: null,
      day: null,
      ...where,
      kind,
    };
    this.count += times;
    if (!this.first || comesBefore(finding, this.first)) this.first = finding;
  }
}

/** Rows of a query one by one, a batch of them in memory at a time. For the length of a transaction. */
export class Rows<T extends Record<string, unknown>> {
  readonly #tx: Transaction;
  readonly #name: string;
  #query: SQL | undefined;
  #batch: T[] = [];
  #at = 0;
  #ended = false;

  /** @param name of the cursor, one in a transaction */
  constructor(tx: Transaction, name: string, query: SQL) {
    this.#tx = tx;
    this.#name = name;
    this.#query = query;
  }

  /** The next row; undefined behind the last. */
  next(): T | undefined | Promise<T | undefined> {
    if (this.#at < this.#batch.length) return this.#batch[this.#at++];
    return this.#ended ? undefined : this.#more();
  }

  async #more(): Promise<T | undefined> {
    if (this.#query) {
      await this.#tx.execute(
        sql`declare ${sql.identifier(this.#name)} no scroll cursor for ${this.#query}`,
      );
      this.#query = undefined;
    }
    const { rows } = await this.#tx.execute<T>(
      sql`fetch ${sql.raw(String(BATCH))} from ${sql.identifier(this.#name)}`,
    );
    this.#batch = rows as T[];
    this.#at = 1;
    this.#ended = rows.length < BATCH;
    return this.#batch[0];
  }
}

/** Some milliseconds of work, so that a process that also serves pages goes on doing so. */
const BATCH = 250;
