export * from './code.ts';
export * from './invitation.ts';
export * from './person.ts';
export * from './roles.ts';
