import type { ListingFields } from '@wijk/contracts';
import type { ListingChange, MarketPlaces, StoredListing } from '@wijk/db/market';
import { DomainError, type FieldError } from '@wijk/domain/kernel';
import {
  type ListingMark,
  type ListingText,
  marksOf,
  PLACES_MAX,
  type Shell,
  validateListing,
} from '@wijk/domain/market';
import { slugify } from '@wijk/domain/vraagbaak';
import { parseAmount } from '@wijk/domain/wallet';

/** Names of pages below a listing's own: no title may take their place in the address. */
const TAKEN = new Set(['bewerken', 'eerder', 'fotos', 'vraag', 'tijden', 'bezwaar']);

function slugOf(title: string): string {
  const slug = title.trim() === '' ? '' : slugify(title);
  return TAKEN.has(slug) ? `${slug}-op-de-markt` : slug;
}

const hasPrice = (mode: ListingFields['mode']) => mode === 'fixed' || mode === 'hourly';

/** What an author can change. */
const EDITABLE = [
  'organisationId',
  'title',
  'body',
  'theme',
  'area',
  'audience',
  'languages',
  'accessibility',
  'shell',
  'mode',
  'rate',
  'places',
  'periods',
  'availability',
  'foreignAccount',
] as const;
export type Editable = Pick<StoredListing, (typeof EDITABLE)[number]>;

export const editableOf = (listing: Editable): Editable =>
  Object.fromEntries(EDITABLE.map((field) => [field, listing[field]])) as Editable;

/** As it is compared: the database keeps the parts of a period in an order of its own. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))
      : part,
  );

/** Names of the fields that differ. */
export const changedIn = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
) => EDITABLE.filter((field) => plain(before[field]) !== plain(after[field]));

/**
 * What was typed as it is kept: a price or a number of places that cannot be read stays beside it, in words.
 * @throws `kernel.invalid` for a theme or an area that the wijk does not have
 */
export function storedFields(
  fields: ListingFields,
  { themes, areas }: MarketPlaces,
): Editable & Required<Pick<ListingChange, 'slug' | 'typed'>> {
  const errors: FieldError[] = [];
  const chosen = (pointer: 'theme' | 'area', among: readonly { slug: string }[]) => {
    const slug = fields[pointer];
    if (slug !== '' && !among.some((one) => one.slug === slug))
      errors.push({ pointer, code: 'invalid-choice' });
    return slug === '' ? null : slug;
  };
  const theme = chosen('theme', themes);
  const area = chosen('area', areas);
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
  const rate = hasPrice(fields.mode) ? parseAmount(fields.rate) : null;
  const places = /^\s*\d{1,4}\s*$/.test(fields.places) ? Number(fields.places) : 0;
  const typed = {
    ...(rate === null && fields.rate.trim() !== '' ? { rate: fields.rate } : {}),
    ...(places === 0 && fields.places.trim() !== '' ? { places: fields.places } : {}),
  };
  const { organisation, title, body, audience, accessibility, availability } = fields;
  const { languages, shell, mode, periods, foreignAccount } = fields;
  return {
    ...{
      organisationId: organisation,
      title,
      body,
      theme,
      area,
      audience,
      accessibility,
      availability,
    },
    ...{ languages: [...languages], shell, mode, periods: [...periods], foreignAccount, typed },
    rate: rate ?? 0,
    places: places > 0 ? places : null,
    slug: slugOf(title),
  };
}

/** Every text of a listing that anybody reads. */
const textsOf = (
  one: Pick<Editable, 'title' | 'body' | 'audience' | 'accessibility' | 'availability'>,
) => [one.title, one.body, one.audience, one.accessibility, one.availability] as const;

export const marksIn = (one: Parameters<typeof textsOf>[0]): ListingMark[] => marksOf(textsOf(one));
export const wholeTextOf = (one: Parameters<typeof textsOf>[0]): string => textsOf(one).join('\n');

/**
 * Refuses what others could not understand or use, with every field at fault: `kernel.invalid`. What was
 * typed in a field that could not be read is told at that field.
 */
export function assertPublishable(listing: Editable & Pick<StoredListing, 'kind' | 'typed'>): void {
  const errors: FieldError[] = [];
  try {
    validateListing({
      ...listing,
      theme: listing.theme ?? '',
      area: listing.area ?? '',
      shell: listing.shell as Shell,
    } satisfies ListingText);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    errors.push(...error.errors.filter(({ pointer }) => pointer !== 'rate'));
    const priced = error.errors.find(({ pointer }) => pointer === 'rate');
    const unread = listing.typed.rate !== undefined;
    if (unread) errors.push({ pointer: 'rate', code: 'not-an-amount' });
    else if (listing.rate === 0 && priced) errors.push({ pointer: 'rate', code: 'required' });
    else if (priced) errors.push(priced);
  }
  if (listing.typed.places !== undefined)
    errors.push({ pointer: 'places', code: 'too-large', params: { max: PLACES_MAX } });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}
