import { readCirculation } from '@wijk/contracts/treasury-figures';
import { api } from '#lib/server/api.ts';
import { circulationCsv } from '#lib/server/circulation.ts';
import { stop } from '#lib/server/refusal.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { locale, slug } = event.locals;
  const by = event.url.searchParams.get('per') === 'maand' ? 'month' : 'week';
  const outcome = await api(event)(readCirculation, { params: { wijk: slug }, query: { by } });
  if (!outcome.ok) stop(outcome);
  // with a byte order mark, without which a spreadsheet reads 'é' as something else
  return new Response(`\uFEFF${circulationCsv(outcome.data.periods, locale)}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="omloop-${slug}.csv"`,
      'x-robots-tag': 'noindex',
    },
  });
};
