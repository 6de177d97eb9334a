/** Question list filters as they stand in the address. */
export const SHOWS = { open: 'open', beantwoord: 'answered' } as const;
export type Show = keyof typeof SHOWS;

interface ListFilter {
  theme?: string | null | undefined;
  show?: Show | null | undefined;
  after?: string | null | undefined;
}

interface ScoreFilter {
  theme?: string | null | undefined;
  weeks?: number | null | undefined;
}

const scoreQuery = ({ theme, weeks }: ScoreFilter) =>
  query({ thema: theme, weken: weeks ? String(weeks) : null });
/** What is not given is left out. */
export function query(values: Record<string, string | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) search.set(name, value);
  const text = search.toString();
  return text ? `?${text}` : '';
}

/**
 * Every address of the site. `base` is '' on a wijk's own host name and `/w/<slug>` on a shared one.
 * Nothing else in apps/web writes a path; `paths.test.ts` keeps the list.
 */
export function paths(base: string) {
  return {
    home: () => base || '/',
    questions: (filter: ListFilter = {}) =>
      `${base}/vragen${query({ thema: filter.theme, toon: filter.show, na: filter.after })}`,
    ask: () => `${base}/vragen/nieuw`,
    /** where the field on the home page goes: nothing that was typed stands in the address */
    askBegin: () => `${base}/vragen/nieuw?/begin`,
    question: (ref: string, slug?: string) =>
      slug ? `${base}/vragen/${ref}/${slug}` : `${base}/vragen/${ref}`,
    answer: (ref: string, slug: string, id: string) =>
      `${base}/vragen/${ref}/${slug}#antwoord-${id}`,
    /** what the redactie asks the asker, on the page of their question */
    askBack: (ref: string, slug: string) => `${base}/vragen/${ref}/${slug}#navraag`,
    answerForm: (ref: string, slug: string) => `${base}/vragen/${ref}/${slug}#antwoorden`,
    /** tells the redactie about a question, or with an answer about that */
    flag: (ref: string, answer?: string) => `${base}/melden/${ref}${query({ antwoord: answer })}`,
    /** the statement of reasons, for its author */
    statement: (decision: string) => `${base}/besluit/${decision}`,
    signIn: (back?: string) => `${base}/inloggen${query({ terug: back })}`,
    code: (back?: string) => `${base}/inloggen/code${query({ terug: back })}`,
    signOut: () => `${base}/uitloggen`,
    welcome: (back?: string) => `${base}/welkom${query({ terug: back })}`,
    mine: (after?: string) => `${base}/mijn${query({ na: after })}`,
    notices: (after?: string) => `${base}/meldingen${query({ na: after })}`,
    mailChoices: () => `${base}/meldingen/mail`,
    /** stands in mails and in their headers; a mail provider posts to it (RFC 8058) */
    unsubscribe: (token: string) => `${base}/afmelden/${token}`,
    /** where the forms of that page go */
    unsubscribeChoice: (token: string) => `${base}/afmelden/${token}/keuze`,
    expertLink: (token: string) => `${base}/antwoord/${token}`,
    /** after an answer by link; without a question after giving it back */
    expertThanks: (ref?: string) => `${base}/antwoord/bedankt${query({ vraag: ref })}`,
    score: (filter: ScoreFilter = {}) => `${base}/stand${scoreQuery(filter)}`,
    scoreCsv: (filter: ScoreFilter = {}) => `${base}/stand.csv${scoreQuery(filter)}`,
    admin: () => `${base}/beheer`,
    invitation: (id: string) => `${base}/uitnodiging/${id}`,
    desk: () => `${base}/redactie`,
    mailbox: (to?: string) => `${base}/dev/mail${query({ aan: to })}`,
    mail: (id: string) => `${base}/dev/mail/${id}`,
    privacy: () => `${base}/privacy`,
    accessibility: () => `${base}/toegankelijkheid`,
    about: () => `${base}/over`,
    rules: () => `${base}/huisregels`,
    preferences: () => `${base}/voorkeuren`,
    undo: () => `${base}/ongedaan`,
  };
}

export type Paths = ReturnType<typeof paths>;

/** A path of this site to return to; anything else (another host, a scheme) becomes null. */
export function safeReturn(value: string | null | undefined): string | null {
  if (!value || value.length > 300) return null;
  if (!/^\/(?![/\\])/.test(value)) return null;
  for (const char of value) if (char < ' ' || char === '\\') return null;
  return value;
}
