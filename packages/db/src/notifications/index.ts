export * from './mail-store.ts';
export * from './store.ts';
export * from './tables.ts';
