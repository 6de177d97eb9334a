import type { BodyOf, importParticipants as importContract, ReplyOf } from '@wijk/contracts';
import { inTransaction } from '@wijk/db/kernel';
import type { Member } from '@wijk/domain/identity';
import { DomainError } from '@wijk/domain/kernel';
import {
  IMPORT_LINES_MAX,
  type ImportedLine,
  type RefusedLine,
  readParticipants,
} from '@wijk/domain/wallet';
import type { Services } from '../../../services.ts';
import { membersByEmail } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { give, openProgramme, sorted } from './grant.ts';

/** Ends the transaction without keeping what was written in it. */
class OnlyTried extends Error {
  readonly report: ReplyOf<typeof importContract>;
  constructor(report: ReplyOf<typeof importContract>) {
    super('only tried');
    this.report = report;
  }
}

/**
 * Members by the addresses of a file; lines that cannot be taken are told with why and leave the others
 * alone. The same file again finds them all there. A dry run does everything and keeps nothing.
 * @throws as `grantBudgets`; `wallet.too-many-lines` {max}
 */
export async function importParticipants(
  services: Services,
  actor: Member,
  wijk: Wijk,
  programmeId: string,
  { text, dryRun }: BodyOf<typeof importContract>,
): Promise<ReplyOf<typeof importContract>> {
  const { lines, refused } = readParticipants(text);
  if (lines.length > IMPORT_LINES_MAX) {
    const params = { max: IMPORT_LINES_MAX };
    throw new DomainError('invalid', 'kernel.invalid', {
      errors: [{ pointer: 'text', code: 'too-many-lines', params }],
    });
  }
  try {
    return await inTransaction(services.db, async (tx) => {
      const programme = await openProgramme(services, tx, wijk, programmeId);
      const emails = lines.map(({ email }) => email);
      const members = await membersByEmail(tx, wijk.id, emails);
      const found = [...new Set(members.values())];
      const { fresh, known, frozen } = await sorted(services, tx, wijk, programme, found);
      const all = [...refused, ...refusedOf(lines, members, frozen)].sort(
        (a, b) => a.line - b.line,
      );
      const report = {
        dryRun,
        granted: fresh.length,
        amount: fresh.length * programme.perParticipant,
        known: known.size,
        refusedCount: all.length,
        refused: all.slice(0, 100),
      };
      await give(services, tx, wijk, programme, fresh, actor.membershipId);
      if (dryRun) throw new OnlyTried(report);
      return report;
    });
  } catch (error) {
    if (error instanceof OnlyTried) return error.report;
    throw error;
  }
}

function refusedOf(
  lines: readonly ImportedLine[],
  members: ReadonlyMap<string, string>,
  frozen: ReadonlySet<string>,
): RefusedLine[] {
  return lines.flatMap(({ line, email: text }): RefusedLine[] => {
    const member = members.get(text);
    if (member === undefined) return [{ line, code: 'unknown-member', text }];
    return frozen.has(member) ? [{ line, code: 'frozen', text }] : [];
  });
}
