export { SESSION_CHANNEL, type SessionLog } from './adapter.ts';
export { codeMatches, hashCode, newCode, openCode, sealCode } from './code.ts';
export { cookieName } from './cookie.ts';
export {
  createSessions,
  type IssuedSession,
  type ListedSession,
  type SessionOptions,
  type Sessions,
  sessionIdOf,
  type VerifiedSession,
  type VerifyOptions,
} from './sessions.ts';
