export * from './calendar.ts';
export * from './dates.ts';
export * from './policy.ts';
