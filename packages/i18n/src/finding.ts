import type { Finding } from '@wijk/domain/ledger';
import type { Locale } from './locale.ts';
import { t } from './messages.ts';

/** What is broken in a book of wijk-credits, for who looks after it. It names ids and no people. */
export function findingText(locale: Locale, finding: Finding): string {
  const { kind, account, version, transfer, height, position, day } = finding;
  const place =
    height === null
      ? ''
      : position === null
        ? t(locale, 'ledger.block', { height })
        : t(locale, 'ledger.place', { height, position });
  const what = t(locale, `ledger.broken.${kind}`, {
    account: account ?? '–',
    version: version ?? '–',
    transfer: transfer ?? '–',
    height: height ?? '–',
    position: position ?? '–',
    day: day ?? '–',
  });
  return place ? `${what} ${place}` : what;
}
