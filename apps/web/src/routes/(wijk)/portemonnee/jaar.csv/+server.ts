import { pathOf } from '@wijk/contracts/client';
import { walletYearCsv } from '@wijk/contracts/wallet-year';
import { fileFrom } from '#lib/server/statement-file.ts';
import { membersOnly, organisationIn } from '#lib/server/wallet.ts';
import { yearIn } from '#lib/server/year.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  await membersOnly(event);
  const { locals, url } = event;
  const of = yearIn(url);
  const query = { ...of, organisation: organisationIn(url), lang: locals.locale };
  const path = pathOf(walletYearCsv, { wijk: locals.slug }, query);
  return fileFrom(event, path, { name: ['jaaroverzicht', of.year].filter(Boolean).join('-') });
};
