export {
  addressOf,
  listMembersWithRole,
  memberNames,
  membersByEmail,
  namesOf,
  readMember,
  type StoredMember,
} from '@wijk/db/identity';
export { type SignInChallenge, startSignIn } from './commands/request-code.ts';
export { tidyIdentity } from './jobs/tidy.ts';
export { registerPeople } from './people-routes.ts';
export { isInvited } from './queries/invitations.ts';
export { registerIdentity } from './routes.ts';
