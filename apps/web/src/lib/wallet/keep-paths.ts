import { query } from '#lib/paths.ts';

interface Period {
  from: string;
  until: string;
  organisation?: string | null | undefined;
}

const periodQuery = ({ from, until, organisation }: Period) =>
  query({ van: from, tot: until, voor: organisation });

/** Addresses of what goes on by itself, is kept, or is arranged around a wallet; apart, like the wallet's. */
export function keepPaths(base: string) {
  const at = `${base}/portemonnee`;
  return {
    schedules: (organisation?: string | null) => `${at}/gepland${query({ voor: organisation })}`,
    schedule: (id: string) => `${at}/gepland/${id}`,
    newSchedule: (to?: string | null, organisation?: string | null) =>
      `${at}/gepland/nieuw${query({ aan: to, voor: organisation })}`,
    /** where a period of the statement is chosen, to keep it */
    download: (organisation?: string | null, period?: { from: string; until: string }) =>
      `${at}/bewaren${query({ voor: organisation, van: period?.from, tot: period?.until })}`,
    statementCsv: (period: Period) => `${at}/afschrift.csv${periodQuery(period)}`,
    statementPdf: (period: Period) => `${at}/afschrift.pdf${periodQuery(period)}`,
    year: (organisation?: string | null, year?: number) =>
      `${at}/jaar${query({ voor: organisation, jaar: year?.toString() })}`,
    yearCsv: (organisation: string | null, year: number) =>
      `${at}/jaar.csv${query({ voor: organisation, jaar: year.toString() })}`,
    /** who acts for an organisation, and who was found to act for it as well */
    operators: (organisation: string, to?: string | null) =>
      `${at}/organisatie/${organisation}${query({ aan: to })}`,
    /** asks a payment back */
    refund: (payment: string) => `${at}/betaling/${payment}/terugvragen`,
    /** what an organisation earned of programmes */
    settlements: (organisation: string) => `${base}/organisaties/${organisation}/afrekeningen`,
    settlementsCsv: (organisation: string) =>
      `${base}/organisaties/${organisation}/afrekeningen.csv`,
    /** for officers of the wijk */
    organisations: () => `${base}/organisaties`,
    newOrganisation: () => `${base}/organisaties/nieuw`,
  };
}

export type KeepPaths = ReturnType<typeof keepPaths>;
