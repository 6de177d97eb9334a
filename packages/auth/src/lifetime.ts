import type { Role } from '@wijk/domain/identity';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@wijk/domain/kernel';

/** How long a session lives without being used, and at most (ASVS 7.3.1 and 7.3.2). */
export interface Lifetime {
  idleMs: number;
  absoluteMs: number;
  /** last use is written down at most this often */
  touchMs: number;
}

export const ORDINARY: Lifetime = {
  idleMs: 14 * DAY_MS,
  absoluteMs: 30 * DAY_MS,
  touchMs: HOUR_MS,
};

/** For whoever sees what others may not, in whichever wijk that is. */
export const STRICT: Lifetime = {
  idleMs: 30 * MINUTE_MS,
  absoluteMs: 12 * HOUR_MS,
  touchMs: MINUTE_MS,
};

export const STRICT_ROLES: readonly Role[] = ['editor', 'chief-editor', 'admin', 'platform-admin'];
