import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { DestinationStream } from 'pino';
import type { Config } from './config.ts';
import { closePromptly } from './http/closing.ts';
import { registerLive } from './http/live-route.ts';
import { loggedError } from './http/log.ts';
import { openApiDocument } from './http/openapi.ts';
import { handleError, problemOf, sendProblem } from './http/problem.ts';
import { type App, createApp } from './http/route.ts';
import { guardOrigin, securityHeaders, setSecurityHeaders } from './http/security.ts';
import { cutOffSlowBodies, UPLOAD_MS } from './http/slow-bodies.ts';
import { VERSION } from './http/version.ts';
import { connectPages, mountPages, type PageHandler } from './http/web.ts';
import { perMinute } from './limits.ts';
import { registerDemonstration } from './modules/demonstration/index.ts';
import { registerIdentity, registerPeople } from './modules/identity/index.ts';
import {
  registerCuration,
  registerMarketAppointments,
  registerMarketComplaints,
  registerMarketDialogue,
  registerMarketHours,
  registerMarketListings,
  registerMarketMatching,
  registerMarketMessages,
  registerMarketOrders,
  registerMarketPhotos,
  registerMarketReviews,
  registerMarketSeries,
  registerMarketSetup,
  registerVetting,
} from './modules/market/index.ts';
import { registerNotifications } from './modules/notifications/index.ts';
import { registerOperation } from './modules/operation/index.ts';
import { registerSearch } from './modules/search/index.ts';
import { hasAbilityToSee, registerVraagbaak, versionOf } from './modules/vraagbaak/index.ts';
import {
  dailyStatementRoutes,
  registerOrganisations,
  registerSchedules,
  registerStatementFiles,
  registerTreasury,
  registerWallet,
} from './modules/wallet/index.ts';
import { registerWijk } from './modules/wijk/index.ts';
import type { Services } from './services.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Fastify with the limits of the house; nothing is registered on it yet. `log` is stdout if left out. */
export function createFastify(config: Config, log?: DestinationStream): FastifyInstance {
  return Fastify({
    logger: {
      level: config.logLevel,
      redact: ['req.headers.cookie', 'req.headers.authorization', 'res.headers["set-cookie"]'],
      serializers: {
        // the route, never the URL: that can hold a token or words someone searched for
        req: (request) => ({ method: request.method, route: request.routeOptions?.url ?? '-' }),
        res: (reply) => ({ statusCode: reply.statusCode }),
        err: (error: unknown) => loggedError(error),
      },
      ...(log ? { stream: log } : {}),
    },
    // pages call the API under their own reference, so that both are found together in the log
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && UUID.test(given) ? given : randomUUID();
    },
    logController: new LogController({ disableRequestLogging: true }),
    // paths that Fastify cannot read: no hook sees them
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(reply.raw, request);
      handleError(error, request, reply);
    },
    trustProxy: config.trustProxy,
    bodyLimit: 64 * 1024,
    // of photos; everything else is cut off sooner
    requestTimeout: UPLOAD_MS,
    keepAliveTimeout: 5_000,
    forceCloseConnections: 'idle',
    // pages under way still call the API in process while the server closes
    return503OnClosing: false,
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
    routerOptions: { maxParamLength: 200 },
  });
}

/** Composes plugins and modules; no logic of its own. */
export async function buildApp(
  fastify: FastifyInstance,
  services: Services,
  pages?: PageHandler,
  upgrades?: Server,
): Promise<App> {
  fastify.removeContentTypeParser('text/plain');
  fastify.setErrorHandler(handleError);
  fastify.setNotFoundHandler((request, reply) =>
    sendProblem(reply, problemOf(404, 'kernel.not-found', request.id)),
  );
  securityHeaders(fastify, services.config);
  guardOrigin(fastify, services.config);
  closePromptly(fastify);
  cutOffSlowBodies(fastify);
  logReplies(fastify);
  await fastify.register(rateLimit, {
    global: true,
    max: perMinute(services.config, 600),
    timeWindow: 60_000,
    skipOnError: false,
    // a page counts by what it asks of the API, so that a visitor over the limit gets a page that
    // says so; files of the site never count
    allowList: (request) => !/^\/(api|live)\b/.test(request.url),
    errorResponseBuilder: () => Object.assign(new Error('too many'), { statusCode: 429 }),
  });
  await registerLive(fastify, services, hasAbilityToSee(services), upgrades);
  const app = createApp(fastify, services);
  registerIdentity(app, services);
  registerPeople(app, services);
  registerWijk(app, services);
  registerVraagbaak(app, services);
  registerSearch(app, services);
  registerWallet(app, services);
  registerNotifications(app, services);
  dailyStatementRoutes(app, services);
  registerOrganisations(app, services);
  registerSchedules(app, services);
  registerStatementFiles(app, services);
  registerTreasury(app, services);
  registerMarketOrders(app, services);
  registerMarketAppointments(app, services);
  registerMarketListings(app, services);
  registerMarketReviews(app, services);
  registerMarketSeries(app, services);
  registerMarketComplaints(app, services);
  registerMarketHours(app, services);
  registerMarketMessages(app, services);
  registerMarketPhotos(app, services);
  registerMarketDialogue(app, services);
  registerMarketMatching(app, services);
  registerCuration(app, services);
  registerVetting(app, services);
  registerMarketSetup(app, services);
  registerOperation(app, services);
  if (services.config.mode !== 'production') registerDemonstration(app, services);
  const document = openApiDocument(app.routes, VERSION);
  fastify.get('/api/v1/openapi.json', (_request, reply) => {
    reply.header('cache-control', 'public, max-age=300');
    return document;
  });
  connectPages(fastify, services);
  if (pages) await mountPages(fastify, services, pages, versionOf(services));
  return app;
}

function logReplies(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', async (request, reply) => {
    request.log.debug({ req: request, res: reply, ms: Math.round(reply.elapsedTime) }, 'served');
  });
}
