export * from './dates.ts';
export * from './locale.ts';
export * from './messages.ts';
