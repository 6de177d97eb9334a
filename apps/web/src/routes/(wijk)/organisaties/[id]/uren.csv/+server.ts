import { error } from '@sveltejs/kit';
import { pathOf } from '@wijk/contracts/client';
import { organisationHoursCsv } from '@wijk/contracts/market-hours-quarter';
import { quarterIn } from '#lib/server/hours.ts';
import { isUuid } from '#lib/server/ids.ts';
import { fileFrom } from '#lib/server/statement-file.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  await membersOnly(event);
  const { locals, params, url } = event;
  if (!isUuid(params.id)) error(404, { message: 'Not found' });
  const asked = quarterIn(url);
  const of = { wijk: locals.slug, organisation: params.id };
  const path = pathOf(organisationHoursCsv, of, { ...asked, lang: locals.locale });
  return fileFrom(event, path, { name: `uren-${asked.quarter ?? 'nu'}` });
};
