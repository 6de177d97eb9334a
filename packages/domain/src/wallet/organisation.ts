import { DomainError } from '../kernel/index.ts';

export const OPERATOR_ROLES = ['manager', 'operator'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

export const ORGANISATION_NAME_MAX = 80;
export const ORGANISATION_ABOUT_MAX = 300;

/**
 * Whether somebody may stop managing: an organisation has a manager always, unless an officer of the wijk
 * steps in who can name another one.
 * @throws `wallet.last-manager`
 */
export function assertManagerLeft(
  managers: readonly string[],
  leaving: string,
  byOfficer: boolean,
): void {
  if (byOfficer || managers.some((id) => id !== leaving)) return;
  throw new DomainError('conflict', 'wallet.last-manager');
}
