import type { readMarketOfQuestion as contract, ReplyOf } from '@wijk/contracts';
import {
  type LinkedListing,
  linkedToQuestion,
  listAttachedTo,
  readPublished,
} from '@wijk/db/market';
import { type Actor, can } from '@wijk/domain/identity';
import { isAttachable, mayBeLinked } from '@wijk/domain/market';
import type { Services } from '../../../services.ts';
import { questionForMarket } from '../../vraagbaak/index.ts';
import { unitOf } from '../../wallet/index.ts';
import type { Wijk } from '../../wijk/index.ts';
import { isAuthor } from '../listings/access.ts';
import { cardOf } from '../listings/views.ts';

type Reply = ReplyOf<typeof contract>;

/**
 * What stands of the market at a question, as this reader sees it: nothing that is not on the market now but what
 * is their own.
 * @throws what hides the question
 */
export async function marketOfQuestion(
  services: Services,
  actor: Actor,
  wijk: Wijk,
  ref: string,
): Promise<Reply> {
  const question = await questionForMarket(services.db, wijk.id, ref, actor);
  const links = mayBeLinked(question);
  const [answers, linked] = await Promise.all([
    attachedTo(services, wijk.id, question.id),
    links
      ? linkedToQuestion(services.db, wijk.id, question.id)
      : { requests: [] as LinkedListing[], origin: null },
  ]);
  const shown = await shownTo(services, actor, [
    ...linked.requests,
    ...(linked.origin ? [linked.origin] : []),
  ]);
  const origin = linked.origin && shown.has(linked.origin.id) ? linked.origin : null;
  return {
    unit: unitOf(await services.wallet.policies.current(wijk.id)),
    answers,
    requests: linked.requests.filter(({ id }) => shown.has(id)).map(linkOf),
    origin: origin && linkOf(origin),
    viewer: {
      attachesAny: question.stands && question.isEditor,
      mayRequest: question.isAsker && question.stands && can(actor, 'market.list'),
      links,
    },
  };
}

async function attachedTo(
  { db }: Services,
  wijkId: string,
  questionId: string,
): Promise<Reply['answers']> {
  const rows = await listAttachedTo(db, wijkId, questionId);
  const listings = await readPublished(db, wijkId, [...new Set(rows.map((row) => row.listingId))]);
  const byId = new Map(listings.filter(isAttachable).map((one) => [one.id, one]));
  const answers = new Map<string, Reply['answers'][number]['listings']>();
  for (const { answerId, listingId } of rows) {
    const listing = byId.get(listingId);
    if (!listing) continue;
    // an app is on the market only while a recommendation of curators stands
    const card = { ...cardOf(listing), curated: listing.kind === 'ehealth' };
    answers.set(answerId, [...(answers.get(answerId) ?? []), card]);
  }
  return [...answers].map(([answer, of]) => ({ answer, listings: of }));
}

/** What stands on the market, and what is the reader's own but for what they threw away. */
async function shownTo(
  { db }: Services,
  actor: Actor,
  listings: readonly LinkedListing[],
): Promise<ReadonlySet<string>> {
  const shown = new Set<string>();
  for (const one of listings)
    if (one.state === 'published' || (one.state !== 'ended' && (await isAuthor(db, actor, one))))
      shown.add(one.id);
  return shown;
}

const linkOf = ({ ref, slug, title, kind, state }: LinkedListing) => ({
  ...{ ref, slug, title, kind, state },
});
