export * from './challenges.ts';
export * from './store.ts';
export * from './tables.ts';
