import * as contract from '@wijk/contracts';
import { may, open } from '../../http/policy.ts';
import { type App, memberOf } from '../../http/route.ts';
import { type Services, subscribe } from '../../services.ts';
import { changeMyName } from './commands/change-my-name.ts';
import { endOwnSession } from './commands/end-session.ts';
import { requestCode } from './commands/request-code.ts';
import { signIn } from './commands/sign-in.ts';
import { actorView, readContext } from './queries/context.ts';
import { ownSessions } from './queries/own-sessions.ts';
import { onRoleChanged } from './subscribers/on-role-changed.ts';

/** Asking for and trying codes, from one address. */
const CODES_PER_MINUTE = 20;

export function registerIdentity(app: App, services: Services): void {
  subscribe(services, 'live-role-changed', ['role.changed.v1'], onRoleChanged);
  app.route(
    contract.getContext,
    { policy: open('every page starts with it; a visitor gets the wijk alone') },
    ({ wijk, actor }) => readContext(services, wijk, actor),
  );

  app.route(
    contract.requestCode,
    { policy: may('session.sign-in'), perMinute: CODES_PER_MINUTE },
    ({ wijk, body }) => requestCode(services, wijk, body.email),
  );

  app.route(
    contract.signIn,
    { policy: may('session.sign-in'), perMinute: CODES_PER_MINUTE },
    async ({ wijk, body, request, reply }) => {
      const { 'user-agent': userAgent, cookie } = request.headers;
      const signedIn = await signIn(services, { ...body, wijkId: wijk.id, userAgent, cookie });
      const { actor, name, session, question } = signedIn;
      reply.removeHeader('set-cookie').header('set-cookie', session.setCookie);
      return { actor: actorView(actor, signedIn), needsName: name === null, question };
    },
  );

  app.route(
    contract.signOut,
    { policy: open('ends the session of the cookie that comes along, if there is one') },
    async ({ request, reply }) => {
      const id = services.sessions.idOf(request.headers.cookie);
      if (id) await services.sessions.end(id);
      reply.removeHeader('set-cookie').header('set-cookie', services.sessions.clearCookie());
      return undefined;
    },
  );

  app.route(contract.listSessions, { policy: may('session.own') }, ({ actor }) =>
    ownSessions(services, memberOf(actor)),
  );

  app.route(
    contract.endSession,
    { policy: may('session.own') },
    async ({ actor, params, reply }) => {
      const current = await endOwnSession(services, memberOf(actor), params.session);
      if (current)
        reply.removeHeader('set-cookie').header('set-cookie', services.sessions.clearCookie());
      return undefined;
    },
  );

  app.route(contract.changeMyName, { policy: may('session.own') }, ({ actor, body }) =>
    changeMyName(services, memberOf(actor), body.name),
  );
}
