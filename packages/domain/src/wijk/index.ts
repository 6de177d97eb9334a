export * from './calendar.ts';
export * from './dates.ts';
export * from './days.ts';
export * from './holidays.ts';
export * from './moderation-policy.ts';
export * from './policy.ts';
export * from './setup.ts';
export * from './working-days.ts';
