import { DomainError } from '../kernel/index.ts';

export const ROLES = [
  'resident',
  'expert',
  'provider',
  'editor',
  'chief-editor',
  'market-master',
  'curator',
  'treasurer',
  'coach',
  'connector',
  'admin',
  'platform-admin',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who acts. Roles are the ones held now in this wijk; a platform admin's come along everywhere.
 * `platform`: a platform admin in a wijk of which they are no member. They may set it up, and have
 * nothing that is for members: no question of theirs, no desk, no private question.
 */
export type Actor =
  | { kind: 'visitor' }
  | {
      kind: 'platform';
      personId: string;
      wijkId: string;
      roles: ReadonlySet<Role>;
      sessionId: string;
    }
  | {
      kind: 'member';
      personId: string;
      membershipId: string;
      wijkId: string;
      roles: ReadonlySet<Role>;
      sessionId: string;
    };
export type Member = Extract<Actor, { kind: 'member' }>;
/** Whoever is signed in and known here; admins need not be members (see `Actor`). */
export type SignedInActor = Exclude<Actor, { kind: 'visitor' }>;

/** Beside the roles: 'visitor' is everyone, 'member' everyone who is signed in and belongs to the wijk. */
export type Audience = Role | 'visitor' | 'member';

const DESK = ['editor', 'chief-editor'] as const;
const ADMINS = ['admin', 'platform-admin'] as const;

/** What one can do, and who may. Routes name an ability; a question's own rules come after it. */
export const ABILITIES = {
  'session.own': ['member'],
  'session.sign-in': ['visitor'],
  'vraagbaak.read': ['visitor'],
  'vraagbaak.draft': ['visitor'],
  'vraagbaak.ask': ['member'],
  'vraagbaak.follow': ['member'],
  'vraagbaak.withdraw-own': ['member'],
  'vraagbaak.thank': ['member'],
  'vraagbaak.answer': ['member'],
  'vraagbaak.answer-by-link': ['visitor'],
  'vraagbaak.answer-as-expert': ['expert'],
  'vraagbaak.answer-as-editor': DESK,
  'vraagbaak.edit-desk': DESK,
  'vraagbaak.endorse': DESK,
  'vraagbaak.remove': DESK,
  'vraagbaak.moderate': DESK,
  'vraagbaak.flag': ['member'],
  'vraagbaak.appeal': ['member'],
  'vraagbaak.edit-own': ['member'],
  'vraagbaak.read-private': DESK,
  'vraagbaak.score': ['visitor'],
  /** photos with a question that is being written */
  'vraagbaak.upload': ['visitor'],
  'vraagbaak.comment': ['member'],
  'vraagbaak.useful': ['member'],
  'vraagbaak.me-too': ['member'],
  /** to say that what was found answers the question one was about to ask */
  'vraagbaak.deflect': ['visitor'],
  /** who asked, with a look that is kept */
  'vraagbaak.look-up-asker': DESK,
  /** who looked up what, when and why; never whom they found */
  'vraagbaak.read-looks': ['chief-editor', 'admin'],
  /** a redacted public version of a private question */
  'vraagbaak.propose-twin': DESK,
  'vraagbaak.decide-twin': ['member'],
  'vraagbaak.import': ADMINS,
  'vraagbaak.export': ADMINS,
  'search.read': ['visitor'],
  'search.synonyms': DESK,
  'notifications.own': ['member'],
  /** one's own wallet, and that of an organisation one acts for */
  /** the daily statement of the book */
  'wallet.daily-statement': ['visitor'],
  'wallet.own': ['member'],
  /** the control room: figures, freezing, reversals, limits, audit (W7) */
  'wallet.control': ['treasurer'],
  'wallet.policy': ['treasurer'],
  'wallet.programmes': ['treasurer'],
  /** to decide on what another proposed: a wijk may have one treasurer only */
  'wallet.four-eyes': ['treasurer', 'admin'],
  /** that somebody lives here, so that they may go below zero (I2, by hand for now) */
  'wallet.residency': ['treasurer', 'admin'],
  /** to make an organisation with its first manager, and to put its managers right (I4) */
  'wallet.organisations': ['treasurer', 'admin'],
  /** listings that stand on the market (M1, M2) */
  'market.read': ['visitor'],
  /** one's own listings, and those of an organisation one acts for */
  'market.list': ['member'],
  /** one's own orders (M4) */
  'market.order': ['member'],
  /** what waits for review, orders that are stuck, disputes, unmatched requests (M7) */
  'market.master': ['market-master'],
  /** hours of the whole wijk by organisation, and pledges with the foundation (M10) */
  'market.hours': ['market-master', 'treasurer'],
  /** to review an eHealth app (M3) */
  'market.curate': ['curator'],
  /** to vet a provider (M3) */
  'market.vet': ['market-master', 'curator'],
  /** rules, themes, areas, criteria and terms of the market */
  'market.policy': ['market-master', 'admin'],
  /** to answer an appeal against a market master */
  'market.appeals': ['market-master', 'admin'],
  'admin.people': ADMINS,
  'admin.wijk': ADMINS,
  'admin.jobs': ADMINS,
  /** the whole installation: new wijken */
  'platform.wijken': ['platform-admin'],
} as const satisfies Record<string, readonly Audience[]>;
export type Ability = keyof typeof ABILITIES;

export function can(actor: Actor, ability: Ability): boolean {
  const audiences: readonly Audience[] = ABILITIES[ability];
  return audiences.some((audience) => {
    if (audience === 'visitor') return true;
    if (actor.kind === 'visitor') return false;
    if (actor.kind === 'platform') return audience === 'platform-admin';
    return audience === 'member' || actor.roles.has(audience);
  });
}

/**
 * @throws `kernel.unauthenticated` for a visitor, and for a platform admin where only members may;
 *   `kernel.forbidden` for a member
 */
export function assertCan(actor: Actor, ability: Ability): void {
  if (can(actor, ability)) return;
  if (actor.kind !== 'member') throw new DomainError('unauthenticated', 'kernel.unauthenticated');
  throw new DomainError('forbidden', 'kernel.forbidden');
}

/** The roles that have an ability by themselves. */
export function rolesWith(ability: Ability): Role[] {
  const audiences: readonly Audience[] = ABILITIES[ability];
  return ROLES.filter((role) => audiences.includes(role));
}

/** Everything the actor may, for pages that leave out what is refused anyway. */
export function abilitiesOf(actor: Actor): Ability[] {
  return (Object.keys(ABILITIES) as Ability[]).filter((ability) => can(actor, ability));
}
