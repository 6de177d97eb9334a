import { ROLES } from '@wijk/domain/identity';
import { z } from 'zod';
import { defineContract } from './define.ts';
import { email, instant, inWijk, noBody, none, noReply, page, uuid, wijkSlug } from './shared.ts';

const role = z.enum(ROLES);
const personName = z.string().max(200, { abort: true });
const expertThemes = z
  .array(
    z.strictObject({
      theme: wijkSlug,
      /** place in the list of the theme: the lowest is asked first */
      position: z.number().int().min(0).max(999),
    }),
  )
  .max(40, { abort: true });
const givenRoles = z.array(role.exclude(['resident'])).max(12, { abort: true });

const heldRole = z.object({ role, since: instant });
export const personRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  title: z.string(),
  joinedAt: instant,
  roles: z.array(heldRole),
});
export type PersonRow = z.output<typeof personRow>;

/** One line of "who got what, and when". Nobody is named where the command line did it. */
export const roleLogEntry = z.object({
  id: z.string(),
  kind: z.enum(['granted', 'revoked', 'ended']),
  role,
  at: instant,
  person: z.object({ id: z.string().nullable(), name: z.string() }),
  by: z.string().nullable(),
});
export type RoleLogEntry = z.output<typeof roleLogEntry>;

const ofMember = z.strictObject({ wijk: wijkSlug, member: uuid });
const ofInvitation = z.strictObject({ wijk: wijkSlug, invitation: uuid });

export const listPeople = defineContract({
  id: 'listPeople',
  tag: 'admin',
  summary: 'Members of the wijk by name, with the roles they hold now',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/admin/people',
  params: inWijk,
  query: page.extend({
    /** part of a name or an address */
    search: z.string().trim().max(100, { abort: true }).optional(),
    role: role.optional(),
  }),
  body: noBody,
  reply: z.object({ items: z.array(personRow), nextCursor: z.string().nullable() }),
});

export const readPerson = defineContract({
  id: 'readPerson',
  tag: 'admin',
  summary: 'One member: roles, themes, and what was given and taken',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/admin/people/:member',
  params: ofMember,
  query: none,
  body: noBody,
  reply: personRow.extend({
    /** it is the one who asks */
    self: z.boolean(),
    themes: z.array(
      z.object({ theme: z.string(), position: z.number().int(), source: z.string() }),
    ),
    log: z.array(roleLogEntry),
    /** whether the one who asks may give and take the role of platform admin */
    mayGrantPlatform: z.boolean(),
  }),
  problems: ['not-found'],
});

export const changePerson = defineContract({
  id: 'changePerson',
  tag: 'admin',
  summary: 'The function beside the name, and what an expert knows with the place in each list',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/admin/people/:member',
  params: ofMember,
  query: none,
  body: z.strictObject({ title: personName, themes: expertThemes }),
  reply: noReply,
  status: 204,
  problems: ['not-found', 'invalid'],
});

const ofRole = z.strictObject({ wijk: wijkSlug, member: uuid, role });

export const grantRole = defineContract({
  id: 'grantRole',
  tag: 'admin',
  summary: 'Give a role; it counts at once, also on open pages',
  method: 'PUT',
  path: '/api/v1/wijken/:wijk/admin/people/:member/roles/:role',
  params: ofRole,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden', 'invalid'],
});

export const revokeRole = defineContract({
  id: 'revokeRole',
  tag: 'admin',
  summary: 'Take a role; refused where it would leave the wijk without an admin',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/admin/people/:member/roles/:role',
  params: ofRole,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'forbidden', 'invalid', 'conflict'],
});

export const readRoleLog = defineContract({
  id: 'readRoleLog',
  tag: 'admin',
  summary: 'Who got and lost which role, by whom and when; newest first',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/admin/role-log',
  params: inWijk,
  query: page,
  body: noBody,
  reply: z.object({ items: z.array(roleLogEntry), nextCursor: z.string().nullable() }),
});

export const invitationView = z.object({
  id: z.string(),
  /** null once accepted, revoked or expired */
  email: z.string().nullable(),
  name: z.string(),
  title: z.string(),
  roles: z.array(role),
  themes: z.array(z.object({ theme: z.string(), position: z.number().int() })),
  invitedBy: z.string().nullable(),
  invitedAt: instant,
  expiresAt: instant,
  status: z.enum(['open', 'accepted', 'revoked', 'expired']),
});
export type InvitationView = z.output<typeof invitationView>;

export const listInvitations = defineContract({
  id: 'listInvitations',
  tag: 'admin',
  summary: 'Invitations, open ones first, then the newest; at most a hundred',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/admin/invitations',
  params: inWijk,
  query: none,
  body: noBody,
  reply: z.object({ items: z.array(invitationView) }),
});

export const invitePerson = defineContract({
  id: 'invitePerson',
  tag: 'admin',
  summary: 'Invite somebody by e-mail; signing in with that address accepts it',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/admin/invitations',
  params: inWijk,
  query: none,
  body: z.strictObject({
    email,
    name: personName.default(''),
    title: personName.default(''),
    roles: givenRoles,
    themes: expertThemes.default([]),
  }),
  reply: z.object({ id: z.string() }),
  status: 201,
  problems: ['invalid', 'forbidden', 'conflict'],
});

export const resendInvitation = defineContract({
  id: 'resendInvitation',
  tag: 'admin',
  summary: 'Mail an open invitation again; it then counts for fourteen days more',
  method: 'POST',
  path: '/api/v1/wijken/:wijk/admin/invitations/:invitation/mail',
  params: ofInvitation,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'gone', 'too-many'],
});

export const revokeInvitation = defineContract({
  id: 'revokeInvitation',
  tag: 'admin',
  summary: 'Withdraw an open invitation',
  method: 'DELETE',
  path: '/api/v1/wijken/:wijk/admin/invitations/:invitation',
  params: ofInvitation,
  query: none,
  body: noBody,
  reply: noReply,
  status: 204,
  problems: ['not-found', 'gone'],
});

/** Names no address and no person: whoever holds the link of the mail is told what it is for. */
export const readInvitation = defineContract({
  id: 'readInvitation',
  tag: 'session',
  summary: 'What an invitation is for, by the link in its mail',
  method: 'GET',
  path: '/api/v1/wijken/:wijk/invitations/:invitation',
  params: ofInvitation,
  query: none,
  body: noBody,
  reply: z.object({
    roles: z.array(role),
    expiresAt: instant,
    /** it was accepted before: signing in is all that is left */
    accepted: z.boolean(),
    /** the wijk opens later, and this is no invitation for one of its admins */
    notOpenYet: z.boolean(),
  }),
  problems: ['not-found', 'gone'],
});
