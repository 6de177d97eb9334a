import type { FieldError } from '../kernel/index.ts';

/**
 * Words by which somebody agrees that what they write about health is kept and used to answer them
 * (AVG article 9). They stand in packages/i18n under `consent`; here is the SHA-256 of what was shown in
 * each language. A published version never changes: other words are another version, added below.
 */
export const HEALTH_CONSENTS = {
  'health-1.nl': 'e8c26b8a93205955117895de4f1e4fe4cd3f636de114e9b25efe23170bba7a96',
  'health-1.en': 'beabd2a02ff911ab3a3c5c69aba7576dfd78234e1b46ef0217ee0e387b0530ce',
} as const;
export type HealthConsent = keyof typeof HEALTH_CONSENTS;

/** The version that is asked for now, without its language. */
export const HEALTH_CONSENT_NOW = 'health-1';

/** Long enough for any version there will be. */
export const CONSENT_VERSION_MAX = 40;

/** Whether these are the words of today, in one of their languages. */
export function isHealthConsent(version: string | undefined): version is HealthConsent {
  return (
    version?.startsWith(`${HEALTH_CONSENT_NOW}.`) === true &&
    Object.hasOwn(HEALTH_CONSENTS, version)
  );
}

/** What of a question about health is missing; consent without such a question is not kept. */
export function missingConsent(asked: {
  health: boolean;
  consent?: string | undefined;
}): FieldError | null {
  if (!asked.health || isHealthConsent(asked.consent)) return null;
  return { pointer: 'consent', code: 'consent-needed' };
}
