import { once, type Transaction } from '@wijk/db/kernel';
import { insertControlAction } from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { uuidv7 } from '@wijk/domain/kernel';
import type { Services } from '../../../services.ts';

/** What is done in the control room; a page has words for each. */
export const CONTROL_KINDS = [
  'programme-made',
  'supplier-added',
  'supplier-ended',
  'budgets-given',
  'budgets-returned',
  'programme-closed',
  'settled',
  'proposed',
  'refund-asked',
  'endorsed',
  'done',
  'refused',
  'withdrawn',
  'frozen',
  'thawed',
  'daily-limit',
  'policy-adopted',
  'policy-applied',
  'demurrage',
  'organisation-made',
  'organisation-changed',
  'operator-added',
  'operator-changed',
  'operator-ended',
  'residency-confirmed',
  'residency-revoked',
] as const;
export type ControlKind = (typeof CONTROL_KINDS)[number];

export interface Act {
  kind: ControlKind;
  /** membership; null: by itself */
  by: string | null;
  /** account, programme, proposal or settlement */
  subject: string | null;
  reason?: string;
  /** ids, amounts and counts; never a name, and never words that somebody wrote */
  detail?: Record<string, string | number | null>;
  /** of what happens once, whoever does it */
  id?: string;
}

/**
 * Notes what is done, in the transaction that does it.
 * @returns false where this very thing was done before
 */
export function note(
  services: Pick<Services, 'clock'>,
  tx: Transaction,
  wijkId: string,
  { kind, by, subject, reason = '', detail = {}, id }: Act,
): Promise<boolean> {
  const at = services.clock.now();
  return insertControlAction(tx, {
    wijkId,
    id: id ?? uuidv7(at),
    at,
    by,
    kind,
    subject,
    reason,
    detail,
  });
}

/** Does it once for one press of this officer or member. */
export async function pressed<T>(
  services: Services,
  tx: Transaction,
  press: { wijkId: string; actor: Member; route: string; key: string; body: unknown },
  work: () => Promise<T>,
): Promise<T> {
  const { actor, ...rest } = press;
  const whole = { ...rest, person: actor.personId, secret: services.secret };
  return (await once(tx, whole, services.clock.now(), work)).reply;
}
