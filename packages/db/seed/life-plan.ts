import type { Side } from '@wijk/domain/market';
import type { OFFERED } from './orders-plan.ts';

interface PlannedReview {
  listing: keyof typeof OFFERED;
  receiver: string;
  helper: string;
  /** which time of a series */
  time?: number;
  /** the first of the two before the second; one alone waits */
  said: readonly { side: Side; stars: number; body: string }[];
}

/** What the sides of orders of the demonstration say of each other. */
export const REVIEWS: readonly PlannedReview[] = [
  {
    ...{ listing: 'henk', receiver: 'Fatima Amrani', helper: 'Henk Brouwer' },
    said: [
      {
        ...{ side: 'receiver', stars: 5 },
        body: 'De wc is stil, ik slaap weer. Henk legde uit wat hij deed en ruimde alles op.',
      },
      { side: 'helper', stars: 5, body: 'Ik werd ontvangen met thee en baklava. Graag weer.' },
    ],
  },
  {
    ...{ listing: 'henk', receiver: 'Els Wagenaar', helper: 'Henk Brouwer' },
    said: [
      { side: 'helper', stars: 5, body: 'Alles lag al klaar.' },
      { side: 'receiver', stars: 5, body: 'Was zo gebeurd, en hij gaf zelf iets terug.' },
    ],
  },
  {
    ...{ listing: 'walk', receiver: 'Fatima Amrani', helper: 'Els Wagenaar' },
    said: [
      {
        ...{ side: 'receiver', stars: 5 },
        body: 'Ik ken nu de bakker, het buurthuis en drie buren bij naam.',
      },
      { side: 'helper', stars: 5, body: 'Fijn gezelschap, en ze stelt goede vragen.' },
    ],
  },
  {
    ...{ listing: 'kees', receiver: 'Fatima Amrani', helper: 'Kees Dijkgraaf', time: 0 },
    said: [
      {
        ...{ side: 'receiver', stars: 4 },
        body: 'Kees heeft geduld. Volgende keer neem ik de mappen mee.',
      },
      { side: 'helper', stars: 5, body: 'Goed voorbereid, met alle brieven op een stapel.' },
    ],
  },
  // the other side has time to write, and reads nothing before that
  {
    ...{ listing: 'kees', receiver: 'Fatima Amrani', helper: 'Kees Dijkgraaf', time: 1 },
    said: [{ side: 'receiver', stars: 5, body: 'De brief van de gemeente is eindelijk weg.' }],
  },
];

interface PlannedConversation {
  listing: keyof typeof OFFERED;
  /** who asked; the other is the author of the listing */
  asker: string;
  /** hours ago, the oldest first */
  lines: readonly { side: 'asker' | 'author'; ago: number; body: string }[];
}

/** What was written before and around orders of the demonstration. */
export const CONVERSATIONS: readonly PlannedConversation[] = [
  {
    ...{ listing: 'henk', asker: 'Kees Dijkgraaf' },
    lines: [
      { side: 'asker', ago: 41, body: 'Dag Henk, mijn keukenkraan druppelt. Doe je dat ook?' },
      { side: 'author', ago: 38, body: 'Ja hoor. Is het een kraan met één hendel of met twee?' },
      { side: 'asker', ago: 36, body: 'Met één hendel. Hij druppelt vooral als hij warm is.' },
      {
        ...{ side: 'author', ago: 29 },
        body: 'Dan neem ik een nieuw binnenwerk mee. Het bonnetje krijg je van mij.',
      },
    ],
  },
  {
    ...{ listing: 'kees', asker: 'Henk Brouwer' },
    lines: [
      {
        ...{ side: 'asker', ago: 29 },
        body: 'Kees, ik heb een doos post liggen waar ik tegenop zie. Is een uur genoeg?',
      },
      {
        ...{ side: 'author', ago: 6 },
        body: 'Een half jaar in een uur wordt krap. Ik stelde er twee voor. Neem de doos mee.',
      },
    ],
  },
  {
    ...{ listing: 'tyre', asker: 'Fatima Amrani' },
    lines: [
      { side: 'asker', ago: 84, body: 'Ahmad, de band staat vanochtend weer plat. Wat nu?' },
      { side: 'author', ago: 80, body: 'Vervelend. Ik kijk of ik morgen langs kan komen.' },
      { side: 'asker', ago: 37, body: 'Ik heb niets meer gehoord. Ik vraag het de marktmeester.' },
    ],
  },
];

export const WELFARE = 'Welzijnsstichting Onder de Elzen';

/** A request that nobody took: how its title begins, and what the market master wrote to the organisation. */
export const HANDED_OVER = {
  title: 'Iemand die mee-eet',
  ago: 30,
  note: 'Meneer wacht al een tijd. Hij wil graag samen koken, niet alleen een maaltijd gebracht krijgen.',
} as const;
