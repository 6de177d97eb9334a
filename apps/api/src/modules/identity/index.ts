export { listMembersWithRole, readMember, type StoredMember } from '@wijk/db/identity';
export { type SignInChallenge, startSignIn } from './commands/request-code.ts';
export { tidyIdentity } from './jobs/tidy.ts';
export { registerIdentity } from './routes.ts';
