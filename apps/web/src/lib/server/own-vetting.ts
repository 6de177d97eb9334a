import type { ReplyOf } from '@wijk/contracts/define';
import type { listOwnProviders } from '@wijk/contracts/market-vetting';
import type { PageTexts } from '@wijk/i18n';
import { counted, fill } from '#lib/text.ts';
import { dateText, lastDayText } from './curation.ts';
import { agoText, type Speaker } from './views.ts';

type Own = ReplyOf<typeof listOwnProviders>['providers'][number];

/** How a provider stands, for whoever acts for it. */
export function ownStanding(one: Own, say: Speaker, w: PageTexts['vetting']) {
  const state: keyof typeof w.state = one.validUntil ? 'vetted' : one.isOpen ? 'open' : 'none';
  const late = one.hold === 'terms' && one.signedVersion !== null;
  return {
    ...{ key: one.key, name: one.name, kind: one.kind, state, hold: one.hold },
    ...{ isOpen: one.isOpen, signedVersion: one.signedVersion },
    until: one.validUntil
      ? fill(w.validUntilText, { when: lastDayText(one.validUntil, say) })
      : null,
    waits:
      one.isOpen && one.waitsSince
        ? fill(w.waits, { when: agoText(one.waitsSince, say).text })
        : null,
    terms: one.signedVersion === null ? w.unsigned : fill(w.signedText, { n: one.signedVersion }),
    due: late
      ? w.overdueText
      : one.termsDueAt
        ? fill(w.dueText, { when: dateText(one.termsDueAt, say) })
        : null,
    held: one.held > 0 ? counted(one.held, w.held) : null,
  };
}
