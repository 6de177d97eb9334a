export * from './challenges.ts';
export * from './invitations.ts';
export * from './member.ts';
export * from './member-names.ts';
export * from './people.ts';
export * from './store.ts';
export * from './tables.ts';
