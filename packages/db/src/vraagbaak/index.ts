export * from './desk-reader.ts';
export * from './pane-reader.ts';
export * from './promise-store.ts';
export * from './question-reader.ts';
export * from './question-store.ts';
export * from './score-reader.ts';
