import type { Holder } from '@wijk/db/wallet';

/** Members, organisations, and the fund: whoever gives, gives to the wijk. */
export const canReceive = (holder: Holder): boolean =>
  !holder.closed && ['member', 'organisation', 'fund'].includes(holder.kind);
