import { query } from '#lib/paths.ts';

/** Addresses of calendars; apart, so that readers of questions don't load them. */
export function agendaPaths(base: string) {
  const calendar = `${base}/afspraken/agenda`;
  return {
    calendar: () => calendar,
    /** where the forms of that page go */
    addDays: () => `${calendar}?/dagen`,
    dropDays: () => `${calendar}?/weg`,
    makeFeed: () => `${calendar}?/adres`,
    dropFeed: () => `${calendar}?/stop`,
    /** the weekly times of an offer */
    times: (ref: string) => `${base}/markt/${ref}/tijden`,
    /** one appointment, for the calendar of a phone */
    file: (ref: string) => `${base}/afspraken/${ref}/afspraak.ics`,
    /** where a calendar elsewhere looks; who has it reads it */
    feed: (token: string) => `${base}/agenda/${token}.ics`,
    /** asks for an offer at a time */
    askAt: (ref: string, slug: string, at: string) =>
      `${base}/markt/${ref}/${slug || 'advertentie'}/vraag${query({ tijd: at })}`,
    /** another proposal for an order, at a time */
    counterAt: (ref: string, at: string) =>
      `${base}/afspraken/${ref}/voorstel${query({ tijd: at })}`,
  };
}

export type AgendaPaths = ReturnType<typeof agendaPaths>;
