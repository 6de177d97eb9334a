import { error } from '@sveltejs/kit';
import { isDay, statementPage } from '#lib/server/daily-statement.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  if (!isDay(event.params.dag)) error(404, { message: 'Not found' });
  return statementPage(event, event.params.dag);
};
