import type { StoredComplaint } from '@wijk/db/market';
import type { ProviderKind, TermCounter } from '@wijk/domain/market';
import { type Calendar, termEnd, workingDaysBefore } from '@wijk/domain/wijk';

/** Counts terms by the calendar of a wijk, with its holidays. */
export const countBy = (calendar: Calendar): TermCounter => ({
  end: (from, term) => termEnd(from, term, calendar),
  daysBefore: (end, days) => workingDaysBefore(end, days, calendar),
});

export const kindOf = ({
  aboutOrganisation,
}: Pick<StoredComplaint, 'aboutOrganisation'>): ProviderKind =>
  aboutOrganisation === null ? 'member' : 'organisation';
