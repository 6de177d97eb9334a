export * from './amount.ts';
export * from './dates.ts';
export * from './finding.ts';
export * from './locale.ts';
export * from './messages.ts';
