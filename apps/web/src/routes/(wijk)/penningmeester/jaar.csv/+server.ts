import { pathOf } from '@wijk/contracts/client';
import { yearCsv } from '@wijk/contracts/wallet-year';
import { fileFrom } from '#lib/server/statement-file.ts';
import { yearIn } from '#lib/server/year.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { locals, url } = event;
  const of = yearIn(url);
  const path = pathOf(yearCsv, { wijk: locals.slug }, { ...of, lang: locals.locale });
  const name = ['jaaroverzicht', locals.slug, of.year].filter(Boolean).join('-');
  return fileFrom(event, path, { name });
};
