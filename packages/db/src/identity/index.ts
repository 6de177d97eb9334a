export * from './challenges.ts';
export * from './member.ts';
export * from './store.ts';
export * from './tables.ts';
