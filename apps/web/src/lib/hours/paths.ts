import { query } from '#lib/paths.ts';

/** Addresses of hours; apart, so that readers of questions don't load them. */
export function hoursPaths(base: string) {
  const at = `${base}/uren`;
  return {
    hours: () => at,
    logHours: (to?: string | null) => `${at}/opschrijven${query({ aan: to })}`,
    fixHours: (id: string) => `${at}/${id}`,
    hoursOverview: (quarter?: string) => `${at}/overzicht${query({ kwartaal: quarter })}`,
    hoursOverviewCsv: (quarter: string) => `${at}/overzicht.csv${query({ kwartaal: quarter })}`,
    /** proposes hours for each month, for an organisation or the foundation */
    newPledge: (organisation?: string | null, to?: string | null) =>
      `${at}/toezegging${query({ voor: organisation, aan: to })}`,
    organisationHours: (organisation: string, quarter?: string) =>
      `${base}/organisaties/${organisation}/uren${query({ kwartaal: quarter })}`,
    organisationHoursCsv: (organisation: string, quarter: string) =>
      `${base}/organisaties/${organisation}/uren.csv${query({ kwartaal: quarter })}`,
  };
}

export type HoursPaths = ReturnType<typeof hoursPaths>;
