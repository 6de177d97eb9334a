export * from './moderation-store.ts';
export * from './store.ts';
