import type { AppointmentRow } from '@wijk/db/market';
import { DEFAULT_LOCALE, t } from '@wijk/i18n';
import ical, { ICalCalendarMethod, ICalEventClass, ICalEventStatus } from 'ical-generator';
import type { Services } from '../../../services.ts';
import { siteOf, type Wijk } from '../../wijk/index.ts';

type Needed = Pick<Services, 'config' | 'wijken'>;

/** What a file is for: to put into a calendar, to invite, to take back. */
export type CalendarMethod = 'PUBLISH' | 'REQUEST' | 'CANCEL';

export interface CalendarFile {
  method: CalendarMethod;
  rows: readonly AppointmentRow[];
  /** titles of what is agreed; without them a file tells nobody what somebody needs help with */
  titles: boolean;
  /** of an invitation: who reads the mail, and no one else */
  attendee?: { name: string; email: string };
}

/** The same for one order in every file, so that a calendar knows it again (RFC 5545, UID). */
const uidOf = ({ config }: Needed, { id }: AppointmentRow): string =>
  `${id}@${new URL(config.origins[0] ?? 'http://localhost').hostname}`;

/**
 * Appointments as iCalendar (RFC 5545, 5546). Moments are in UTC, which is right whatever time zone a phone is in.
 * Nothing of what the two wrote, no name of the other and no address stands in it. The same rows give the same
 * bytes.
 */
export function calendarFile(
  services: Needed,
  wijk: Wijk,
  { method, rows, titles, attendee }: CalendarFile,
): string {
  const site = siteOf(services, wijk);
  const words = (key: Parameters<typeof t>[1], params: Record<string, string> = {}) =>
    t(DEFAULT_LOCALE, key, params);
  const calendar = ical({
    prodId: {
      company: 'wijk',
      product: 'VitaliteitsMarkt',
      language: DEFAULT_LOCALE.toUpperCase(),
    },
    method: ICalCalendarMethod[method],
    ...(method === 'PUBLISH' && rows.length !== 1
      ? { name: words('calendar.name', { wijk: wijk.name }), ttl: 60 * 60 }
      : {}),
  });
  for (const row of rows) {
    const { startsAt, endsAt, sequence } = row.appointment;
    const url = `${site}/afspraken/${row.ref}`;
    calendar.createEvent({
      ...{ id: uidOf(services, row), sequence, stamp: row.steppedAt, start: startsAt, end: endsAt },
      summary: titles ? row.listing.title : words('calendar.summary', { wijk: wijk.name }),
      description: { plain: words('calendar.description', { url }) },
      url,
      class: ICalEventClass.PRIVATE,
      status: method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...(attendee
        ? {
            organizer: { name: wijk.name, email: services.config.mailFrom },
            attendees: [{ name: attendee.name, email: attendee.email, rsvp: false }],
          }
        : {}),
    });
  }
  return calendar.toString();
}
