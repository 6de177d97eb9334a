export * from './mail-store.ts';
export * from './question-reader.ts';
export * from './store.ts';
export * from './tables.ts';
