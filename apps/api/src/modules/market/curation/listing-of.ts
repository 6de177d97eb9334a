import type { StoredListing } from '@wijk/db/market';
import {
  type AppFields,
  type AppRecord,
  BODY_MAX,
  TITLE_MAX,
  WHOLE_WIJK,
} from '@wijk/domain/market';
import { slugify } from '@wijk/domain/vraagbaak';
import { parseAmount } from '@wijk/domain/wallet';

type Shown = Pick<
  StoredListing,
  | 'title'
  | 'slug'
  | 'body'
  | 'theme'
  | 'area'
  | 'audience'
  | 'languages'
  | 'mode'
  | 'rate'
  | 'foreignAccount'
>;

/** In minor units; null: it cannot be read. 'gratis' is a price too. */
export const amountOf = (price: string): number | null =>
  /^\s*(0+([.,]0+)?|gratis)\s*$/i.test(price) ? 0 : parseAmount(price);

const priced = (amount: number): Pick<Shown, 'mode' | 'rate'> =>
  amount > 0 ? { mode: 'fixed', rate: amount } : { mode: 'free', rate: 0 };
const slugOf = (name: string) => (name.trim() === '' ? '' : slugify(name));

/** What the listing of an app says while its record is written; nobody else sees it. */
export function listingOfFields(fields: AppFields, themes: readonly { slug: string }[]): Shown {
  return {
    ...{ title: fields.name.slice(0, TITLE_MAX), slug: slugOf(fields.name.slice(0, TITLE_MAX)) },
    ...{ body: fields.summary.slice(0, BODY_MAX), audience: fields.audience },
    theme: themes.some(({ slug }) => slug === fields.theme) ? fields.theme : null,
    ...{ area: WHOLE_WIJK.slug, languages: [...fields.languages] },
    ...priced(amountOf(fields.price) ?? 0),
    foreignAccount: fields.accountNeeded === 'ja',
  };
}

/** What the listing of an app says to everybody: its record as it was judged. */
export function listingOfRecord(record: AppRecord): Shown {
  return {
    ...{ title: record.name, slug: slugOf(record.name), body: record.purpose.summary },
    ...{ theme: record.purpose.theme, area: WHOLE_WIJK.slug, audience: record.purpose.audience },
    ...{ languages: record.languages, foreignAccount: record.accountNeeded },
    ...priced(record.price.amount),
  };
}
