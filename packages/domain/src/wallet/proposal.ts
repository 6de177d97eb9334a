import { DomainError } from '../kernel/index.ts';

/**
 * `reversal`: a payment is taken back. `refund`: somebody who paid asks for that. `issuance` and
 * `retirement`: credits are made or unmade. `funding`: the fund of the wijk fills a programme.
 */
export const PROPOSAL_KINDS = ['reversal', 'refund', 'issuance', 'retirement', 'funding'] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

export interface Proposal {
  kind: ProposalKind;
  proposedBy: string;
  /** the first officer who agrees with what a member asks */
  endorsedBy: string | null;
  fourEyes: boolean;
  decided: boolean;
}

/**
 * From the amount of the policy on, or where who proposes it is a party to it, somebody else has to agree.
 * What a member asks for always takes an officer, so that two people look at a small one too.
 */
export function needsFourEyes(
  amount: number,
  policy: { fourEyesFrom: number },
  isParty: boolean,
): boolean {
  return isParty || amount >= policy.fourEyesFrom;
}

/**
 * What agreeing does: `endorse` a member's request that still needs a second officer, or `do` it.
 * @throws `wallet.proposal-decided`; `wallet.second-person` for whoever looked at it before
 */
export function agreeing(proposal: Proposal, by: string): 'endorse' | 'do' {
  if (proposal.decided) throw new DomainError('conflict', 'wallet.proposal-decided');
  const { kind, proposedBy, endorsedBy, fourEyes } = proposal;
  const own = kind === 'refund' || fourEyes;
  if (own && (by === proposedBy || by === endorsedBy))
    throw new DomainError('forbidden', 'wallet.second-person');
  return kind === 'refund' && fourEyes && endorsedBy === null ? 'endorse' : 'do';
}
