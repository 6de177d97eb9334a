import { error } from '@sveltejs/kit';
import { askedStatement, isDay } from '#lib/server/daily-statement.ts';
import type { RequestHandler } from './$types';

/** What the page says, to be kept outside of this site. */
export const GET: RequestHandler = async (event) => {
  const { dag } = event.params;
  if (!isDay(dag)) error(404, { message: 'Not found' });
  const { unit, statement } = await askedStatement(event, dag);
  const { slug } = event.locals;
  return new Response(`${JSON.stringify({ wijk: slug, unit, ...statement }, null, 2)}\n`, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="dagstaat-${slug}-${dag}.json"`,
      'x-robots-tag': 'noindex',
    },
  });
};
