import { fail } from '@sveltejs/kit';
import { readDesk } from '@wijk/contracts/desk';
import { listSavedAnswers } from '@wijk/contracts/redactie';
import { api } from '#lib/server/api.ts';
import { type DeskEvent, type Fields, formAgain, ofQuestion } from './act.server.ts';
import { fillPlaceholders, insertAt } from './placeholders.ts';

/** Shows the form again with the chosen text behind what was typed. */
export async function insertSaved(event: DeskEvent, values: Fields) {
  const { saved = '', form = 'answer', field = 'body', ...typed } = values;
  const refusal = formAgain(event, form, typed);
  const [list, reading] = await Promise.all([
    api(event)(listSavedAnswers, { params: { wijk: event.locals.slug } }),
    api(event)(readDesk, { params: ofQuestion(event) }),
  ]);
  const chosen = list.ok ? list.data.items.find((one) => one.id === saved) : undefined;
  if (chosen) {
    const { wijk, actor } = await event.locals.context();
    const text = fillPlaceholders(chosen.body, {
      naam: reading.ok ? reading.data.item.askedBy : null,
      wijk: wijk.name,
      redacteur: actor?.name ?? null,
    });
    const before = typed[field] ?? '';
    refusal.values[field] = insertAt(before, before.length, before.length, text).text;
  }
  return fail(200, { refusal });
}
