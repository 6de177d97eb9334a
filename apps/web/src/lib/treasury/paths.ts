import { paths, query } from '#lib/paths.ts';

/** Every address of the treasurer's pages beside those of the site; apart, so that others don't load them. */
export function treasuryPaths(base: string) {
  const at = `${base}/penningmeester`;
  return {
    ...paths(base),
    proposals: () => `${at}/voorstellen`,
    issue: () => `${at}/voorstellen/uitgeven`,
    reverse: (ref?: string) => `${at}/voorstellen/terugdraaien${query({ kenmerk: ref })}`,
    proposal: (id: string) => `${at}/voorstellen/${id}`,
    programmes: () => `${at}/programmas`,
    newProgramme: () => `${at}/programmas/nieuw`,
    programme: (id: string) => `${at}/programmas/${id}`,
    participants: (id: string) => `${at}/programmas/${id}/deelnemers`,
    settlement: (id: string) => `${at}/afrekeningen/${id}`,
    moneyPolicy: () => `${at}/beleid`,
    newMoneyPolicy: () => `${at}/beleid/wijzigen`,
    circulation: (by?: string) => `${at}/omloop${query({ per: by })}`,
    circulationCsv: (by?: string) => `${at}/omloop.csv${query({ per: by })}`,
    accounts: (search?: string) => `${at}/rekeningen${query({ zoek: search })}`,
    account: (id: string) => `${at}/rekeningen/${id}`,
    accountYear: (id: string, year?: number) =>
      `${at}/rekeningen/${id}/jaar${query({ jaar: year?.toString() })}`,
    accountYearCsv: (id: string, year: number) =>
      `${at}/rekeningen/${id}/jaar.csv${query({ jaar: year.toString() })}`,
    wijkYearCsv: (year: number) => `${at}/jaar.csv${query({ jaar: year.toString() })}`,
    holds: (after?: string | null) => `${at}/reserveringen${query({ na: after })}`,
    wijkYear: (year?: number) => `${at}/jaar${query({ jaar: year?.toString() })}`,
    verification: () => `${at}/controle`,
    controlLog: (after?: string | null) => `${at}/logboek${query({ na: after })}`,
  };
}
