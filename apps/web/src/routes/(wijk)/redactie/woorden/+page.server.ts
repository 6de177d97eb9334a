import { redirect } from '@sveltejs/kit';
import {
  addSynonyms,
  changeSynonyms,
  listSynonyms,
  removeSynonyms,
  SYNONYMS_MAX,
} from '@wijk/contracts/search';
import { type MessageKey, pageTexts } from '@wijk/i18n';
import { deskPaths } from '#lib/desk/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { type Refused, refused, stop, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

type Event = Parameters<NonNullable<Actions[string]>>[0];

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const outcome = await api(event)(listSynonyms, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const looked = (url.searchParams.get('woord') ?? '').trim().slice(0, 60);
  const wanted = folded(looked);
  const all = outcome.data.items;
  return {
    texts: pageTexts(locals.locale, 'synonyms'),
    items: all.filter((set) => set.words.some((word) => folded(word).includes(wanted))),
    all: all.length,
    looked,
    max: SYNONYMS_MAX,
    key: crypto.randomUUID(),
  };
};

const wordsOf = ({ words = '' }: Record<string, string>) =>
  words
    .split(/[,;\n]/)
    .map((word) => word.trim().replace(/\s+/g, ' '))
    .filter((word) => word !== '');

function done(event: Event, message: MessageKey, words: readonly string[]): never {
  setFlash(event, message, { words: words.join(', ') });
  redirect(303, deskPaths(event.locals.base).synonyms());
}

/** One field holds all words, so its fault names the word that is not right. */
function again(event: Event, form: string, values: Record<string, string>, outcome: Refused) {
  const words = wordsOf(values);
  return refused(event, form, values, worded(outcome), (pointer) => {
    const word = words[Number(/^words\.(\d+)$/.exec(pointer)?.[1] ?? -1)];
    const label = word === undefined ? undefined : `“${word.slice(0, 60)}”`;
    return { field: 'words', ...(label ? { label } : {}) };
  });
}

/** That a list is too short means too few words. */
const worded = (outcome: Refused): Refused => ({
  ...outcome,
  problem: {
    ...outcome.problem,
    errors: outcome.problem.errors.map((fault) => {
      if (fault.pointer === 'words' && fault.code === 'too-small')
        return { ...fault, code: 'too-few-words' };
      return fault.code === 'invalid' ? { ...fault, code: 'not-a-word' } : fault;
    }),
  },
});

export const actions: Actions = {
  add: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(addSynonyms, {
      params: { wijk: event.locals.slug },
      body: { words: wordsOf(values) },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return again(event, 'add', values, outcome);
    return done(event, 'page.synonyms.added', outcome.data.words);
  },
  change: async (event) => {
    const values = typed(await event.request.formData());
    const { set = '', version = '' } = values;
    const outcome = await api(event)(changeSynonyms, {
      params: { wijk: event.locals.slug, synonyms: set },
      body: { words: wordsOf(values), version: Number(version) || 1 },
    });
    if (!outcome.ok) return again(event, set, values, outcome);
    return done(event, 'page.synonyms.changed', outcome.data.words);
  },
  remove: async (event) => {
    const values = typed(await event.request.formData());
    const { set = '', version = '', words = '' } = values;
    const outcome = await api(event)(removeSynonyms, {
      params: { wijk: event.locals.slug, synonyms: set },
      query: { version: Number(version) || 1 },
    });
    if (!outcome.ok) return again(event, set, values, outcome);
    return done(event, 'page.synonyms.deleted', [words]);
  },
};
