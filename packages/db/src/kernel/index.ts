export * from './database.ts';
export * from './idempotency.ts';
export * from './live.ts';
export * from './migrate.ts';
export * from './outbox.ts';
export * from './refs.ts';
export * from './run.ts';
