export type { Connections } from './connection.ts';
export { runningEmbedded } from './connection.ts';
export { resolveDataDir } from './data-dir.ts';
export { EmbeddedDatabaseError, type EmbeddedDatabaseErrorCode } from './errors.ts';
export { removeEmbedded } from './remove.ts';
export { assertSafeSettings } from './safe-settings.ts';
export { type EmbeddedDatabase, type EmbeddedOptions, startEmbedded } from './start.ts';
