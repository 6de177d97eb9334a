import { connect, type Database } from '@wijk/db/kernel';
import {
  inSnapshot,
  type PublishedHead,
  readHead,
  sealBlock,
  type Verdict,
  verifyBook,
} from '@wijk/db/ledger';
import type { Finding } from '@wijk/domain/ledger';
import pg from 'pg';
import { BookOfTests } from './book.ts';
import { type TestDatabase, testDatabase } from './database.ts';

const TABLES = ['account', 'account_event', 'transfer', 'entry', 'hold', 'block', 'leaf', 'sealed'];

/** A sealed book of three days, and somebody whom no trigger and no check holds back. */
export class AttackedBook {
  readonly wijkId = '0198d8a0-0000-7000-8000-00000000abcd';
  readonly published: PublishedHead[] = [];
  readonly #database: TestDatabase;
  readonly #db: Database;
  readonly attacker: pg.Client;

  private constructor(database: TestDatabase) {
    this.#database = database;
    this.#db = connect({ url: database.appUrl });
    this.attacker = new pg.Client({
      connectionString: database.ownerUrl,
      options: '-c timezone=UTC',
    });
  }

  static async open(seed: number): Promise<AttackedBook> {
    const scene = new AttackedBook(await testDatabase());
    await scene.#live(seed);
    await scene.#letGo();
    return scene;
  }

  async #live(seed: number): Promise<void> {
    const { wijkId, attacker } = this;
    await attacker.connect();
    await attacker.query(
      `insert into wijk.wijk (id, slug, name, time_zone, created_at) values ($1, 'elzen', 'Elzen', 'Europe/Amsterdam', now())`,
      [wijkId],
    );
    const start = new Date('2026-11-30T22:30:00Z');
    const book = new BookOfTests(this.#db, wijkId, { seed, start });
    await book.open(5);
    for (let day = 1; day <= 3; day += 1) {
      await book.live(70);
      await book.reserve(30);
      while (await sealBlock(this.#db, wijkId, book.at, 60));
      const { height = 0, hash: head = '' } = (await readHead(this.#db, wijkId)) ?? {};
      this.published.push({ day: `2026-12-0${day}`, height, head });
    }
  }

  async #letGo(): Promise<void> {
    const { rows } = await this.attacker.query<{ statement: string }>(
      `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as statement
       from pg_constraint where contype = 'c' and connamespace = 'ledger'::regnamespace
       union all select 'drop index ledger.transfer_resolves' union all select 'drop index ledger.transfer_reverses'`,
    );
    for (const { statement } of rows) await this.attacker.query(statement);
    await this.attacker.query('set session_replication_role = replica');
  }

  verify(heads: readonly PublishedHead[] = this.published): Promise<Verdict> {
    return inSnapshot(this.#db, (tx) => verifyBook(tx, this.wijkId, heads));
  }

  /** What verify says after `change` of some tables, which is undone. */
  async after(
    change: () => Promise<unknown>,
    heads: readonly PublishedHead[] = this.published,
    tables: readonly string[] = TABLES,
  ): Promise<Finding | null> {
    for (const table of tables)
      await this.run(`create temp table kept_${table} as table ledger.${table}`);
    try {
      await change();
      return (await this.verify(heads)).broken;
    } finally {
      for (const table of tables) {
        await this.run(`delete from ledger.${table}`);
        await this.run(`insert into ledger.${table} select * from kept_${table}`);
        await this.run(`drop table kept_${table}`);
      }
    }
  }

  run(text: string, ...values: unknown[]) {
    return this.attacker.query(text, values);
  }

  async first<T extends pg.QueryResultRow>(text: string, ...values: unknown[]): Promise<T> {
    const [row] = (await this.attacker.query<T>(text, values)).rows;
    if (!row) throw new Error(`nothing: ${text}`);
    return row;
  }

  async close(): Promise<void> {
    await this.attacker.end();
    await this.#db.$client.end();
    await this.#database.drop();
  }
}
