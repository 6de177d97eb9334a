import { DAY_MS, DomainError, type FieldError } from '../kernel/index.ts';
import { normaliseEmail, normalisePersonName } from './person.ts';
import { ROLES, type Role } from './roles.ts';

/** How long an invitation can be accepted, in days. */
export const INVITATION_DAYS = 14;
/** Between two mails about one invitation, so that nobody is buried in them. */
export const RESEND_AFTER_MS = 5 * 60_000;
export const MEMBER_TITLE_MAX = 80;

/** Roles that an admin of a wijk gives and takes; being a resident comes with the membership. */
export const WIJK_ROLES = ROLES.filter(
  (role): role is Exclude<Role, 'resident' | 'platform-admin'> =>
    role !== 'resident' && role !== 'platform-admin',
);

export interface InvitationRequest {
  email: string;
  name: string;
  title: string;
  roles: readonly Role[];
  themes: readonly { theme: string; position: number }[];
}

export const expiryOf = (invitedAt: Date): Date =>
  new Date(invitedAt.getTime() + INVITATION_DAYS * DAY_MS);

/**
 * The invitation as it is stored. The name may be left out: whoever comes in is asked for it then.
 * @param known slugs of the themes of the wijk
 * @throws `kernel.invalid` with every field at fault
 */
export function checkInvitation(
  request: InvitationRequest,
  known: ReadonlySet<string>,
): InvitationRequest {
  const errors: FieldError[] = [];
  const field = <T>(work: () => T, otherwise: T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      errors.push(...error.errors);
      return otherwise;
    }
  };
  const email = field(() => normaliseEmail(request.email), '');
  const name = request.name.trim() === '' ? '' : field(() => normalisePersonName(request.name), '');
  const title = field(() => normaliseTitle(request.title), '');
  errors.push(...themeErrors(request.themes, known));
  if (request.themes.length > 0 && !request.roles.includes('expert'))
    errors.push({ pointer: 'roles', code: 'themes-without-expert' });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
  return { ...request, email, name, title, roles: [...new Set(request.roles)] };
}

/** Themes of an expert: each that the wijk has, once. */
export function themeErrors(
  themes: readonly { theme: string; position: number }[],
  known: ReadonlySet<string>,
): FieldError[] {
  return themes.flatMap(({ theme }, i) => {
    const pointer = `themes.${i}.theme`;
    if (!known.has(theme)) return [{ pointer, code: 'invalid-choice' }];
    return themes.findIndex((other) => other.theme === theme) < i
      ? [{ pointer, code: 'duplicate' }]
      : [];
  });
}

/**
 * The function beside a name, '' for none.
 * @throws `kernel.invalid` with 'too-long' or 'control-characters' at 'title'
 */
export function normaliseTitle(raw: string): string {
  const title = raw.normalize('NFC').trim().replace(/ +/g, ' ');
  const refuse = (code: string, params = {}) =>
    new DomainError('invalid', 'kernel.invalid', { errors: [{ pointer: 'title', code, params }] });
  if (/\p{C}/u.test(title)) throw refuse('control-characters');
  if (title.length > MEMBER_TITLE_MAX) throw refuse('too-long', { max: MEMBER_TITLE_MAX });
  return title;
}
