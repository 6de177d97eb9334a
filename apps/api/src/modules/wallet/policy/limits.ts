import type { LimitedHolder } from '@wijk/db/wallet';
import { type HolderLimits, limitsOf, type MoneyPolicy } from '@wijk/domain/wallet';

/** The limits of an account by the policy, with the limit of a day that is its own. */
export function limitsOfHolder(policy: MoneyPolicy, holder: LimitedHolder): HolderLimits {
  const limits = limitsOf(policy, holder);
  return holder.dailyOverride === null ? limits : { ...limits, daily: holder.dailyOverride };
}
