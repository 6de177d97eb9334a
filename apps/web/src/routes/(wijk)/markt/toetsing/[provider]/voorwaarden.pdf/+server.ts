import { error } from '@sveltejs/kit';
import { pathOf } from '@wijk/contracts/client';
import { signedTermsPdf } from '@wijk/contracts/market-terms';
import { isOwnProviderKey } from '#lib/server/ids.ts';
import { fileFrom } from '#lib/server/statement-file.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isOwnProviderKey(params.provider)) error(404, { message: 'Not found' });
  const path = pathOf(signedTermsPdf, { wijk: locals.slug, provider: params.provider });
  return fileFrom(event, path, { name: 'samenwerkingsafspraken', kind: 'pdf' });
};
