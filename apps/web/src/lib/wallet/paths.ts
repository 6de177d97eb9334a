import { query } from '#lib/paths.ts';

interface StatementFilter {
  organisation?: string | null | undefined;
  direction?: string | null | undefined;
  from?: string | null | undefined;
  until?: string | null | undefined;
  name?: string | null | undefined;
  after?: string | null | undefined;
}

/** Who is paid or asked, as it stands in an address: 'm-<id>', 'o-<id>' or 'fonds'. */
export type PayeeKey = string;

/** Addresses of the wallet; apart, so that readers of questions don't load them. */
export function walletPaths(base: string) {
  const at = `${base}/portemonnee`;
  return {
    wallet: (organisation?: string | null) => `${at}${query({ voor: organisation })}`,
    walletStatement: (f: StatementFilter = {}) =>
      `${at}/afschrift${query({
        voor: f.organisation,
        richting: f.direction,
        van: f.from,
        tot: f.until,
        naam: f.name,
        na: f.after,
      })}`,
    /** what is reserved, one by one */
    walletHolds: (organisation?: string | null, after?: string | null) =>
      `${at}/gereserveerd${query({ voor: organisation, na: after })}`,
    walletPayment: (id: string, done = false) =>
      `${at}/betaling/${id}${query({ gelukt: done ? 'ja' : null })}`,
    send: (to?: PayeeKey | null, organisation?: string | null) =>
      `${at}/sturen${query({ aan: to, voor: organisation })}`,
    askFor: (of?: PayeeKey | null, organisation?: string | null) =>
      `${at}/verzoek${query({ aan: of, voor: organisation })}`,
    /** a request of one's own, with its code large */
    asked: (code: string) => `${at}/verzoek/${code}`,
    /** one's own code, to print */
    payCard: (organisation?: string | null) => `${at}/code${query({ voor: organisation })}`,
    /** what a scanned code leads to */
    pay: (code: string, organisation?: string | null) =>
      `${base}/betalen/${code}${query({ voor: organisation })}`,
  };
}

export type WalletPaths = ReturnType<typeof walletPaths>;

/** Where a form of a page goes that keeps what its address says: who is paid, and from which wallet. */
export function actionIn(
  { searchParams }: { searchParams: Iterable<[string, string]> },
  name: string,
): string {
  const kept = [...searchParams].filter(([key]) => !key.startsWith('/'));
  const search = new URLSearchParams(kept).toString();
  return search ? `?${search}&/${name}` : `?/${name}`;
}
