import { migrate } from '@wijk/db/kernel';
import { startEmbedded } from '@wijk/infra/embedded';
import { PostgresSearch } from '@wijk/search';
import pg from 'pg';
import { removeDataDir, tempDataDir } from '../../support/temp-dir.ts';
import { type Baseline, type Filled, fillWijk, prepareBaseline } from './fill.ts';
import type { BenchQuestion } from './generate.ts';

/** A wijk of the bench with both engines on it. */
export interface Place extends Filled {
  questions: readonly BenchQuestion[];
  engine: PostgresSearch;
  baseline: Baseline;
  ownerUrl: string;
}

export interface Stage {
  ownerUrl: string;
  /** a database of its own with these questions, indexed */
  place(name: string, questions: readonly BenchQuestion[]): Promise<Place>;
  /** an empty database of its own, migrated */
  database(name: string): Promise<{ owner: string; app: string }>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const dataDir = tempDataDir();
  const cluster = await startEmbedded({ dataDir, log: () => undefined, supervise: false });
  const undo: (() => Promise<unknown>)[] = [() => removeDataDir(dataDir), () => cluster.stop()];
  const database = async (name: string) => {
    const client = new pg.Client({ connectionString: cluster.ownerUrl('postgres') });
    await client.connect();
    await client.query(`create database ${name}`);
    await client.end();
    const owner = cluster.ownerUrl(name);
    await migrate(owner);
    return { owner, app: cluster.appUrl(name) };
  };
  return {
    ownerUrl: cluster.ownerUrl('postgres'),
    database,
    place: async (name, questions) => {
      const urls = await database(name);
      const ownerUrl = urls.owner;
      const filled = await fillWijk(urls, questions);
      undo.push(filled.close);
      const baseline = await prepareBaseline(ownerUrl);
      undo.push(baseline.close);
      const engine = new PostgresSearch(filled.db);
      return { ...filled, questions, engine, baseline, ownerUrl };
    },
    close: async () => {
      for (const step of undo.splice(0).reverse()) await step();
    },
  };
}
