import { describe, expect, it } from 'vitest';
import {
  ABILITIES,
  type Ability,
  type Actor,
  abilitiesOf,
  assertCan,
  can,
  type Member,
  ROLES,
  type Role,
} from './roles.ts';

const visitor: Actor = { kind: 'visitor' };
const member = (...roles: Role[]): Member => ({
  kind: 'member',
  personId: 'p',
  membershipId: 'm',
  wijkId: 'w',
  sessionId: 's',
  roles: new Set(roles),
});
const abilities = Object.keys(ABILITIES) as Ability[];

describe('what one may', () => {
  it('is for a visitor: read, search, sign in, write a draft with photos, answer by a link', () => {
    expect(abilitiesOf(visitor)).toEqual([
      'session.sign-in',
      'vraagbaak.read',
      'vraagbaak.draft',
      'vraagbaak.answer-by-link',
      'vraagbaak.score',
      'vraagbaak.upload',
      'vraagbaak.deflect',
      'search.read',
      'wallet.daily-statement',
      'market.read',
    ]);
  });

  it('is at the desk for editors only', () => {
    const who = (ability: Ability) => ROLES.filter((role) => can(member(role), ability));
    expect(who('vraagbaak.edit-desk')).toEqual(['editor', 'chief-editor']);
    expect(who('vraagbaak.endorse')).toEqual(['editor', 'chief-editor']);
    expect(who('vraagbaak.read-private')).toEqual(['editor', 'chief-editor']);
    expect(who('vraagbaak.answer-as-expert')).toEqual(['expert']);
    expect(who('admin.people')).toEqual(['admin', 'platform-admin']);
    expect(who('admin.jobs')).toEqual(['admin', 'platform-admin']);
  });

  it('is never less for a member, with or without roles, than for a visitor', () => {
    for (const actor of [member(), ...ROLES.map((role) => member(role))])
      expect(abilitiesOf(actor)).toEqual(expect.arrayContaining(abilitiesOf(visitor)));
    expect(can(member(), 'vraagbaak.ask')).toBe(true);
    expect(can(visitor, 'vraagbaak.ask')).toBe(false);
  });

  it('adds up over roles', () => {
    const both = abilitiesOf(member('expert', 'editor'));
    const apart = [...abilitiesOf(member('expert')), ...abilitiesOf(member('editor'))];
    expect([...both].sort()).toEqual([...new Set(apart)].sort());
  });

  it('is refused as unauthenticated to a visitor and as forbidden to a member', () => {
    expect(() => assertCan(visitor, 'vraagbaak.edit-desk')).toThrowError(
      expect.objectContaining({ kind: 'unauthenticated', code: 'kernel.unauthenticated' }),
    );
    expect(() => assertCan(member('resident'), 'vraagbaak.edit-desk')).toThrowError(
      expect.objectContaining({ kind: 'forbidden', code: 'kernel.forbidden' }),
    );
    for (const ability of abilities)
      if (can(member('editor'), ability))
        expect(() => assertCan(member('editor'), ability)).not.toThrow();
  });
});
