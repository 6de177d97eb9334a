import { type Ability, type Actor, assertCan } from '@wijk/domain/identity';

/** Who may call a route. Every route declares one; a test fails on a route without. */
export type Policy =
  | { kind: 'ability'; ability: Ability }
  | { kind: 'open'; why: string }
  | { kind: 'link'; why: string };

/** Whoever has the ability (packages/domain/src/identity/roles.ts says which roles do). */
export const may = (ability: Ability): Policy => ({ kind: 'ability', ability });
/** Anyone at all. The reason is printed in the access matrix. */
export const open = (why: string): Policy => ({ kind: 'open', why });
/** Whoever holds the signed link; the handler checks it. */
export const byLink = (why: string): Policy => ({ kind: 'link', why });

/** @throws `kernel.unauthenticated`, `kernel.forbidden` */
export function enforce(policy: Policy, actor: Actor): void {
  if (policy.kind === 'ability') assertCan(actor, policy.ability);
}
