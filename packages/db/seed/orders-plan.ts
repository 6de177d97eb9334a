import { DAY_MS, HOUR_MS } from '@wijk/domain/kernel';
import type {
  OrderStep,
  OrderTerms,
  PriceMode,
  SeriesDates,
  Side,
  StepActor,
} from '@wijk/domain/market';

const days = (n: number) => (n * DAY_MS) / HOUR_MS;

/** A step of an order of the demonstration, so many hours ago. */
export interface PlannedStep {
  step: OrderStep;
  actor: StepActor;
  /** whose step it was, where the market master stood in */
  side?: Side;
  ago: number;
  note?: string;
  terms?: Partial<Pick<OrderTerms, 'rate' | 'minutes'>>;
  worked?: number;
  withExtra?: boolean;
  /** of a split or a refund */
  amount?: number;
}

/** What orders of the demonstration are made from: how a title of the market begins, whose it is, and its price. */
export const OFFERED = {
  henk: offered('Kleine klussen: druppende kranen', 'Henk Brouwer', 'offer', 'hourly', 600),
  kees: offered('Hulp bij de papierwinkel', 'Kees Dijkgraaf', 'offer', 'hourly', 600),
  tyre: offered('Fietsband plakken aan huis', 'Ahmad Haddad', 'offer', 'fixed', 300),
  chess: offered('Schaakmaat gezocht', 'Henk Brouwer', 'request', 'free', 0),
  walk: offered('Welkomstwandeling', 'Els Wagenaar', 'offer', 'free', 0),
  letters: offered('Wie leest op woensdagochtend', 'Fatima Amrani', 'request', 'hourly', 600),
} as const;

function offered(
  title: string,
  by: string,
  kind: 'offer' | 'request',
  mode: PriceMode,
  rate: number,
) {
  return { title, by, kind, mode, rate };
}
export type Offered = ReturnType<typeof offered>;

/** An order of the demonstration, and who is at the other side of the listing. */
export interface PlannedOrder {
  listing: keyof typeof OFFERED;
  /** a request has its helper here, an offer its receiver */
  other: string;
  /** of the request, in hours */
  ago: number;
  note?: string;
  minutes?: number;
  /** what somebody can miss */
  rate?: number;
  /** hours from now; below zero: it has been. undefined: to be agreed */
  startsIn?: number;
  steps?: readonly PlannedStep[];
  /** which time of a series it is; `startsIn` is that of the first */
  time?: { of: keyof typeof SERIES; number: number };
}

/** What comes back in the demonstration, by who receives and who helps. */
export const SERIES = {
  papers: {
    ...{ listing: 'kees', receiver: 'Fatima Amrani', helper: 'Kees Dijkgraaf', rate: 600 },
    ...{ every: 'week', times: 10, minutes: 60, agreedAgo: days(13), startsIn: -days(10) },
  },
} as const satisfies Record<string, PlannedSeries>;

interface PlannedSeries extends Pick<SeriesDates, 'every' | 'times'> {
  listing: keyof typeof OFFERED;
  receiver: string;
  helper: string;
  rate: number;
  minutes: number;
  /** hours ago, and hours from now */
  agreedAgo: number;
  startsIn: number;
}

const yes = (ago: number, actor: StepActor = 'helper'): PlannedStep => ({
  step: 'accept',
  actor,
  ago,
});
const done = (ago: number, worked: number, note = ''): PlannedStep => ({
  ...{ step: 'deliver', actor: 'helper', ago, worked, note },
});

const weekly: Pick<PlannedOrder, 'listing' | 'other' | 'minutes'> = {
  ...{ listing: 'kees', other: 'Fatima Amrani', minutes: 60 },
};

/** Orders in every state: some that wait for whoever one signs in as, a dispute that is open, and free ones. */
export const ORDERS: readonly PlannedOrder[] = [
  {
    ...{ listing: 'henk', other: 'Fatima Amrani', ago: days(38), minutes: 60, startsIn: -days(35) },
    note: 'De wc blijft doorlopen, ik hoor het de hele nacht.',
    steps: [
      yes(days(37.5)),
      done(days(34.8), 90, 'De vlotter was ook op. Die heb ik meteen vervangen.'),
      { step: 'confirm', actor: 'receiver', ago: days(34.5), withExtra: true },
    ],
  },
  {
    ...{ listing: 'henk', other: 'Els Wagenaar', ago: days(20), minutes: 60, startsIn: -days(17) },
    note: 'Een plint in de gang laat los.',
    steps: [
      yes(days(19)),
      done(days(16.9), 30),
      { step: 'confirm', actor: 'receiver', ago: days(16.5) },
      { step: 'refund', actor: 'helper', ago: days(16), amount: 100, note: 'Was een kleinigheid.' },
    ],
  },
  {
    ...{ listing: 'henk', other: 'Kees Dijkgraaf', ago: 40, minutes: 60, startsIn: 28 },
    note: 'De keukenkraan druppelt. Ik ben de hele ochtend thuis.',
    steps: [yes(30)],
  },
  {
    ...{ listing: 'henk', other: 'Bart Hoekstra', ago: 20, minutes: 120, startsIn: 75 },
    note: 'Vier schilderijen ophangen in de studio. Kan dat ook vóór negen uur?',
  },
  {
    ...{ listing: 'kees', other: 'Henk Brouwer', ago: 30, minutes: 60, startsIn: 50 },
    note: 'Een doos post van een half jaar. Mag het bij u?',
    steps: [
      {
        ...{ step: 'counter', actor: 'helper', ago: 6, terms: { minutes: 120 } },
        note: 'Een uur is krap. Zullen we er twee van maken, met koffie?',
      },
    ],
  },
  {
    ...{ listing: 'tyre', other: 'Henk Brouwer', ago: days(4), startsIn: -days(2) },
    note: 'Achterband, binnenkant plakt niet meer.',
    steps: [yes(days(3.5)), done(days(1.2), 30, 'Nieuwe binnenband erin. Bonnetje zit in de tas.')],
  },
  {
    ...{ listing: 'tyre', other: 'Fatima Amrani', ago: days(6), startsIn: -days(4) },
    note: 'De scootmobiel van mijn schoonvader loopt leeg.',
    steps: [
      yes(days(5.5)),
      done(days(3.8), 45),
      {
        ...{ step: 'dispute', actor: 'receiver', ago: days(1.5) },
        note: 'De volgende ochtend stond hij weer plat. Ahmad heeft nog niet teruggebeld.',
      },
    ],
  },
  {
    ...{ listing: 'tyre', other: 'Els Wagenaar', ago: days(26), startsIn: -days(24) },
    steps: [
      yes(days(25.5)),
      {
        ...{ step: 'cancel-late', actor: 'receiver', ago: days(24.1) },
        note: 'Sorry, ik moest plotseling naar mijn zus.',
      },
    ],
  },
  {
    ...{ listing: 'kees', other: 'Els Wagenaar', ago: days(30), minutes: 120, startsIn: -days(27) },
    steps: [
      yes(days(29)),
      done(days(26.9), 120),
      { step: 'dispute', actor: 'receiver', ago: days(26), note: 'We zijn na een uur gestopt.' },
      {
        ...{ step: 'settle', actor: 'master', ago: days(25), amount: 600 },
        note: 'Jullie zijn het eens dat het een uur was. Dat wordt betaald, de rest gaat terug.',
      },
    ],
  },
  {
    ...{ listing: 'chess', other: 'Kees Dijkgraaf', ago: days(3), minutes: 120, startsIn: 55 },
    note: 'Ik verlies graag. Zaterdag in De Kruik?',
    steps: [{ ...yes(days(2.5), 'receiver'), note: 'Graag. Ik neem de klok mee.' }],
  },
  {
    ...{ listing: 'walk', other: 'Fatima Amrani', ago: days(15), minutes: 90, startsIn: -days(12) },
    steps: [
      yes(days(14)),
      done(days(11.8), 105, 'Fijn dat u er was!'),
      { step: 'confirm', actor: 'receiver', ago: days(11.5) },
    ],
  },
  {
    ...{ listing: 'letters', other: 'Kees Dijkgraaf', ago: 16, minutes: 60, startsIn: 70 },
    note: 'Ik was boekhouder, en ik zeg niets door. Woensdag kan ik.',
  },
  {
    ...{ listing: 'henk', other: 'Ahmad Haddad', ago: days(9), minutes: 60 },
    steps: [
      { step: 'decline', actor: 'helper', ago: days(8.5), note: 'Op het dak ga ik niet meer.' },
    ],
  },
  {
    ...{ listing: 'kees', other: 'Ahmad Haddad', ago: days(12), minutes: 60 },
    steps: [{ step: 'withdraw', actor: 'receiver', ago: days(11), note: 'Mijn dochter hielp al.' }],
  },
  {
    ...{ listing: 'henk', other: 'Els Wagenaar', ago: days(50), minutes: 60 },
    steps: [{ step: 'lapse', actor: 'clock', ago: days(47) }],
  },
  {
    ...{ listing: 'kees', other: 'Bart Hoekstra', ago: days(18), minutes: 60, startsIn: -days(15) },
    steps: [
      yes(days(17)),
      { step: 'cancel', actor: 'helper', ago: days(16), note: 'Ik lig met griep op bed.' },
    ],
  },
  // every week: two that were, and one that was set up for this week
  {
    ...{ ...weekly, ago: days(14), startsIn: -days(10), time: { of: 'papers', number: 0 } },
    note: 'Elke week een uurtje, dan stapelt de post niet op.',
    steps: [
      { ...yes(days(13)), note: 'Doen we. Ik zet koffie.' },
      done(days(9.9), 60),
      { step: 'confirm', actor: 'receiver', ago: days(9.5) },
    ],
  },
  {
    ...{ ...weekly, ago: days(8), startsIn: -days(10), time: { of: 'papers', number: 1 } },
    steps: [
      done(days(2.4), 75, 'De brief van de gemeente duurde wat langer.'),
      { step: 'confirm', actor: 'receiver', ago: days(2.2), withExtra: true },
    ],
  },
  { ...weekly, ago: days(1), startsIn: -days(10), time: { of: 'papers', number: 2 } },
];
