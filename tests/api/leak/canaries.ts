/** Who reads something in the leak hunt; `anyone` reads what needs no right at all. */
export const READERS = [
  'visitor',
  'neighbour',
  'asker',
  /** was asked about `waiting`, and answered `private` before */
  'expert',
  /** an expert who was asked nothing */
  'other-expert',
  'editor',
  'chief',
  'admin',
  /** a platform admin who is a member of no wijk */
  'platform',
  /** editor and admin of another wijk */
  'elsewhere',
] as const;
export type Reader = (typeof READERS)[number];

export interface Canary {
  /** what it stands for */
  what: string;
  /** stands in that, and nowhere else in the house */
  text: string;
  /** who may meet it on a page or in a reply */
  seenBy: readonly Reader[];
  /** outputs in which others may meet it, by their name, and why that is no leak */
  also?: readonly { where: RegExp; why: string }[];
  /** outputs in which nobody may meet it */
  never?: RegExp;
  /** who may meet it in a mail; nobody, if left out */
  mailedTo?: readonly Reader[];
}

export interface Sighting {
  reader: Reader;
  /** the operation, page, message or mail */
  where: string;
  text: string;
  /** the address that was asked for: what stands in it the reader knew before */
  asked?: string;
}

const REDACTIE = ['editor', 'chief'] as const;
const linkRight = {
  where: /^(readAnswerLink |readPhotoByLink |page \/antwoord\/)/,
  why: 'whoever holds the link of the mail may read what it asks',
};
const uploaded = {
  where: /^uploadPhoto /,
  why: 'whoever sent a photo holds its claim',
};
const membersList = {
  where: /^(listPeople|readPerson|readRoleLog|changePerson|page \/beheer\/(instellingen\/)?mensen)/,
  why: 'an admin reads who is a member; not a word of a question stands with it',
};

/**
 * Every secret of the story with who may meet it. Words that begin with `zq` stand in one text each;
 * the others are ids that the story made.
 */
export function canaries(ids: {
  membershipId: string;
  personId: string;
  privateId: string;
  privateRef: string;
  waitingRef: string;
  privatePhoto: string;
  claims: readonly string[];
  requestRef: string;
}): Canary[] {
  const own = ['asker', ...REDACTIE] as const;
  const theirs = ['neighbour', ...REDACTIE] as const;
  const secret = (what: string, text: string, seenBy: readonly Reader[], more = {}): Canary => ({
    what,
    text,
    seenBy,
    ...more,
  });
  return [
    secret('first name of the asker', 'Zqvoornaam', ['asker'], {
      also: [membersList],
      mailedTo: ['asker'],
    }),
    secret('last name of the asker', 'Zqachternaam', ['asker'], {
      also: [membersList],
      mailedTo: ['asker'],
    }),
    secret('address of the asker', 'zqvoornaam.zqachternaam@', ['asker'], {
      also: [membersList],
      mailedTo: ['asker'],
    }),
    secret('membership of the asker', ids.membershipId, [], { also: [membersList] }),
    secret('person of the asker', ids.personId, []),
    secret('title of the private question', 'zqprivetitel', own),
    secret('text of the private question', 'zqprivetekst', own),
    secret('reference of the private question', ids.privateRef, own, {
      also: [
        {
          where: /^(listAskerLooks|page \/inzage)/,
          why: 'who supervises reads of which question, by its reference alone',
        },
      ],
      mailedTo: ['asker', 'expert', 'editor', 'chief'],
    }),
    secret('id of the private question', ids.privateId, []),
    secret('answer to the private question', 'zqpriveantwoord', own),
    secret('comment under it', 'zqprivereactie', own),
    secret('photo with it, or what is on that', 'zqprivefoto', own),
    secret('id of that photo', ids.privatePhoto, own),
    secret('what the private question said first', 'zqeerdervraag', REDACTIE),
    secret('the answer of its expert', 'zqeerderprive', own),
    secret('what an answer to it said first', 'zqredactieeerder', own),
    secret('private question that waits for an expert', 'zqwachttitel', [...own, 'expert'], {
      also: [linkRight],
    }),
    secret('photo with it', 'zqwachtfoto', [...own, 'expert'], { also: [linkRight] }),
    secret('reference of that question', ids.waitingRef, [...own, 'expert'], {
      also: [linkRight],
      mailedTo: ['asker', 'expert', 'editor', 'chief'],
    }),
    secret('note to the expert', 'zqnotitie', [...REDACTIE, 'expert'], { also: [linkRight] }),
    secret('what was asked back', 'zqnavraag', [...own, 'expert'], { also: [linkRight] }),
    secret('the reply to that', 'zqreactieop', [...own, 'expert'], { also: [linkRight] }),
    secret('words that were redacted', 'zqgelakt', ['asker']),
    secret('message with that decision', 'zqbesluit', own),
    secret('message with that of an answer', 'zqantwoordbesluit', [...REDACTIE, 'expert']),
    secret('message with that of a comment', 'zqreactiebesluit', [...REDACTIE, 'neighbour']),
    secret('text of an appeal', 'zqbezwaar', own),
    secret('note of a flag', 'zqmelding', REDACTIE),
    secret('why it did not help', 'zqhielpniet', [...own, 'other-expert']),
    secret('a text of an answer before words were redacted', 'zqeerdertekst', []),
    secret('words of an answer that were redacted', 'zqantwoordgelakt', ['expert']),
    secret('words of a comment that were redacted', 'zqreactiegelakt', ['neighbour']),
    secret('why somebody looked', 'zqkijkreden', ['asker', 'chief', 'admin']),
    secret('a public version that was declined', 'zqafgewezen', REDACTIE),
    secret('a public version that was taken back', 'zqteruggenomen', REDACTIE),
    secret('a public version that waits', 'zqvoorstel', own),
    secret('message with it', 'zqbericht', own),
    secret('a public version that was withdrawn', 'zqingetrokkenversie', own),
    secret('a question that was withdrawn', 'zqingetrokken', own),
    secret('a question that is held', 'zqvastgehouden', own),
    secret('a question that is hidden', 'zqverborgen', own),
    secret('answer of the neighbour that is hidden', 'zqantwoordweg', [...REDACTIE, 'neighbour']),
    secret('comment of the neighbour that is hidden', 'zqreactieweg', [...REDACTIE, 'neighbour']),
    secret('photo of a question that is hidden', 'zqverborgenfoto', own),
    secret('words of a complaint', 'zqklacht', ['neighbour', 'expert']),
    secret('what a complainant wants', 'zqwens', ['neighbour', 'expert']),
    secret('answer to a complaint', 'zqverweer', ['neighbour', 'expert']),
    secret('why that was not right', 'zqontevreden', ['neighbour', 'expert']),
    secret('what somebody did for a neighbour', 'zqurenwerk', ['neighbour', 'expert']),
    secret('a draft of a guest', 'zqkladvraag', []),
    secret('words that the search takes for the same', 'zqsynoniem', REDACTIE),
    secret('private question that its asker made a request of', 'zqbuurgeheim', theirs),
    secret('text of that question', 'zqbuurtekst', theirs),
    secret('reference of that question', ids.requestRef, theirs, {
      mailedTo: ['neighbour', 'editor', 'chief'],
    }),
    ...ids.claims.map((claim) => secret('claim of a photo', claim, [], { also: [uploaded] })),
    // about health: for readers of the site, not for whoever gathers or finds (V13)
    secret('a question about health', 'zqgezondheid', READERS.slice(), {
      never: /^(page .*(feed\.(atom|json)|sitemap)|readFeed|listOpen)/,
    }),
  ];
}

/** What everybody may read, so that the hunt is known to reach what is public. */
export const PUBLIC = ['zqopenbaar', 'zqversie'] as const;

/** Canaries that somebody met who may not, a line each and once. */
export function leaks(all: readonly Canary[], sightings: readonly Sighting[]): string[] {
  const found = new Set<string>();
  for (const { reader, where, text, asked = '' } of sightings) {
    const low = text.toLowerCase();
    for (const canary of all) {
      if (!low.includes(canary.text.toLowerCase())) continue;
      const never = canary.never?.test(where);
      if ((canary.seenBy.includes(reader) && !never) || asked.includes(canary.text)) continue;
      if (canary.also?.some((one) => one.where.test(where))) continue;
      found.add(`${reader} met the ${canary.what} in ${where}`);
    }
  }
  return [...found].sort();
}

/** Canaries that nobody met of those who may: the hunt looked past them. */
export function unseen(all: readonly Canary[], sightings: readonly Sighting[]): string[] {
  return all
    .filter(
      ({ text, seenBy }) =>
        seenBy.length > 0 &&
        !sightings.some(
          (one) =>
            seenBy.includes(one.reader) && one.text.toLowerCase().includes(text.toLowerCase()),
        ),
    )
    .map(({ what }) => what);
}
