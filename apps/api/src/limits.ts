import type { Config } from './config.ts';

/**
 * Demonstrations and tests press far more often from one address than a neighbourhood does, so
 * limits are only in force on a real site; tests of the limits ask for them by name.
 */
export function perMinute(config: Config, limit: number): number {
  return config.strictLimits ? limit : limit * 1000;
}

/**
 * The same for what one account may do: a demonstration's accounts ask the same things all day, and
 * the policy of a wijk counts on a real site.
 */
export function perAccount(config: Config, limit: number): number {
  return config.strictLimits ? limit : Number.POSITIVE_INFINITY;
}
