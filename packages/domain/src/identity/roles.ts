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

/** Who acts. Roles are the ones held now in this wijk; a platform admin's come along everywhere. */
export type Actor =
  | { kind: 'visitor' }
  | {
      kind: 'member';
      personId: string;
      membershipId: string;
      wijkId: string;
      roles: ReadonlySet<Role>;
      sessionId: string;
    };
export type Member = Extract<Actor, { kind: 'member' }>;

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
  'notifications.own': ['member'],
  'admin.people': ADMINS,
  'admin.wijk': ADMINS,
  'admin.jobs': ADMINS,
  /** the whole installation: new wijken, a test mail */
  'platform.wijken': ['platform-admin'],
} as const satisfies Record<string, readonly Audience[]>;
export type Ability = keyof typeof ABILITIES;

export function can(actor: Actor, ability: Ability): boolean {
  const audiences: readonly Audience[] = ABILITIES[ability];
  return audiences.some((audience) => {
    if (audience === 'visitor') return true;
    if (actor.kind !== 'member') return false;
    return audience === 'member' || actor.roles.has(audience);
  });
}

/** @throws `kernel.unauthenticated` for a visitor, `kernel.forbidden` for a member */
export function assertCan(actor: Actor, ability: Ability): void {
  if (can(actor, ability)) return;
  if (actor.kind === 'visitor') throw new DomainError('unauthenticated', 'kernel.unauthenticated');
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
