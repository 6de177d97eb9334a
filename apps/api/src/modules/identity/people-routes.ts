import * as contract from '@wijk/contracts';
import { may, open } from '../../http/policy.ts';
import { type App, signedIn } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { changePerson } from './commands/change-person.ts';
import { giveRole, takeRole } from './commands/change-role.ts';
import { invite, resend, withdraw } from './commands/invite.ts';
import { invitations, oneInvitation } from './queries/invitations.ts';
import { onePerson, people, roleLog } from './queries/people.ts';

/** Each of them mails somebody. */
const INVITATIONS_PER_MINUTE = 20;

/** Members, roles and invitations, for the admins of the wijk. */
export function registerPeople(app: App, services: Services): void {
  const admins = { policy: may('admin.people') };

  app.route(contract.listPeople, admins, ({ wijk, query }) => people(services, wijk.id, query));

  app.route(contract.readPerson, admins, ({ actor, params }) =>
    onePerson(services, signedIn(actor), params.member),
  );

  app.route(contract.changePerson, admins, ({ wijk, params, body }) =>
    changePerson(services, wijk, params.member, body),
  );

  app.route(contract.grantRole, admins, ({ actor, params }) =>
    giveRole(services, signedIn(actor), params.member, params.role),
  );

  app.route(contract.revokeRole, admins, ({ actor, params }) =>
    takeRole(services, signedIn(actor), params.member, params.role),
  );

  app.route(contract.readRoleLog, admins, ({ wijk, query }) => roleLog(services, wijk.id, query));

  app.route(contract.listInvitations, admins, ({ wijk }) => invitations(services, wijk.id));

  app.route(
    contract.invitePerson,
    { ...admins, perMinute: INVITATIONS_PER_MINUTE },
    async ({ wijk, actor, body }) => ({ id: await invite(services, wijk, signedIn(actor), body) }),
  );

  app.route(
    contract.resendInvitation,
    { ...admins, perMinute: INVITATIONS_PER_MINUTE },
    ({ wijk, params }) => resend(services, wijk.id, params.invitation),
  );

  app.route(contract.revokeInvitation, admins, ({ wijk, params }) =>
    withdraw(services, wijk.id, params.invitation),
  );

  app.route(
    contract.readInvitation,
    { policy: open('whoever holds the random id of the mail is told what it is for') },
    ({ wijk, params }) => oneInvitation(services, wijk, params.invitation),
  );
}
