export * from './event-reader.ts';
export * from './mail-store.ts';
export * from './notice-reader.ts';
export * from './opt-out-store.ts';
export * from './question-reader.ts';
export * from './store.ts';
export * from './tables.ts';
