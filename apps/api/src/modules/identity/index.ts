export { readMember, type StoredMember } from '@wijk/db/identity';
export { type SignInChallenge, startSignIn } from './commands/request-code.ts';
export { cleanIdentity } from './jobs/clean.ts';
export { registerIdentity } from './routes.ts';
