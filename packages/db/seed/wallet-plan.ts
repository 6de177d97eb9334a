import { DAY_MS, HOUR_MS } from '@wijk/domain/kernel';
import type { Chance } from './random.ts';
import { localDate, onDayOf } from './schedule.ts';

/** Shops and clubs of the demonstration, with who acts for them. */
export const ORGANISATIONS = [
  { name: 'Bakkerij Vos', about: 'Brood en gebak aan de Elzenlaan', operator: 'Henk Brouwer' },
  { name: 'Fietsenmaker Haddad', about: 'Reparatie aan huis', operator: 'Ahmad Haddad' },
  { name: 'Buurthuis De Elzen', about: 'Koffie, eetcafé en zaalhuur', operator: 'Els Wagenaar' },
  { name: 'Beweegstudio Hoekstra', about: 'Lessen in kleine groepen', operator: 'Bart Hoekstra' },
] as const;
/** Where the budget of the programme can be spent. */
export const SUPPLIER = 'Beweegstudio Hoekstra';
export const PROGRAMME = { name: 'Samen in beweging', perParticipant: 5000 } as const;

const WITH_SHOP = ['', '', '', 'Halfje bruin', 'Appeltaart', 'Lekke band', 'Eetcafé', 'Koffie'];
const WITH_NEIGHBOUR = [
  'Dank voor de lift',
  'Boodschappen',
  'Heg geknipt',
  'Hond uitgelaten',
  'Oppassen zaterdag',
  'Lamp opgehangen',
  'Pan soep',
  '',
];

/** Neighbours who pay each other, with everybody who is to be found in the shops. */
export const walletNames = (residents: readonly string[]): string[] => [
  ...new Set([
    'Fatima Amrani',
    'Henk Brouwer',
    'Kees Dijkgraaf',
    'Els Wagenaar',
    'Ahmad Haddad',
    'Bart Hoekstra',
    ...residents.slice(0, 30),
  ]),
];

export interface PlannedPayment {
  at: Date;
  payer: string;
  payee: string;
  amount: number;
  memo: string | null;
  way: 'send' | 'request' | 'code';
}

/**
 * Eight weeks of paying among `people` and with the shops, by day and in order: a few a day, more on
 * Saturdays. Amounts are whole and half credits.
 */
export function planPayments(
  people: readonly string[],
  shops: readonly string[],
  { from, now }: { from: Date; now: Date },
  chance: Chance,
): PlannedPayment[] {
  const planned: PlannedPayment[] = [];
  // those whom one signs in as first have something to look at
  const often = [...people, ...Array.from({ length: 5 }, () => people.slice(0, 2)).flat()];
  for (let day = from; day < now; day = new Date(day.getTime() + DAY_MS)) {
    const saturday = new Date(`${localDate(day)}T12:00:00Z`).getUTCDay() === 6;
    const count = Math.floor(chance.between(1, saturday ? 6 : 4));
    for (let i = 0; i < count; i += 1) {
      const at = onDayOf(day, Math.floor(chance.between(9 * 60, 18 * 60)));
      const shop = chance.percent(55);
      const payer = chance.pick(often);
      const payee = chance.pick(shop ? shops : often);
      const amount = Math.round(chance.between(3, shop ? 20 : 30)) * 50;
      const memo = chance.pick(shop ? WITH_SHOP : WITH_NEIGHBOUR) || null;
      const way = shop ? (chance.percent(60) ? 'code' : 'request') : 'send';
      if (payer !== payee && at.getTime() < now.getTime() - 2 * HOUR_MS)
        planned.push({ at, payer, payee, amount, memo, way });
    }
  }
  return planned.sort((a, b) => a.at.getTime() - b.at.getTime());
}
