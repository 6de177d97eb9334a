import { redirect } from '@sveltejs/kit';
import { makeAppeal, readStatement } from '@wijk/contracts/moderation';
import { pageTexts } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  const to = paths(locals.base);
  const { actor } = await locals.context();
  // the link in the mail is opened on any device
  if (!actor) redirect(303, to.signIn(to.statement(params.id)));
  const outcome = await api(event)(readStatement, {
    params: { wijk: locals.slug, decision: params.id },
  });
  if (!outcome.ok) stop(outcome);
  const { decision, question, text, appeal, mayAppeal } = outcome.data;
  const say = await speaker(locals);
  return {
    texts: pageTexts(locals.locale, 'statement'),
    decision,
    at: momentText(decision.at, say),
    question,
    text,
    appeal: appeal && { ...appeal, at: momentText(appeal.at, say) },
    mayAppeal,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const values = typed(await event.request.formData());
    const outcome = await api(event)(makeAppeal, {
      params: { wijk: locals.slug, decision: params.id },
      body: { body: values.body ?? '' },
    });
    if (!outcome.ok)
      return refused(event, 'appeal', values, outcome, (field) => ({
        field,
        label: pageTexts(locals.locale, 'statement').appealLabel,
      }));
    setFlash(event, 'page.statement.appealed');
    redirect(303, paths(locals.base).statement(params.id));
  },
};
