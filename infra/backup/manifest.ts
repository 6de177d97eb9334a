import { damaged } from './backup-error.ts';

/** Counts up when an archive could not be read as before. */
export const FORMAT = 1;
export const MANIFEST = 'manifest.json';

/** What an archive says about itself; its last member but for the seal. */
export interface Manifest {
  readonly format: number;
  /** version of the application that made it */
  readonly version: string;
  readonly madeAt: string;
  readonly postgres: string;
  /** hashes of the migrations that the database had, first to last */
  readonly migrations: readonly string[];
  /** in the order in which they can be loaded: a table after those that it refers to */
  readonly tables: readonly ManifestTable[];
  readonly sequences: readonly ManifestSequence[];
}

export interface ManifestTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
  readonly bytes: number;
  /** of the rows in the text format of COPY, ordered by key */
  readonly sha256: string;
  /** how many members hold them */
  readonly parts: number;
}

export interface ManifestSequence {
  readonly name: string;
  /** `null` where it was never used */
  readonly lastValue: string | null;
}

/** The member that holds this part of a table, counted from 1. */
export const partName = (table: string, part: number): string =>
  `tables/${table}/${String(part).padStart(6, '0')}.copy.gz`;

/**
 * Reads a manifest of a format that is known here; another one is returned as it is, for the caller
 * to refuse by `format`.
 * @throws BackupError for anything that is no manifest
 */
export function readManifest(path: string, data: Buffer): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8'));
  } catch (error) {
    throw damaged(path, 'its manifest cannot be read', error);
  }
  const manifest = value as Manifest;
  const whole =
    isRecord(value) &&
    typeof value.format === 'number' &&
    (value.format !== FORMAT ||
      (typeof value.version === 'string' &&
        typeof value.madeAt === 'string' &&
        isList(value.migrations, (hash) => typeof hash === 'string') &&
        isList(value.tables, isTable) &&
        isList(value.sequences, isSequence)));
  if (!whole) throw damaged(path, 'its manifest says too little');
  return manifest;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isList = (value: unknown, each: (item: unknown) => boolean) =>
  Array.isArray(value) && value.every(each);
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;

const isTable = (value: unknown) =>
  isRecord(value) &&
  typeof value.name === 'string' &&
  isList(value.columns, (column) => typeof column === 'string') &&
  typeof value.sha256 === 'string' &&
  [value.rows, value.bytes, value.parts].every(isCount);

const isSequence = (value: unknown) =>
  isRecord(value) &&
  typeof value.name === 'string' &&
  (value.lastValue === null || typeof value.lastValue === 'string');
