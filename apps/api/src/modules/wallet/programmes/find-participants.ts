import type { findParticipants as contract, ReplyOf } from '@wijk/contracts';
import { readProgramme, searchParticipants } from '@wijk/db/wallet';
import type { Services } from '../../../services.ts';
import type { Wijk } from '../../wijk/index.ts';
import { programmeNotFound } from './make.ts';

const FOUND_AT_MOST = 20;

/**
 * Members who could be given a budget, by the beginning of a name, with why somebody would get none.
 * @throws `wallet.programme-not-found`
 */
export async function findParticipants(
  { db, book }: Services,
  wijk: Wijk,
  programmeId: string,
  words: string,
): Promise<ReplyOf<typeof contract>> {
  if (!(await readProgramme(db, wijk.id, programmeId))) throw programmeNotFound();
  const found = await searchParticipants(db, wijk.id, programmeId, words, FOUND_AT_MOST + 1);
  const shown = found.slice(0, FOUND_AT_MOST);
  const accounts = await book.accounts(
    wijk.id,
    shown.flatMap(({ account }) => account ?? []),
  );
  const frozen = new Set(accounts.filter((one) => one.frozen).map(({ id }) => id));
  return {
    items: shown.map(({ membershipId: member, name, title, account, hasBudget }) => ({
      ...{ member, name, title },
      refused: hasBudget ? 'has-budget' : account && frozen.has(account) ? 'frozen' : null,
    })),
    more: found.length > FOUND_AT_MOST,
  };
}
