import { error, fail, redirect } from '@sveltejs/kit';
import { decideTwin, readOwnSide, withdrawTwinConsent } from '@wijk/contracts/private';
import { pageTexts, t } from '@wijk/i18n';
import { paths } from '#lib/paths.ts';
import { privatePaths } from '#lib/private-paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { agoText, momentText, speaker } from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const REF = /^[0-9a-hjkmnp-tv-z]{8}$/;

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  if (!REF.test(params.ref)) error(404, { message: 'Not found' });
  const { actor } = await locals.context();
  // the link in the mail is opened on any device
  if (!actor)
    redirect(303, paths(locals.base).signIn(privatePaths(locals.base).ownSide(params.ref)));
  const outcome = await api(event)(readOwnSide, {
    params: { wijk: locals.slug, question: params.ref },
  });
  if (!outcome.ok) stop(outcome);
  const { question, looks, proposal, published, origin, consent } = outcome.data;
  const say = await speaker(locals);
  const to = paths(locals.base);
  const texts = pageTexts(locals.locale, 'ownSide');
  const reasons = pageTexts(locals.locale, 'lookUp').reasons;
  return {
    texts,
    question: { ...question, href: to.question(question.ref, question.slug) },
    looks: looks.map(({ id, at, by, reason, note }) => ({
      id,
      note,
      at: agoText(at, say),
      by: fill(texts.lookBy, { name: by }),
      why: fill(texts.why, { reason: reasons[reason] }),
    })),
    proposal: proposal && {
      ...proposal,
      answerBy:
        proposal.answer &&
        `${fill(texts.answer, { name: proposal.answer.author.name })}, ${proposal.answer.author.title ?? t(locals.locale, `common.capacity.${proposal.answer.author.capacity}`)}`,
    },
    published: published && {
      id: published.id,
      ended: published.endedAt !== null,
      at: fill(texts.publishedAt, { at: momentText(published.agreedAt, say).text }),
      title: published.question.title,
      href: to.question(published.question.ref, published.question.slug),
    },
    origin: origin && { title: origin.title, href: to.question(origin.ref, origin.slug) },
    version: consent.version,
  };
};

const here = ({ locals, params }: RequestEvent) => privatePaths(locals.base).ownSide(params.ref);
const ofTwin = ({ locals, params }: RequestEvent, { twin = '' }: Record<string, string>) => ({
  wijk: locals.slug,
  question: params.ref,
  twin,
});

export const actions: Actions = {
  agree: async (event) => {
    const values = typed(await event.request.formData());
    const { locale } = event.locals;
    if (values.agree !== 'yes')
      return fail(422, {
        refusal: {
          form: 'agree',
          key: '',
          values,
          code: 'kernel.invalid',
          message: '',
          errors: [{ field: 'agree', text: t(locale, 'page.ownSide.tickNeeded') }],
          reference: event.locals.requestId,
        },
      });
    const outcome = await api(event)(decideTwin, {
      params: ofTwin(event, values),
      body: { agree: true, version: values.version ?? '', locale },
    });
    if (!outcome.ok) return refused(event, 'agree', values, outcome);
    setFlash(event, 'page.ownSide.agreed');
    redirect(303, here(event));
  },
  decline: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(decideTwin, {
      params: ofTwin(event, values),
      body: { agree: false },
    });
    if (!outcome.ok) return refused(event, 'decline', values, outcome);
    setFlash(event, 'page.ownSide.declined');
    redirect(303, here(event));
  },
  withdraw: async (event) => {
    const values = typed(await event.request.formData());
    const outcome = await api(event)(withdrawTwinConsent, { params: ofTwin(event, values) });
    if (!outcome.ok) return refused(event, 'withdraw', values, outcome);
    setFlash(event, 'page.ownSide.withdrawn');
    redirect(303, here(event));
  },
};
