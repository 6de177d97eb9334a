import type {
  adoptMoneyPolicy as adoptContract,
  BodyOf,
  listMoneyPolicies as listContract,
  MoneyTerms,
  ReplyOf,
} from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import { addMoneyPolicy, listMoneyPolicies } from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import { type MoneyPolicy, validateMoneyPolicy } from '@wijk/domain/wallet';
import { addDays, localDateOf, startOfDay } from '@wijk/domain/wijk';
import { heed } from '../../../heed.ts';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { note, pressed } from '../control/act.ts';

const DAYS_AHEAD = 366;

export async function policies(
  services: Services,
  wijk: Wijk,
): Promise<ReplyOf<typeof listContract>> {
  const [current, versions] = await Promise.all([
    services.wallet.policies.current(wijk.id),
    listMoneyPolicies(services.db, wijk.id),
  ]);
  const makers = [...new Set(versions.flatMap(({ madeBy }) => madeBy ?? []))];
  const names = await memberNames(services.db, wijk.id, makers);
  return {
    current,
    versions: versions.map(({ validFrom, madeBy, madeAt: _, ...one }) => ({
      ...one,
      validFrom: validFrom.toISOString(),
      madeBy: madeBy === null ? null : (names.get(madeBy) ?? ''),
    })),
  };
}

/** @throws `kernel.invalid` with every field at fault */
export function policyOf(terms: MoneyTerms): MoneyPolicy {
  const policy = { ...terms, version: 0 };
  validateMoneyPolicy(policy);
  return policy;
}

/**
 * Adopts a new version, at once or from the first moment of a day on. It never begins before one that was
 * planned earlier: which of the two holds would not be plain.
 * @throws `kernel.invalid` with every field at fault
 */
export async function adoptPolicy(
  services: Services,
  actor: Member,
  wijk: Wijk,
  body: BodyOf<typeof adoptContract>,
  key: string,
): Promise<{ version: number }> {
  const { validFrom: day, reason, ...terms } = body;
  const { version: _, ...policy } = policyOf(terms);
  const now = services.clock.now();
  const validFrom = beginningOf(day, now, wijk);
  const press = { wijkId: wijk.id, actor, route: 'adoptMoneyPolicy', key, body };
  const adopted = await inTransaction(services.db, (tx) =>
    pressed(services, tx, press, async () => {
      const [latest] = await listMoneyPolicies(tx, wijk.id);
      if (latest && latest.validFrom > validFrom) throw at('validFrom', 'before-planned');
      const made = { validFrom, by: actor.membershipId, reason };
      const version = await addMoneyPolicy(tx, wijk.id, policy, made, now);
      await note(services, tx, wijk.id, {
        ...{ kind: 'policy-adopted', by: actor.membershipId, subject: null, reason },
        detail: { version, from: localDateOf(validFrom, wijk.timeZone) },
      });
      return { version };
    }),
  );
  heed(services, { wijk: wijk.id });
  return adopted;
}

const at = (pointer: string, code: string) =>
  new DomainError('invalid', 'kernel.invalid', { errors: [{ pointer, code }] });

function beginningOf(day: string | undefined, now: Date, wijk: Wijk): Date {
  const today = localDateOf(now, wijk.timeZone);
  if (day === undefined || day === today) return now;
  if (day < today) throw at('validFrom', 'in-the-past');
  if (day > (addDays(today, DAYS_AHEAD) ?? day)) throw at('validFrom', 'too-far-ahead');
  return startOfDay(day, wijk.timeZone);
}
