export * from './calendar.ts';
export * from './policy.ts';
