import { pathOf } from '@wijk/contracts/client';
import { hoursOverviewCsv } from '@wijk/contracts/market-hours-quarter';
import { quarterIn } from '#lib/server/hours.ts';
import { fileFrom } from '#lib/server/statement-file.ts';
import { membersOnly } from '#lib/server/wallet.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  await membersOnly(event);
  const { locals, url } = event;
  const asked = quarterIn(url);
  const path = pathOf(hoursOverviewCsv, { wijk: locals.slug }, { ...asked, lang: locals.locale });
  return fileFrom(event, path, { name: `uren-wijk-${asked.quarter ?? 'nu'}` });
};
