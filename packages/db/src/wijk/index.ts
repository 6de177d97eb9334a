export * from './moderation-store.ts';
export * from './overview.ts';
export * from './page-store.ts';
export * from './setup-store.ts';
export * from './store.ts';
