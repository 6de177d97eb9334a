import { sql } from 'drizzle-orm';
import type { Transaction } from '../src/kernel/database.ts';
import { readOffers, readQuestions } from './content.ts';
import type { MarketPlace } from './market.ts';
import { uuidOf } from './photos.ts';

/** Questions whose first answer has something of the market under it, by the ids of their content. */
const UNDER: Readonly<Record<string, readonly string[]>> = {
  a003: ['m041'],
  a004: ['m014', 'm039'],
  a012: ['m018'],
  a014: ['m063'],
  a023: ['m004'],
  b016: ['m006'],
  b021: ['m047'],
  b024: ['m029'],
  b027: ['m016'],
  b079: ['m001'],
  b082: ['m013', 'm043'],
};

/** Offers under answers, put there by the redactie; what is not in view in this history is left out. */
export async function fillMarketDialogue(
  tx: Transaction,
  { wijkId, membershipOf }: MarketPlace,
): Promise<void> {
  const questions = new Map(readQuestions().map(({ id, title }) => [id, title]));
  const offers = new Map(readOffers().map(({ id, title }) => [id, title]));
  const by = membershipOf('Noor van der Horst');
  for (const [question, listings] of Object.entries(UNDER))
    for (const [place, listing] of listings.entries())
      await tx.execute(sql`
        insert into market.attachment (wijk_id, id, question_id, answer_id, listing_id, place, "by", at)
        select q.wijk_id, ${uuidOf(`${question} ${listing}`)}::uuid, q.id, a.id, l.id, ${place}, ${by},
          greatest(a.published_at, l.published_at)
        from vraagbaak.question q
        join lateral (select a.* from vraagbaak.answer a
          where a.wijk_id = q.wijk_id and a.question_id = q.id and a.removed_at is null and a.hidden_at is null
          order by a.published_at limit 1) a on true
        join market.listing l on l.wijk_id = q.wijk_id and l.title = ${offers.get(listing) ?? ''}
          and l.state = 'published'
        where q.wijk_id = ${wijkId} and q.title = ${questions.get(question) ?? ''} and q.status = 'answered'`);
}
