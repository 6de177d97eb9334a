import { error, fail, redirect } from '@sveltejs/kit';
import { draftListing } from '@wijk/contracts/market-listings';
import type { QuestionPage } from '@wijk/contracts/questions';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { paths } from '#lib/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { readOwn } from '#lib/server/own-question.ts';
import { type Place, refused, typed } from '#lib/server/refusal.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Why it has to be said that a request shows a name; null where readers of the question see it anyway. */
const sealedAs = ({ visibility }: QuestionPage) => (visibility === 'public' ? null : visibility);

async function ownStanding(event: RequestEvent): Promise<QuestionPage> {
  const question = await readOwn(event);
  if (question.status !== 'open' && question.status !== 'answered')
    error(403, { message: 'Forbidden' });
  return question;
}

/** Nothing is kept by coming here: the words are those of the question until somebody sends them. */
export const load: PageServerLoad = async (event) => {
  const question = await ownStanding(event);
  const { locals } = event;
  const w = pageTexts(locals.locale, 'marketDialogue');
  const sealed = sealedAs(question);
  return {
    texts: w,
    form: pageTexts(locals.locale, 'listingForm'),
    back: paths(locals.base).question(question.ref, question.slug),
    title: question.title,
    body: question.body,
    sealed: sealed && w.sealed[sealed],
    key: crypto.randomUUID(),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const question = await ownStanding(event);
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'marketDialogue');
    const sealed = sealedAs(question);
    if (sealed && values.agree !== 'ja') {
      const errors = [{ field: 'agree', text: w.sealed.tickNeeded }];
      const { key = '', ...kept } = values;
      const refusal = { form: 'request', key, values: kept, code: 'kernel.invalid', message: '' };
      return fail(422, { refusal: { ...refusal, errors, reference: '' } });
    }
    const { title = '', body = '' } = values;
    const form = pageTexts(locals.locale, 'listingForm');
    const labels: Record<string, string> = { title: form.titleLabel, body: form.body };
    const place: Place = (field) => (labels[field] ? { field, label: labels[field] } : { field });
    const outcome = await api(event)(draftListing, {
      params: { wijk: locals.slug },
      body: {
        ...{ kind: 'request', title, body, languages: ['nl'] },
        // of a question that hides its asker not even that it is about one
        question: sealed ? null : question.ref,
      },
      idempotencyKey: values.key ?? '',
    });
    if (!outcome.ok) return refused(event, 'request', values, outcome, place);
    setFlash(event, 'page.marketDialogue.begun');
    redirect(303, marketPaths(locals.base).editListing(outcome.data.ref));
  },
};
