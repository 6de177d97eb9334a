import type * as contract from '@wijk/contracts';
import type { BodyOf } from '@wijk/contracts';

/** An offer that is right in every field, in a wijk that named no areas. */
export const KLUS: Omit<BodyOf<typeof contract.saveListing>, 'version'> = {
  organisation: null,
  title: 'Kleine klussen in huis',
  body: 'Een kraanleertje, een plint of dat ene lampje. Ik neem mijn eigen gereedschap mee.',
  theme: 'klussen',
  area: 'hele-wijk',
  audience: 'Iedereen',
  accessibility: '',
  availability: 'doordeweeks',
  languages: ['nl'],
  shell: 1,
  mode: 'hourly',
  rate: '6',
  places: '',
  periods: [{ weekday: 1, from: '09:30', until: '15:00' }],
  foreignAccount: false,
};
