import { DomainError } from '@wijk/domain/kernel';
import type { FastifyInstance } from 'fastify';
import type { Services } from '../../services.ts';
import type { Wijk } from '../wijk/index.ts';
import { unsubscribe } from './mail-choices.ts';

/** The address in `List-Unsubscribe`; a GET of it is a page, which changes nothing. */
const ADDRESSES = ['/afmelden/:token', '/w/:wijk/afmelden/:token'] as const;
const BODY_AT_MOST = 2048;
/** What a mail provider posts, as a form or in parts (RFC 8058, section 3.2). */
const ONE_CLICK = /List-Unsubscribe("?\s*[=\r\n]\s*)One-Click/;

/**
 * The one press at a mail provider. It comes from another site by nature, without our cookie and often
 * without an origin, so it is the one route that may be posted to from anywhere: it reads no cookie,
 * sets none, tells nothing, and does a single thing that only the sealed token allows.
 */
export function oneClickRoutes(fastify: FastifyInstance, services: Services): void {
  fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      ['application/x-www-form-urlencoded', 'multipart/form-data'],
      { parseAs: 'string', bodyLimit: BODY_AT_MOST },
      (_request, body, done) => done(null, body),
    );
    for (const url of ADDRESSES)
      scope.post<{ Params: { wijk?: string; token: string }; Body: string }>(
        url,
        { config: { fromAnywhere: true } },
        async (request, reply) => {
          const { wijk: slug, token } = request.params;
          const wijk = await wijkOf(services, slug, request.headers.host ?? '');
          if (!wijk) throw new DomainError('not-found', 'wijk.not-found');
          if (!ONE_CLICK.test(request.body ?? ''))
            throw new DomainError('invalid', 'kernel.invalid');
          await unsubscribe(services, wijk.id, token);
          return reply
            .header('cache-control', 'no-store')
            .type('text/plain; charset=utf-8')
            .send('OK\n');
        },
      );
  });
}

async function wijkOf(
  { wijken }: Services,
  slug: string | undefined,
  host: string,
): Promise<Wijk | undefined> {
  await wijken.ready();
  const shown = slug ?? wijken.slugOfHost(host);
  return shown === undefined ? undefined : wijken.bySlug(shown);
}
