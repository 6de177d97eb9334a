import type { Role } from '@wijk/domain/identity';
import { emailOf } from './cast.ts';
import { PLATFORM_ADMIN } from './cast-tables.ts';

export const DEMONSTRATION_WIJK = { slug: 'elzenhof', name: 'Onder de Elzen' } as const;

export interface DemonstrationAccount {
  role: Role;
  name: string;
  email: string;
  /** one line of Dutch: what this person is for */
  about: string;
}

const account = (role: Role, name: string, about: string): DemonstrationAccount => ({
  role,
  name,
  email: emailOf(name),
  about,
});

/** One to sign in with for every role; shown at start-up and on the sign-in page. */
export const DEMONSTRATION_ACCOUNTS: readonly DemonstrationAccount[] = [
  account('resident', 'Fatima Amrani', 'Bewoner: stelt vragen, volgt ze en bedankt wie hielp'),
  account('editor', 'Noor van der Horst', 'Redacteur: ziet elke nieuwe vraag en zet die door'),
  account('chief-editor', 'Johan Terpstra', 'Hoofdredacteur: bewaakt de belofte van één dag'),
  account('expert', 'Marleen Verhoeven', 'Deskundige: wijkverpleegkundige, krijgt vragen per mail'),
  account('provider', 'Henk Brouwer', 'Aanbieder: doet kleine klussen bij buren thuis'),
  account('market-master', 'Ineke Bloemhof', 'Marktmeester: brengt vraag en aanbod bij elkaar'),
  account('curator', 'Ruben Fontein', 'Curator: beoordeelt eHealth-apps voor de wijk'),
  account('treasurer', 'Kees Dijkgraaf', 'Penningmeester: kijkt mee met de wijk-credits'),
  account('coach', 'Petra Lankhaar', 'Wijkcoach: zoekt mensen op die hulp kunnen gebruiken'),
  account('connector', 'Els Wagenaar', 'Buurtverbinder: kent iedereen in Elzenhof'),
  account('admin', 'Sander Vroom', 'Beheerder: nodigt mensen uit en geeft rollen'),
  account('platform-admin', PLATFORM_ADMIN, 'Platformbeheerder: beheert alle wijken'),
];
