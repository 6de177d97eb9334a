import { randomUUID } from 'node:crypto';
import { connect, migrate } from '@wijk/db/kernel';
import { createWijk } from '@wijk/db/seed';
import { startEmbedded } from '@wijk/infra/embedded';
import pg from 'pg';
import { removeDataDir, tempDataDir } from '../../support/temp-dir.ts';
import { type LoadProcess, startLoad } from '../load/run.ts';
import { fillTpcb } from '../load/tpcb.ts';
import { fillBook } from './fill.ts';

export const TPCB_SCALE = 10;

/** A wijk with a book, in a database of its own. */
export interface Place {
  database: string;
  ownerUrl: string;
  wijkId: string;
  /** a thousand, with credits enough for all that is measured */
  accounts: string[];
  /** that every payment can have a leg to */
  fund: string;
}

export interface Stage {
  ownerUrl: string;
  load: LoadProcess;
  tpcbUrl: string;
  /** a book in which so many transfers stand already, of so many days */
  place(name: string, transfers: number, days?: number): Promise<Place>;
  /** an empty database of this name */
  database(name: string): Promise<{ owner: string; app: string }>;
  say(line: string): void;
  close(): Promise<void>;
}

const ACCOUNTS = 1000;
const CREDITS_EACH = 1_000_000_000;

export async function openStage(): Promise<Stage> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const say = (line: string) => console.error(line);
  try {
    const dataDir = tempDataDir();
    undo.push(() => removeDataDir(dataDir));
    const cluster = await startEmbedded({ dataDir, log: say, supervise: false });
    undo.push(() => cluster.stop());
    const create = async (name: string) => {
      const client = new pg.Client({ connectionString: cluster.ownerUrl('postgres') });
      await client.connect();
      try {
        await client.query(`create database bench_${name}`);
      } finally {
        await client.end();
      }
      return { owner: cluster.ownerUrl(`bench_${name}`), app: cluster.appUrl(`bench_${name}`) };
    };
    say(`making ${TPCB_SCALE * 100_000} accounts of TPC-B`);
    const baseline = await create('baseline');
    await fillTpcb(baseline.owner, TPCB_SCALE, 'wijk_app');
    const load = startLoad();
    undo.push(() => load.stop());
    return {
      ownerUrl: cluster.ownerUrl('postgres'),
      load,
      tpcbUrl: baseline.app,
      database: create,
      place: async (name, transfers, days) => {
        const { owner: ownerUrl, app } = await create(name);
        await migrate(ownerUrl);
        const made = await makeBook(ownerUrl);
        if (transfers > 0) {
          say(`writing ${transfers.toLocaleString('en')} transfers`);
          await fillBook(ownerUrl, made, transfers, days);
        }
        return { ...made, database: app, ownerUrl };
      },
      say,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeBook(ownerUrl: string): Promise<Omit<Place, 'database' | 'ownerUrl'>> {
  const db = connect({ url: ownerUrl, max: 1 });
  // without the limits on time that connections of the application have
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { id } = await createWijk(db, { slug: 'bench', name: 'Bench', now: new Date() });
    const accounts = Array.from({ length: ACCOUNTS }, () => randomUUID());
    const [issuance, fund] = [randomUUID(), randomUUID()];
    const open = (ids: string[], kind: string, rank: number, min: number | null) =>
      client.query(
        `select ledger.open_account($1, id, $3, $4, $5, null, null, now()) from unnest($2::uuid[]) as t(id)`,
        [id, ids, kind, rank, min],
      );
    await open(accounts, 'member', 0, 0);
    await open([issuance], 'issuance', 9, null);
    await open([fund], 'fund', 8, 0);
    await client.query(
      `select ledger.post_transfers($1, now(), '2000-01-01', array[gen_random_uuid()], array['\\x00'::bytea],
        array['single'], array[null::uuid], array['issue'], array[null::int], array[null::timestamptz],
        array_fill(1, array[$3::int + 1]), $2::uuid[] || $4::uuid,
        array_fill(false, array[$3]) || true, array_fill($5::bigint, array[$3]) || $5::bigint * $3)`,
      [id, accounts, ACCOUNTS, issuance, CREDITS_EACH],
    );
    return { wijkId: id, accounts, fund };
  } finally {
    await client.end();
    await db.$client.end();
  }
}

/**
 * Whether the book adds up after all of it: every balance is that of its entries, all of them together are
 * nothing, and every reservation that stands is one that nobody ended.
 */
export async function addsUp({ ownerUrl }: Place): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ what: string; wrong: string }>(`
      select 'accounts that are not what their entries say' as what, count(*) as wrong from ledger.account a
        left join (select wijk_id, account_id, count(*) as n, max(version) as last,
            sum(case when debit then -posted else posted end) as balance,
            sum(case when debit then pending else 0 end) as reserved
          from ledger.entry group by 1, 2) e on e.wijk_id = a.wijk_id and e.account_id = a.id
        where a.credits_posted - a.debits_posted <> coalesce(e.balance, 0)
          or a.debits_pending <> coalesce(e.reserved, 0)
          or a.version <> coalesce(e.n, 0) or a.version <> coalesce(e.last, 0)
      union all select 'minor units that came from nowhere',
        abs(sum(credits_posted - debits_posted)) from ledger.account
      union all select 'reservations that are listed and ended, or neither', count(*) from (
        (select id from ledger.transfer where kind = 'pending'
          except select pending_id from ledger.transfer where pending_id is not null)
        except select transfer_id from ledger.hold) x`);
    return rows.filter(({ wrong }) => Number(wrong) !== 0).map((r) => `${r.wrong} ${r.what}`);
  } finally {
    await client.end();
  }
}
