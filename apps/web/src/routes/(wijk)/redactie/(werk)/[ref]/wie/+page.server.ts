import { error } from '@sveltejs/kit';
import { readDesk } from '@wijk/contracts/desk';
import { lookUpAsker } from '@wijk/contracts/private';
import { LOOK_REASONS } from '@wijk/domain/vraagbaak';
import { pageTexts } from '@wijk/i18n';
import { deskPaths } from '#lib/desk/paths.ts';
import { api } from '#lib/server/api.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

const REF = /^[0-9a-hjkmnp-tv-z]{8}$/;

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!REF.test(params.ref)) error(404, { message: 'Not found' });
  await event.parent();
  const outcome = await api(event)(readDesk, {
    params: { wijk: locals.slug, question: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const texts = pageTexts(locals.locale, 'lookUp');
  const { title, visibility } = outcome.data.item;
  return {
    texts,
    title,
    lead: visibility === 'public' ? texts.leadPublic : texts.lead,
    reasons: LOOK_REASONS.map((value) => ({ value, label: texts.reasons[value] })),
    back: deskPaths(locals.base).deskQuestion(params.ref),
  };
};

export const actions: Actions = {
  /** No redirect: what was found stands in this one reply, which nothing keeps. */
  default: async (event) => {
    const values = typed(await event.request.formData());
    const reason = LOOK_REASONS.find((known) => known === values.reason);
    const outcome = await api(event)(lookUpAsker, {
      params: { wijk: event.locals.slug, question: event.params.ref },
      body: { reason: reason ?? ('' as 'other'), note: values.note ?? '' },
    });
    if (!outcome.ok) return refused(event, 'look', values, outcome);
    return { found: outcome.data };
  },
};
