import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';

export type Database = NodePgDatabase & { $client: pg.Pool };
/** Either the pool or a running transaction: stores take this, so that callers decide. */
export type Executor = Pick<
  NodePgDatabase,
  'select' | 'insert' | 'update' | 'delete' | 'execute' | 'selectDistinct' | '$with' | 'with'
>;
export type Transaction = Parameters<Parameters<NodePgDatabase['transaction']>[0]>[0];

export interface ConnectOptions {
  url: string;
  /** connections at most; keep the sum over all processes under the server's limit */
  max?: number;
  /** acts as this role from the first statement on, where the login is another one */
  role?: string;
  applicationName?: string;
  onIdleError?(error: Error): void;
}

/**
 * Opens a pool. Statement and lock limits are set on every connection, so that one slow query or
 * one abandoned transaction cannot hold up the house. An idle connection that breaks is reported
 * and replaced: without a listener it would end the process.
 */
export function connect(options: ConnectOptions): Database {
  const settings = [
    '-c statement_timeout=5000',
    '-c lock_timeout=3000',
    '-c idle_in_transaction_session_timeout=10000',
    '-c timezone=UTC',
  ];
  if (options.role) settings.push(`-c role=${options.role}`);
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 2000,
    idleTimeoutMillis: 30_000,
    application_name: options.applicationName ?? 'wijk',
    options: settings.join(' '),
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  // the pool listens to idle connections only; one that breaks while in use would end the process,
  // although the query on it is refused all the same
  pool.on('connect', (client) => client.on('error', () => {}));
  return drizzle(pool) as Database;
}

const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/** The SQLSTATE of an error, also where drizzle wrapped it. */
export function sqlState(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    const code = (e as { code?: unknown }).code;
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}

/** The name of the constraint that was violated, if that is what happened. */
export function violatedConstraint(error: unknown): string | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    const { constraint } = e as { constraint?: unknown };
    if (typeof constraint === 'string') return constraint;
  }
  return undefined;
}

/** True where the server is away, starting or stopping: worth a 503, not a bug. */
export function isUnreachable(error: unknown): boolean {
  const state = sqlState(error);
  if (state && (/^(08|57P)/.test(state) || state === '53300')) return true;
  for (let e = error; e instanceof Error; e = e.cause) {
    const { code } = e as { code?: unknown };
    if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EPIPE') return true;
    if (
      /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|connection timeout/i.test(
        e.message,
      )
    )
      return true;
  }
  return false;
}

/**
 * drizzle's own would keep a connection for ever that breaks before `begin` is through, and would tell of
 * a `rollback` that failed instead of why there was one.
 */
async function transactionOf<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await db.$client.connect();
  let reason: { error: unknown } | undefined;
  try {
    return await drizzle(client).transaction((tx) =>
      work(tx).catch((error) => {
        reason = { error };
        throw error;
      }),
    );
  } catch (error) {
    throw reason ? reason.error : error;
  } finally {
    client.release();
  }
}

/**
 * Runs `work` in one READ COMMITTED transaction. Deadlocks and serialisation failures are tried
 * again, up to five times: `work` must have no effect outside the transaction.
 */
export async function inTransaction<T>(
  db: Database,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transactionOf(db, work);
    } catch (error) {
      if (attempt >= ATTEMPTS || !RETRYABLE.has(sqlState(error) ?? '')) throw error;
    }
  }
}
