export * from './calendar.ts';
export * from './policy.ts';
export * from './setup.ts';
