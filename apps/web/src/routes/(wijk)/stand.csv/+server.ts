import { scoreCsv } from '#lib/server/score-csv.ts';
import { askedScore } from '#lib/server/score-query.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const score = await askedScore(event);
  const { locale, slug } = event.locals;
  // with a byte order mark, without which a spreadsheet reads 'é' as something else
  return new Response(`\uFEFF${scoreCsv(score, { locale })}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="stand-${slug}.csv"`,
      'x-robots-tag': 'noindex',
    },
  });
};
