import type { ServerResponse } from 'node:http';
import { DomainError } from '@wijk/domain/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { LIVE_PATH } from './live-route.ts';
import { VERSION } from './version.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** may be posted to from another site: a token in its path allows what it does, no cookie does */
    fromAnywhere?: boolean;
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * One origin (G15): the Host must be one of ours, and whatever changes something must come from one
 * of our own pages. `Sec-Fetch-Site` may be absent (old tablets) where Origin is exactly right.
 */
export function guardOrigin(fastify: FastifyInstance, config: Config): void {
  const origins = new Set(config.origins);
  const hosts = new Set([...origins].map((o) => new URL(o).host));
  fastify.addHook('onRequest', async (request) => {
    const upgrade = request.headers.upgrade !== undefined;
    if (!hosts.has(request.headers.host ?? '') && !isHealthCheck(request)) throw misdirected();
    // elsewhere it would be upgraded and left to itself: nobody would end it when the house closes
    if (upgrade && request.routeOptions.url !== LIVE_PATH)
      throw new DomainError('not-found', 'kernel.not-found');
    if (SAFE_METHODS.has(request.method) && !upgrade) return;
    if (request.routeOptions.config.fromAnywhere && !upgrade) return;
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    if (
      typeof origin !== 'string' ||
      !origins.has(origin) ||
      new URL(origin).host !== request.headers.host
    )
      throw new DomainError('forbidden', 'kernel.origin');
    if (site !== undefined && site !== 'same-origin')
      throw new DomainError('forbidden', 'kernel.origin');
  });
}

/** Probes of a load balancer address the machine, not the site. */
const isHealthCheck = (request: FastifyRequest) => request.url.startsWith('/api/v1/health/');

function misdirected(): Error {
  return Object.assign(new Error('Host is not one of ours'), { statusCode: 421 });
}

/** Headers of everything; pages add their own CSP (SvelteKit owns that one, with its nonces). */
export function securityHeaders(fastify: FastifyInstance, config: Config): void {
  const https = config.origins.every((o) => o.startsWith('https:'));
  fastify.addHook('onRequest', async (request, reply) => {
    setSecurityHeaders(reply.raw, request);
    if (https)
      reply.raw.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains');
  });
}

export function setSecurityHeaders(
  raw: ServerResponse,
  { id, url }: Pick<FastifyRequest, 'id' | 'url'>,
): void {
  raw.setHeader('x-content-type-options', 'nosniff');
  raw.setHeader('referrer-policy', 'same-origin');
  raw.setHeader('cross-origin-opener-policy', 'same-origin');
  raw.setHeader('cross-origin-resource-policy', 'same-origin');
  raw.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()');
  raw.setHeader('x-request-id', id);
  if (url.startsWith('/api/')) {
    raw.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    raw.setHeader('api-version', VERSION);
  }
}
