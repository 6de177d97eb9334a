import { redirect } from '@sveltejs/kit';
import {
  changeSavedAnswer,
  createSavedAnswer,
  deleteSavedAnswer,
  listSavedAnswers,
} from '@wijk/contracts/redactie';
import { type MessageKey, pageTexts } from '@wijk/i18n';
import { deskPaths } from '#lib/desk/paths.ts';
import { PLACEHOLDERS } from '#lib/desk/placeholders.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

type Event = Parameters<NonNullable<Actions[string]>>[0];
type Use = 'answer' | 'ask-back' | 'removal';

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const outcome = await api(event)(listSavedAnswers, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  return {
    texts: pageTexts(locals.locale, 'savedAnswers'),
    items: outcome.data.items,
    placeholders: PLACEHOLDERS.map((name) => `{{${name}}}`),
    key: crypto.randomUUID(),
  };
};

const bodyOf = ({ title = '', body = '', use = '', theme = '' }: Record<string, string>) => ({
  title,
  body,
  use: use as Use,
  theme: theme || null,
});

function done(event: Event, message: MessageKey, title: string): never {
  setFlash(event, message, { title });
  redirect(303, deskPaths(event.locals.base).savedAnswers());
}

export const actions: Actions = {
  add: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(createSavedAnswer, {
      params: { wijk: event.locals.slug },
      body: bodyOf(values),
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'add', values, outcome);
    return done(event, 'page.savedAnswers.added', outcome.data.title);
  },
  change: async (event) => {
    const values = typed(await event.request.formData());
    const { saved = '', version = '' } = values;
    const outcome = await api(event)(changeSavedAnswer, {
      params: { wijk: event.locals.slug, saved },
      body: { ...bodyOf(values), version: Number(version) || 1 },
    });
    if (!outcome.ok) return refused(event, saved, values, outcome);
    return done(event, 'page.savedAnswers.changed', outcome.data.title);
  },
  delete: async (event) => {
    const values = typed(await event.request.formData());
    const { saved = '', title = '' } = values;
    const outcome = await api(event)(deleteSavedAnswer, {
      params: { wijk: event.locals.slug, saved },
    });
    if (!outcome.ok) return refused(event, saved, values, outcome);
    return done(event, 'page.savedAnswers.deleted', title);
  },
};
