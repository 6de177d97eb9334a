import {
  changeModeration,
  changeWords,
  readModerationSetup,
} from '@wijk/contracts/setup-moderation';
import { pageTexts, t } from '@wijk/i18n';
import { instantOf } from '#lib/admin/hours.ts';
import { api } from '#lib/server/api.ts';
import { type Place, refused, stop, typed } from '#lib/server/refusal.ts';
import { saved } from '#lib/server/setup.ts';
import type { Actions, PageServerLoad } from './$types';

const NUMBERS = ['autoHideAt', 'questionsPerDay', 'answersPerHour', 'holdLinksFrom'] as const;

export const load: PageServerLoad = async (event) => {
  const { locals } = event;
  const outcome = await api(event)(readModerationSetup, { params: { wijk: locals.slug } });
  if (!outcome.ok) stop(outcome);
  const { version, firstQuestion, distress, hold, ...numbers } = outcome.data;
  const values: Record<string, string> = {
    firstQuestion,
    distress: distress.join('\n'),
    hold: hold.join('\n'),
  };
  for (const name of NUMBERS) values[name] = String(numbers[name]);
  return {
    values,
    numbers: NUMBERS,
    holds: t(locals.locale, 'page.setup.moderation.holds', { version }),
  };
};

/** A word where a number belongs is a number that cannot be. */
const number = (text: string | undefined) =>
  /^\s*\d{1,6}\s*$/.test(text ?? '') ? Number(text) : -1;
const lines = (text: string | undefined) =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const actions: Actions = {
  save: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const texts = pageTexts(locals.locale, 'setup');
    const { wijk } = await locals.context();
    const outcome = await api(event)(changeModeration, {
      params: { wijk: locals.slug },
      body: {
        firstQuestion: values.firstQuestion === 'hold' ? 'hold' : 'publish',
        autoHideAt: number(values.autoHideAt),
        questionsPerDay: number(values.questionsPerDay),
        answersPerHour: number(values.answersPerHour),
        holdLinksFrom: number(values.holdLinksFrom),
        ...(values.when === 'later'
          ? { validFrom: instantOf(values.validFrom ?? '', wijk.timeZone) }
          : {}),
      },
    });
    const place: Place = (pointer) => {
      const name = NUMBERS.find((known) => known === pointer);
      return {
        field: pointer,
        label: name ? texts.moderation[name] : texts.promise.moment,
      };
    };
    if (!outcome.ok) return refused(event, 'setup', values, outcome, place);
    saved(event, 'toezicht', values.go);
  },
  words: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const w = pageTexts(locals.locale, 'setup').moderation;
    const outcome = await api(event)(changeWords, {
      params: { wijk: locals.slug },
      body: { distress: lines(values.distress), hold: lines(values.hold) },
    });
    const place: Place = (pointer) =>
      pointer.startsWith('hold')
        ? { field: 'hold', label: w.holdWords }
        : { field: 'distress', label: w.distress };
    if (!outcome.ok) return refused(event, 'words', values, outcome, place);
    saved(event, 'toezicht', '');
  },
};
