import { error, type RequestEvent, redirect } from '@sveltejs/kit';
import { pathOf } from '@wijk/contracts/client';
import { type statementCsv, statementPdf } from '@wijk/contracts/wallet-export';
import { keepPaths } from '#lib/wallet/keep-paths.ts';
import { apiFetch } from './api.ts';
import { membersOnly, organisationIn } from './wallet.ts';

const TYPES = {
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8; header=present',
  ics: 'text/calendar; charset=utf-8',
};

/**
 * A file as the API makes it, to download under this name; never kept on the way. `refused` may lead
 * elsewhere before a refusal becomes an error page.
 */
export async function fileFrom(
  event: RequestEvent,
  path: string,
  { name, kind = 'csv' }: { name: string; kind?: keyof typeof TYPES },
  refused?: (status: number) => void,
): Promise<Response> {
  const reply = await apiFetch(event)(path, { method: 'GET', headers: {} });
  if (!reply.ok) {
    refused?.(reply.status);
    error(reply.status >= 500 ? 503 : reply.status, { message: 'No file' });
  }
  return new Response(new Uint8Array(await reply.arrayBuffer()) as Uint8Array<ArrayBuffer>, {
    headers: {
      'content-type': TYPES[kind],
      'content-disposition': `attachment; filename="${name}.${kind}"`,
      'cache-control': 'private, no-store',
      'x-robots-tag': 'noindex',
    },
  });
}

/**
 * A statement as a file, as the API makes it. A period that cannot be leads to the page where it is chosen,
 * which says why.
 */
export async function statementFile(
  event: RequestEvent,
  operation: typeof statementCsv | typeof statementPdf,
): Promise<Response> {
  await membersOnly(event);
  const { locals, url } = event;
  const period = {
    from: url.searchParams.get('van') ?? '',
    until: url.searchParams.get('tot') ?? '',
  };
  const organisation = organisationIn(url);
  const query = { ...period, organisation, lang: locals.locale };
  const path = pathOf(operation, { wijk: locals.slug }, query);
  const kind = operation === statementPdf ? 'pdf' : 'csv';
  const name = `afschrift-${period.from}-${period.until}`;
  return fileFrom(event, path, { name, kind }, (status) => {
    if (status === 422 || status === 409)
      redirect(303, keepPaths(locals.base).download(organisation, period));
  });
}
