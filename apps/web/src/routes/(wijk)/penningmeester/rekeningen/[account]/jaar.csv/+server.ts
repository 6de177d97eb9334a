import { error } from '@sveltejs/kit';
import { pathOf } from '@wijk/contracts/client';
import { accountYearCsv } from '@wijk/contracts/wallet-year';
import { isUuid } from '#lib/server/ids.ts';
import { fileFrom } from '#lib/server/statement-file.ts';
import { yearIn } from '#lib/server/year.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { locals, params, url } = event;
  if (!isUuid(params.account)) error(404, { message: 'Not found', reason: 'kernel.not-found' });
  const of = yearIn(url);
  const at = { wijk: locals.slug, account: params.account };
  const path = pathOf(accountYearCsv, at, { ...of, lang: locals.locale });
  return fileFrom(event, path, { name: ['jaaroverzicht', of.year].filter(Boolean).join('-') });
};
