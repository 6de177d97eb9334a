/** Question list filters as they stand in the address. */
export const SHOWS = { open: 'open', beantwoord: 'answered' } as const;
export type Show = keyof typeof SHOWS;

interface ListFilter {
  theme?: string | null | undefined;
  show?: Show | null | undefined;
  after?: string | null | undefined;
}

interface SearchFilter {
  words?: string | null | undefined;
  theme?: string | null | undefined;
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
    search: (filter: SearchFilter = {}) =>
      `${base}/zoeken${query({ q: filter.words, thema: filter.theme, na: filter.after })}`,
    /** after 'this answers my question' */
    found: (ref: string) => `${base}/gevonden/${ref}`,
    /** where 'this answers my question' and 'my question too' go, from beside a question being written */
    deflect: (ref: string) => `${base}/gevonden/${ref}?/deflect`,
    alsoMine: (ref: string) => `${base}/gevonden/${ref}?/meToo`,
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
    /** tells the redactie about a question, an answer or a comment */
    flag: (ref: string, answer?: string, comment?: string) =>
      `${base}/melden/${ref}${query({ antwoord: answer, reactie: comment })}`,
    comment: (ref: string, slug: string, id: string, help?: string) =>
      `${base}/vragen/${ref}/${slug}${query({ hulp: help })}#reactie-${id}`,
    /** everything that was said about an answer */
    comments: (ref: string, answer: string, after?: string | null, help?: string) =>
      `${base}/reacties/${ref}/${answer}${query({ na: after, hulp: help })}`,
    /** where one changes an answer or a comment of one's own */
    editReply: (ref: string, reply: { antwoord: string } | { reactie: string }) =>
      `${base}/bewerken/${ref}${query(reply)}`,
    /** what an answer or a comment said before */
    earlier: (ref: string, reply: { antwoord: string } | { reactie: string }) =>
      `${base}/eerder/${ref}${query(reply)}`,
    /** the statement of reasons, for its author */
    statement: (decision: string) => `${base}/besluit/${decision}`,
    /** the asker changes their question, withdraws it, or takes their consent back */
    editOwn: (ref: string) => `${base}/mijn/vraag/${ref}/aanpassen`,
    /** the asker says what is missing in an answer */
    unhelpful: (ref: string, answer: string) =>
      `${base}/mijn/vraag/${ref}/niet-geholpen${query({ antwoord: answer })}`,
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
    /** of the book of wijk-credits: of a day, or the last one */
    dailyStatement: (day?: string) => `${base}/wijk-credits/dagstaat${day ? `/${day}` : ''}`,
    dailyStatementJson: (day: string) => `${base}/wijk-credits/dagstaat/${day}/dagstaat.json`,
    /** where the treasurer reads what is wrong with the book */
    checkedBook: () => `${base}/penningmeester`,
    /** feeds of all questions, or of a theme */
    feeds: (theme?: string) => {
      const at = theme ? `${base}/onderwerpen/${theme}` : `${base}/vragen`;
      return { atom: `${at}/feed.atom`, json: `${at}/feed.json` };
    },
    sitemap: () => `${base}/sitemap.xml`,
    sitemapPages: () => `${base}/sitemap-paginas.xml`,
    sitemapQuestions: (after?: string | null) =>
      `${base}/sitemap-vragen.xml${query({ na: after })}`,
    admin: () => `${base}/beheer`,
    invitation: (id: string) => `${base}/uitnodiging/${id}`,
    desk: () => `${base}/redactie`,
    treasury: () => `${base}/penningmeester`,
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
