import type {
  listVerifications as listContract,
  ReplyOf,
  verifyBook as verifyContract,
} from '@wijk/contracts';
import type { VerificationAsk } from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import type { Services } from '../../../services.ts';
import { memberNames } from '../../identity/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { readAsk, readVerifications, requestVerification } from '../verify.ts';

const running = (
  { askedAt, startedAt, by }: VerificationAsk,
  names: Map<string, string | null>,
) => ({
  askedAt: askedAt.toISOString(),
  startedAt: startedAt?.toISOString() ?? null,
  by: names.get(by) ?? '',
});

/** When the book was read through, by whom and with what result, and whether somebody waits for it now. */
export async function verifications(
  services: Services,
  wijk: Wijk,
): Promise<ReplyOf<typeof listContract>> {
  // the one that is asked for first: when it ends meanwhile, its result is among the rows
  const ask = await readAsk(services, wijk.id);
  const rows = await readVerifications(services, wijk.id);
  const by = new Set([...rows, ...(ask ? [ask] : [])].flatMap((row) => row.by ?? []));
  const names = await memberNames(services.db, wijk.id, [...by]);
  return {
    running: ask && !rows.some(({ id }) => id === ask.id) ? running(ask, names) : null,
    items: rows.map(({ wijkId: _, ...row }) => ({
      ...row,
      at: row.at.toISOString(),
      by: row.by === null ? null : (names.get(row.by) ?? ''),
    })),
  };
}

/** Asks for the book to be read through, once for however many press. */
export async function askForVerification(
  services: Services,
  wijk: Wijk,
  actor: Member,
): Promise<ReplyOf<typeof verifyContract>> {
  const ask = await requestVerification(services, wijk.id, actor.membershipId);
  const names = await memberNames(services.db, wijk.id, [ask.by]);
  return running(ask, names);
}
