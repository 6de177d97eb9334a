import { redirect } from '@sveltejs/kit';
import { readMarket } from '@wijk/contracts/market';
import { listOwnListings, stepListing } from '@wijk/contracts/market-listings';
import { AUTHOR_STEPS, mayListingStep } from '@wijk/domain/market';
import { type PageTexts, pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { setFlash } from '#lib/server/flash.ts';
import { decisionText, listingCard } from '#lib/server/market.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { untilText } from '#lib/server/views.ts';
import { creditSpeaker, membersOnly } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

type Step = (typeof AUTHOR_STEPS)[number];

/** What its author does next, most likely first; a draft is finished in its form. */
function stepsOf(
  state: Parameters<typeof mayListingStep>[0],
  endsSoon: boolean,
  removed: boolean,
): Step[] {
  if (state === 'draft') return ['end'];
  if (removed) return [];
  const order: Step[] = endsSoon
    ? ['renew', 'fulfil', 'pause', 'end']
    : ['resume', 'fulfil', 'pause', 'renew', 'end'];
  return order.filter(
    (step) => mayListingStep(state, step) && (step !== 'renew' || endsSoon || state === 'ended'),
  );
}

const labelOf = (step: Step, state: string, words: PageTexts['ownListings']['steps']): string => {
  if (step === 'renew' && state === 'ended') return words.renewEnded;
  return step === 'end' && state === 'draft' ? words.endDraft : words[step];
};

export const load: PageServerLoad = async (event) => {
  await membersOnly(event);
  const { locals, url } = event;
  const call = api(event);
  const params = { wijk: locals.slug };
  const cursor = url.searchParams.get('na');
  const [own, market] = await Promise.all([
    call(listOwnListings, { params, query: cursor ? { cursor } : {} }),
    call(readMarket, { params }),
  ]);
  if (!own.ok && cursor && own.problem.code === 'kernel.invalid')
    redirect(303, marketPaths(locals.base).ownListings());
  if (!own.ok) stop(own);
  if (!market.ok) stop(market);
  const say = await creditSpeaker(locals, market.data.unit);
  const w = pageTexts(locals.locale, 'ownListings');
  return {
    texts: w,
    states: pageTexts(locals.locale, 'listing'),
    next: own.data.nextCursor,
    paged: cursor !== null,
    listings: own.data.items.map((one) => {
      const when = one.expiresAt ? untilText(one.expiresAt, say).text : '';
      const stands = one.state === 'published' || one.state === 'paused';
      // an app holds for as long as curators said, and is handed in with its record
      const isApp = one.kind === 'ehealth';
      const soon = one.endsSoon && !isApp;
      return {
        card: listingCard(one, say),
        state: one.state,
        hold: one.hold,
        appealed:
          one.decision !== null &&
          one.decision.decision !== 'publish' &&
          (one.state === 'draft' || one.ending === 'removed'),
        endsSoon: soon,
        term: !stands ? '' : fill(soon ? w.endsSoon : w.ends, { when }),
        ended: one.state === 'ended' && one.ending ? w.ended[one.ending] : '',
        decision:
          one.decision &&
          one.decision.decision !== 'publish' &&
          (one.state === 'draft' || one.ending === 'removed')
            ? decisionText(one.decision, say)
            : null,
        steps: stepsOf(one.state, soon, one.ending === 'removed' || one.publishedAt === null)
          .filter((step) => one.hold === null || step !== 'resume')
          .filter((step) => !isApp || (step !== 'renew' && step !== 'fulfil'))
          .map((step) => ({ step, label: labelOf(step, one.state, w.steps) })),
      };
    }),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals } = event;
    const values = typed(await event.request.formData());
    const step = AUTHOR_STEPS.find((one) => one === values.step) ?? 'pause';
    const outcome = await api(event)(stepListing, {
      params: { wijk: locals.slug, listing: values.ref ?? '' },
      body: { step },
    });
    if (!outcome.ok) return refused(event, 'step', values, outcome);
    setFlash(event, `page.ownListings.done.${step}`);
    redirect(303, marketPaths(locals.base).ownListings());
  },
};
