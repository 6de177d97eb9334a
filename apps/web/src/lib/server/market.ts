import type { ListingCard, ListingView } from '@wijk/contracts/market';
import { type LISTING_KINDS, MARKET_LANGUAGES } from '@wijk/domain/market';
import { parseAmount } from '@wijk/domain/wallet';
import { type MessageKey, plural, t } from '@wijk/i18n';
import type { MarketFilter } from '#lib/market/paths.ts';
import type { Choice, DecisionView, ListingCardView } from '#lib/market/views.ts';
import { momentText, type Speaker } from './views.ts';
import type { CreditSpeaker } from './wallet.ts';

type Locale = App.Locals['locale'];
type Priced = Pick<ListingCard, 'kind' | 'mode' | 'rate' | 'places'>;

/** 'Ɛ 6,00 per uur'; of what is asked for, what is given for it. */
export function priceText({ kind, mode, rate, places }: Priced, say: CreditSpeaker): string {
  const group = kind === 'request' ? 'priceAsked' : 'price';
  const how = mode === 'fixed' && places !== null ? 'place' : mode;
  return t(say.locale, `page.listing.${group}.${how}`, { amount: say.money(rate) });
}

const hour = (time: string) => time.replace(/^0/, '').replace(':', '.');

/** 'maandag, woensdag en vrijdag van 9.30 tot 15.00 uur': days with the same times together. */
export function periodTexts(periods: ListingCard['periods'], locale: Locale): string[] {
  const days = new Map<string, string[]>();
  for (const { weekday, from, until } of periods) {
    const day = t(locale, `page.listing.day.${weekday}` as MessageKey);
    days.set(`${from} ${until}`, [...(days.get(`${from} ${until}`) ?? []), day]);
  }
  return [...days].map(([times, names]) => {
    const [from = '', until = ''] = times.split(' ');
    const day =
      names.length === 7
        ? t(locale, 'page.listing.everyDay')
        : new Intl.ListFormat(locale).format(names);
    return t(locale, 'page.listing.period', { day, from: hour(from), until: hour(until) });
  });
}

/** 'Nederlands' */
export function languageName(code: string, locale: Locale): string {
  const name = new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

export const languageChoices = (locale: Locale): Choice[] =>
  MARKET_LANGUAGES.map((value) => ({ value, label: languageName(value, locale) }));

export function listingCard(
  listing: ListingCard & { reasons?: readonly string[] },
  say: CreditSpeaker,
): ListingCardView {
  const { ref, slug, kind, title, excerpt, theme, area, by, availability, periods } = listing;
  const [first = ''] = periodTexts(periods, say.locale);
  return {
    ...{ ref, slug, kind, title, excerpt },
    kindText: t(say.locale, `page.listing.kind.${kind}`),
    theme: theme?.name ?? '',
    area: area?.name ?? '',
    by: by.name === null ? null : { key: by.key, name: by.name },
    price: priceText(listing, say),
    when: availability || first,
    photo: listing.photo?.id ?? null,
    reasons: (listing.reasons ?? []).map((reason) =>
      t(say.locale, `page.market.reason.${reason}` as MessageKey),
    ),
  };
}

export const decisionText = (
  decision: { decision: DecisionView['what']; reason: string | null; note: string; at: string },
  say: Speaker,
): DecisionView => ({
  what: decision.decision,
  reason:
    decision.reason && t(say.locale, `page.marketMaster.reasons.${decision.reason}` as MessageKey),
  note: decision.note,
  at: momentText(decision.at, say),
});

export const placesText = (places: number, locale: Locale): string =>
  plural(locale, 'page.listing.placesCount', places);

const KINDS = { aanbod: 'offer', vraag: 'request', app: 'ehealth' } as const;
const WITHIN = { buurt: 'area', lopen: 'walk' } as const;
const PRICES = { gratis: 'free', hooguit: 'budget' } as const;

const oneOf = <T extends Record<string, string>>(names: T, value: string | undefined) =>
  value !== undefined && Object.hasOwn(names, value) ? (names[value] as T[keyof T]) : undefined;

/** The filters of an address: as they stand there, and as the API takes them; what cannot be is left out. */
export function filterIn(url: URL) {
  const take = (name: string) => url.searchParams.get(name)?.trim().slice(0, 200) || undefined;
  const slug = (name: string) => {
    const value = take(name);
    return value && /^[a-z0-9-]{1,60}$/.test(value) ? value : undefined;
  };
  const filter: MarketFilter = {
    ...{ words: take('q'), kind: take('soort'), theme: slug('thema'), from: slug('vanaf') },
    ...{ within: take('afstand'), price: take('prijs'), budget: take('bedrag')?.slice(0, 20) },
    ...{ day: take('dag'), language: take('taal'), account: take('account') },
  };
  const price = oneOf(PRICES, filter.price ?? undefined);
  const budget = filter.budget ? parseAmount(filter.budget) : null;
  const budgetWrong = price === 'budget' && budget === null;
  const day = Number(filter.day);
  const language = filter.language ?? '';
  const wanted = {
    q: filter.words ?? undefined,
    kind: oneOf(KINDS, filter.kind ?? undefined),
    theme: filter.theme ?? undefined,
    from: filter.from ?? undefined,
    within: oneOf(WITHIN, filter.within ?? undefined),
    price: budgetWrong ? undefined : price,
    budget: budget ?? undefined,
    weekday: Number.isInteger(day) && day >= 1 && day <= 7 ? day : undefined,
    language: /^[a-z]{2,3}$/.test(language) ? language : undefined,
    account: filter.account === 'nee' ? ('none' as const) : undefined,
  };
  return { filter, wanted, budgetWrong };
}

export const kindInAddress = (kind: (typeof LISTING_KINDS)[number]): string =>
  Object.entries(KINDS).find(([, one]) => one === kind)?.[0] ?? '';

/** A listing in the words of schema.org; credits are no currency, so it names no price but none. */
export function listingData(listing: ListingView, url: string) {
  const { kind, title, body, by, area, mode } = listing;
  return {
    '@context': 'https://schema.org',
    '@type': kind === 'request' ? 'Demand' : 'Offer',
    url,
    name: title,
    itemOffered: { '@type': 'Service', name: title, description: body.slice(0, 1000) },
    ...(area ? { areaServed: { '@type': 'Place', name: area.name } } : {}),
    ...(mode === 'free' ? { isAccessibleForFree: true } : {}),
    ...(by.name
      ? {
          offeredBy: {
            '@type': by.kind === 'organisation' ? 'Organization' : 'Person',
            name: by.name,
          },
        }
      : {}),
    ...(listing.publishedAt ? { validFrom: listing.publishedAt } : {}),
    ...(listing.expiresAt ? { validThrough: listing.expiresAt } : {}),
  };
}
