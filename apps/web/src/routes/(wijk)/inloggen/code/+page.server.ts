import { redirect } from '@sveltejs/kit';
import { signIn } from '@wijk/contracts/session';
import { pageTexts } from '@wijk/i18n';
import { paths, safeReturn } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { forgetChallenge, readChallenge } from '#lib/server/challenge.ts';
import { setFlash } from '#lib/server/flash.ts';
import { helpTexts } from '#lib/server/help.ts';
import { refused, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const challenge = readChallenge(event);
  const back = safeReturn(url.searchParams.get('terug'));
  const { actor } = await locals.context();
  if (actor && !challenge) redirect(303, back ?? paths(locals.base).home());
  return {
    texts: pageTexts(locals.locale, 'code'),
    back,
    sentTo: challenge?.email ?? null,
    asks: challenge?.asks ?? false,
    help: helpTexts(locals.locale, challenge?.help ?? []),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const { code = '', email } = values;
    // with an address in the form the code came to another device than this one
    const known = email === undefined ? readChallenge(event) : null;
    const outcome = await api(event)(signIn, {
      params: { wijk: locals.slug },
      body: known ? { challenge: known.challenge, code } : { email: email ?? '', code },
    });
    if (!outcome.ok) return refused(event, 'code', values, outcome);
    forgetChallenge(event);
    const { actor, needsName, question } = outcome.data;
    const to = paths(locals.base);
    const next = question ? to.question(question.ref, question.slug) : safeReturn(values.back);
    if (needsName) redirect(303, to.welcome(next ?? undefined));
    if (question) setFlash(event, 'page.code.posted');
    else setFlash(event, 'page.code.welcome', { name: actor.name });
    redirect(303, next ?? to.home());
  },
};
