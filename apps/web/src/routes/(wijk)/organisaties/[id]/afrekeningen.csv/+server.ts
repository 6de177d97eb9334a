import { error } from '@sveltejs/kit';
import { pathOf } from '@wijk/contracts/client';
import { supplierSettlementsCsv } from '@wijk/contracts/supplier-settlements';
import { isUuid } from '#lib/server/ids.ts';
import { fileFrom } from '#lib/server/statement-file.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  await membersOnly(event);
  const { locals, params } = event;
  if (!isUuid(params.id)) error(404, { message: 'Not found' });
  const of = { wijk: locals.slug, organisation: params.id };
  const path = pathOf(supplierSettlementsCsv, of, { lang: locals.locale });
  return fileFrom(event, path, { name: 'afrekeningen' });
};
