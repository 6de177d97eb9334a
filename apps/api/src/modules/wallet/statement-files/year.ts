import type { QueryOf, ReplyOf, readWalletYear, readYear, Turnover } from '@wijk/contracts';
import { listLotAccounts } from '@wijk/db/wallet';
import type { Member } from '@wijk/domain/identity';
import { type MessageKey, t } from '@wijk/i18n';
import type { Services } from '../../../services.ts';
import { walletOf } from '../access.ts';
import { turnoverOf, yearSpan } from '../control/figures.ts';
import type { Wijk } from '../pay.ts';
import { partyOf } from '../views.ts';
import { amount, csv } from './cells.ts';
import type { StatementSpeaker } from './words.ts';

/**
 * The year statement of one's own wallet, or that of an organisation. What budgets did stands apart: it is in
 * no balance of the wallet.
 * @throws `wallet.not-operator`
 */
export async function yearOfWallet(
  services: Services,
  actor: Member,
  wijk: Wijk,
  asked: Pick<QueryOf<typeof readWalletYear>, 'year' | 'organisation'>,
): Promise<ReplyOf<typeof readWalletYear>> {
  const holder = await walletOf(services, actor, asked.organisation);
  const { year, ...span } = yearSpan(services, wijk, asked.year);
  const lots = await listLotAccounts(services.db, wijk.id, holder.accountId);
  const [own, budgets, { plural: unit }] = await Promise.all([
    turnoverOf(services, wijk, [holder.accountId], span),
    lots.length > 0 ? turnoverOf(services, wijk, lots, span) : null,
    services.wallet.policies.current(wijk.id),
  ]);
  return { year, unit, holder: partyOf(holder), ...own, budgets };
}

const COLUMNS = ['nature', 'entries', 'into', 'out', 'balance'] as const;

const heads = (say: StatementSpeaker, columns: readonly string[]) =>
  columns.map((column) => t(say.locale, `statement.year.${column}` as MessageKey));

/** As the page of the year names it; what was taken back stands apart. */
const natureOf = ({ code, reversal }: Turnover, { locale }: StatementSpeaker) =>
  t(locale, `page.accounts.codes.${reversal ? 'correction' : code}` as MessageKey);

const cellsOf = (line: Turnover, say: StatementSpeaker) => [
  natureOf(line, say),
  String(line.count),
  amount(line.into),
  amount(line.out),
];

interface Part {
  opening: number;
  closing: number;
  lines: readonly Turnover[];
}

function rowsOf({ opening, closing, lines }: Part, say: StatementSpeaker): string[][] {
  const edge = (key: MessageKey, balance: number) => [
    ...[t(say.locale, key), '', '', ''],
    amount(balance),
  ];
  return [
    edge('statement.year.opening', opening),
    ...lines.map((line) => [...cellsOf(line, say), '']),
    edge('statement.year.closing', closing),
  ];
}

/** One account in a year as CSV: the balance at both ends, and between them the sums by nature. */
export const accountYearCsv = (part: Part, say: StatementSpeaker): string =>
  csv([heads(say, COLUMNS), ...rowsOf(part, say)]);

/** A wallet in a year as CSV: the account, and then its budgets, with the part in the first column. */
export function walletYearCsv(year: ReplyOf<typeof readWalletYear>, say: StatementSpeaker): string {
  const part = (key: MessageKey, of: Part) =>
    rowsOf(of, say).map((cells) => [t(say.locale, key), ...cells]);
  return csv([
    heads(say, ['part', ...COLUMNS]),
    ...part('statement.year.own', year),
    ...(year.budgets ? part('statement.year.budgets', year.budgets) : []),
  ]);
}

/** The whole wijk in a year as CSV: by kind of account. */
export const wijkYearCsv = ({ lines }: ReplyOf<typeof readYear>, say: StatementSpeaker): string =>
  csv([
    heads(say, ['account', ...COLUMNS.slice(0, -1)]),
    ...lines.map((line) => [
      t(say.locale, `page.treasury.kinds.${line.kind}` as MessageKey),
      ...cellsOf(line, say),
    ]),
  ]);
