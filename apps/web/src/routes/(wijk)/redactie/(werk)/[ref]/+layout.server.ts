import { listSavedAnswers } from '@wijk/contracts/redactie';
import { api } from '#lib/server/api.ts';
import type { LayoutServerLoad } from './$types';

/** The saved texts, read once for a walk through the questions and not for each of them. */
export const load: LayoutServerLoad = async (event) => {
  event.depends('wijk:desk-texts');
  const outcome = await api(event)(listSavedAnswers, { params: { wijk: event.locals.slug } });
  const items = outcome.ok ? outcome.data.items : [];
  return {
    saved: items.map(({ id, title, body, use, theme }) => ({ id, title, body, use, theme })),
  };
};
