import { listWalletHolds } from '@wijk/contracts/wallet-holds';
import { pageTexts } from '@wijk/i18n';
import { api } from '#lib/server/api.ts';
import { holdView } from '#lib/server/holds.ts';
import { stop } from '#lib/server/refusal.ts';
import { creditSpeaker, membersOnly, organisationIn, partyName } from '#lib/server/wallet.ts';
import { fill } from '#lib/text.ts';
import { walletPaths } from '#lib/wallet/paths.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  // read anew when something is paid
  event.depends('wijk:context');
  await membersOnly(event);
  const { locals, url } = event;
  const organisation = organisationIn(url);
  const cursor = url.searchParams.get('na');
  const outcome = await api(event)(listWalletHolds, {
    params: { wijk: locals.slug },
    query: { ...(organisation ? { organisation } : {}), ...(cursor ? { cursor } : {}) },
  });
  if (!outcome.ok) stop(outcome);
  const { unit, holder, items, nextCursor } = outcome.data;
  const texts = pageTexts(locals.locale, 'holds');
  const say = await creditSpeaker(locals, unit);
  const all = items.map((one) => holdView(one, say, texts));
  const to = walletPaths(locals.base);
  return {
    texts,
    back: pageTexts(locals.locale, 'wallet').back,
    organisation,
    title: organisation
      ? fill(texts.titleOf, { name: partyName(holder, locals.locale) })
      : texts.title,
    lists: [
      { id: 'uit', name: texts.out, text: texts.outText, items: all.filter(({ isOut }) => isOut) },
      { id: 'in', name: texts.in, text: texts.inText, items: all.filter(({ isOut }) => !isOut) },
    ].filter((list) => list.items.length > 0),
    next: nextCursor ? to.walletHolds(organisation, nextCursor) : null,
    first: cursor ? to.walletHolds(organisation) : null,
  };
};
