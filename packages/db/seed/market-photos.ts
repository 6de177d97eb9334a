import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import type { Transaction } from '../src/kernel/database.ts';
import { listingPhoto } from '../src/market/photo-tables.ts';
import { listing } from '../src/market/tables.ts';
import { readOffers } from './content.ts';
import { uuidOf } from './photos.ts';

/** Drawn for the demonstration, so that nobody's kitchen or dog is in it; by the ids of what is offered. */
const DRAWN: readonly (readonly [offer: string, file: string, alt: string])[] = [
  ['m001', 'kraan', 'Tekening van een druppende kraan boven een wasbak'],
  ['m001', 'gereedschap', 'Tekening van een rode gereedschapskist met een hamer en een sleutel'],
  ['m002', 'koffie', 'Tekening van een kop koffie naast een krant'],
  ['m005', 'soep', 'Tekening van een dampende rode pan met soep'],
  ['m006', 'tablet', 'Tekening van een tablet met een oudere vrouw in beeld'],
  ['m008', 'moestuin', 'Tekening van een hoge houten bak met jonge planten en tomaten'],
  ['m012', 'hond', 'Tekening van een bruine hond aan de lijn'],
  ['m016', 'naaien', 'Tekening van een naaimachine met gele stof'],
  ['m020', 'piano', 'Tekening van een piano met een muziekboek'],
  ['m029', 'heg', 'Tekening van een groene heg met een schaar erboven'],
  ['m032', 'gereedschap', 'Tekening van een rode gereedschapskist met een hamer en een sleutel'],
  ['m034', 'tablet', 'Tekening van een tablet met een oudere vrouw in beeld'],
  ['m055', 'fiets', 'Tekening van een oranje fiets'],
  ['m063', 'wandelen', 'Tekening van twee wandelaars op een pad naar de zon'],
];

const bytesOf = (name: string) =>
  readFileSync(new URL(`./content/photos/markt-${name}.webp`, import.meta.url));

/** Photos with what stands on the market of the demonstration. */
export async function fillMarketPhotos(tx: Transaction, wijkId: string): Promise<void> {
  const titles = new Map(readOffers().map(({ id, title }) => [id, title]));
  const listings = await tx
    .select({ id: listing.id, title: listing.title, madeAt: listing.madeAt })
    .from(listing)
    .where(eq(listing.wijkId, wijkId));
  const taken = new Map<string, number>();
  await tx.insert(listingPhoto).values(
    DRAWN.flatMap(([offer, file, alt]) => {
      const of = listings.find(({ title }) => title === titles.get(offer));
      if (!of) return [];
      const place = taken.get(offer) ?? 0;
      taken.set(offer, place + 1);
      return {
        ...{ wijkId, id: uuidOf(`${offer} ${file}`), listingId: of.id, place, position: place + 1 },
        ...{ alt, width: 1200, height: 900, addedAt: of.madeAt },
        large: bytesOf(`${file}-large`),
        small: bytesOf(`${file}-small`),
      };
    }),
  );
}
