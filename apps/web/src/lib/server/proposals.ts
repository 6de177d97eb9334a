import type { ProposalView } from '@wijk/contracts/treasury-proposals';
import { t } from '@wijk/i18n';
import type { Money } from './treasury.ts';
import { momentText, type Speaker } from './views.ts';

/** A proposal in words, for the list and for its own page. */
export function proposalLine(one: ProposalView, say: Speaker, money: Money) {
  const { locale } = say;
  const at = momentText(one.proposedAt, say);
  const nobody = t(locale, 'page.accounts.nameless');
  return {
    id: one.id,
    kind: t(locale, `page.proposals.kinds.${one.kind}`),
    amount: money.text(one.amount),
    reason: one.reason,
    by: t(locale, 'page.proposals.by', { name: one.proposedBy || nobody, at: at.text }),
    payment:
      one.payment &&
      t(locale, 'page.proposals.payment', {
        amount: money.text(one.payment.amount),
        payer: one.payment.payer || nobody,
        payee: one.payment.payee || nobody,
        at: momentText(one.payment.at, say).text,
      }),
    earmarked:
      one.payment && one.payment.earmarked > 0
        ? t(locale, 'page.proposals.earmarked', { amount: money.text(one.payment.earmarked) })
        : null,
    about: one.payment ? null : (one.account ?? t(locale, 'page.proposals.fund')),
    endorsed:
      one.endorsedBy === null || one.decision !== null
        ? null
        : t(locale, 'page.proposals.endorsedBy', { name: one.endorsedBy || nobody }),
    decided:
      one.decision === null || one.decidedAt === null
        ? null
        : t(locale, 'page.proposals.decidedBy', {
            decision: t(locale, `page.proposals.decisions.${one.decision}`),
            name: one.decidedBy || nobody,
            at: momentText(one.decidedAt, say).text,
          }),
    note: one.note,
    fourEyes: one.fourEyes,
    open: one.decision === null,
    mayAgree: one.mayAgree,
    mayWithdraw: one.mayWithdraw,
    endorses: one.kind === 'refund' && one.fourEyes && one.endorsedBy === null,
  };
}
