import type { ChangedHint } from '@wijk/db/kernel';
import type { Services } from './services.ts';

/**
 * What this process remembers is put right after a change: the set-up of a wijk is read anew at the
 * next request, and the open pages of a person are authorised anew. Whoever makes the change calls it
 * after the commit; the other processes hear of it by NOTIFY.
 */
export function heed(services: Services, hint: ChangedHint): void {
  if ('wijk' in hint) {
    services.wijken.forget();
    services.wallet.policies.forget();
    return;
  }
  void services.live
    .recheck(hint.person)
    .catch((err) => services.log.error({ err }, 'open pages could not be authorised anew'));
}

/** After hints may have been missed: everything is looked at again. */
export function heedAll(services: Services): void {
  services.wijken.forget();
  services.wallet.policies.forget();
  void services.live
    .recheck()
    .catch((err) => services.log.error({ err }, 'open pages could not be authorised anew'));
}
