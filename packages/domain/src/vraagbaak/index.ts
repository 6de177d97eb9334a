export * from './capacity.ts';
export * from './distress.ts';
export * from './moderation.ts';
export * from './promise.ts';
export * from './question.ts';
export * from './score.ts';
export * from './slug.ts';
