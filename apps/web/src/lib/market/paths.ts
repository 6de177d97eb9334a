import { query } from '#lib/paths.ts';

/** What stands in the address of the market; each as it is written there. */
export interface MarketFilter {
  words?: string | null | undefined;
  /** 'aanbod', 'vraag' or 'app' */
  kind?: string | null | undefined;
  theme?: string | null | undefined;
  /** the area that the visitor names as theirs: in the address and kept nowhere */
  from?: string | null | undefined;
  /** 'buurt' or 'lopen' */
  within?: string | null | undefined;
  /** 'gratis' or 'hooguit' */
  price?: string | null | undefined;
  budget?: string | null | undefined;
  day?: string | null | undefined;
  language?: string | null | undefined;
  /** 'nee': none elsewhere is needed */
  account?: string | null | undefined;
  after?: string | null | undefined;
}

/** The small photo of a listing, as cards show it; of the API, so without the prefix of the wijk. */
export const cardPhoto = (wijk: string, id: string) =>
  `/api/v1/wijken/${wijk}/market/photos/${id}/small`;

/** Addresses of the market; apart, so that readers of questions don't load them. */
export function marketPaths(base: string) {
  const at = `${base}/markt`;
  const one = (ref: string, slug?: string) => (slug ? `${at}/${ref}/${slug}` : `${at}/${ref}`);
  return {
    market: (f: MarketFilter = {}) =>
      `${at}${query({
        q: f.words,
        soort: f.kind,
        thema: f.theme,
        vanaf: f.from,
        afstand: f.within,
        prijs: f.price,
        bedrag: f.budget,
        dag: f.day,
        taal: f.language,
        account: f.account,
        na: f.after,
      })}`,
    listing: one,
    /** found at a question, which an order then remembers */
    listingFrom: (ref: string, slug: string, question: string | null) =>
      `${one(ref, slug)}${query({ uit: question })}`,
    /** where somebody asks for it, or offers to help */
    askListing: (ref: string, slug: string, question?: string | null) =>
      `${one(ref, slug)}/vraag${query({ uit: question })}`,
    /** puts offers under an answer */
    attach: (question: string, answer: string, words?: string | null) =>
      `${base}/aanbod/${question}${query({ antwoord: answer, q: words })}`,
    /** makes a request of a question of one's own */
    requestFrom: (question: string) => `${base}/mijn/vraag/${question}/hulpvraag`,
    /** makes a question of a request of one's own */
    askFrom: (ref: string) => `${base}/vragen/nieuw${query({ hulpvraag: ref })}`,
    newListing: () => `${at}/nieuw`,
    ownListings: (after?: string | null) => `${at}/mijn${query({ na: after })}`,
    editListing: (ref: string) => `${at}/${ref}/bewerken`,
    listingPhotos: (ref: string) => `${at}/${ref}/fotos`,
    listingHistory: (ref: string) => `${at}/${ref}/eerder`,
    /** 'm-<id>' or 'o-<id>' */
    provider: (key: string) => `${at}/aanbieder/${key}`,
    marketMaster: (after?: string | null) => `${base}/marktmeester${query({ na: after })}`,
    /** what nobody has taken */
    unmatched: (kind?: 'aanbod' | null) => `${base}/marktmeester/zonder${query({ soort: kind })}`,
    reviewListing: (ref: string) => `${base}/marktmeester/${ref}`,
    /** the record of an app; a part of it, with its faults shown where asked */
    appRecord: (ref: string, step?: string, faults?: boolean) =>
      `${at}/${ref}/dossier${query({ deel: step, kijk: faults ? 'na' : null })}`,
    badge: (ref: string, slug: string) => `${one(ref, slug)}/keurmerk`,
    /** as whom somebody is vetted; one of them, its terms, and those on paper */
    vettingOfMine: () => `${at}/toetsing`,
    ownVetting: (key: string) => `${at}/toetsing/${key}`,
    signTerms: (key: string) => `${at}/toetsing/${key}/voorwaarden`,
    signedPaper: (key: string) => `${at}/toetsing/${key}/voorwaarden.pdf`,
    providerBadge: (key: string) => `${at}/aanbieder/${key}/keurmerk`,
    terms: () => `${at}/voorwaarden`,
    /** where its author says that they do not agree */
    appealListing: (ref: string) => `${at}/${ref}/bezwaar`,
    vetting: () => `${base}/toetsing`,
    vetProvider: (key: string) => `${base}/toetsing/${key}`,
    marketAppeals: () => `${base}/marktbeheer/bezwaren`,
    marketSetup: () => `${base}/marktbeheer`,
    marketRules: () => `${base}/marktbeheer/regels`,
    marketThemes: () => `${base}/marktbeheer/themas`,
    marketAreas: () => `${base}/marktbeheer/gebieden`,
    marketTerms: () => `${base}/marktbeheer/voorwaarden`,
    /** 'apps' or 'aanbieders'; two versions beside each other */
    marketCriteria: (subject: 'apps' | 'aanbieders', from?: string | null, to?: string | null) =>
      `${base}/marktbeheer/criteria/${subject}${query({ van: from, naar: to })}`,
    curation: () => `${base}/curatie`,
    curateApp: (ref: string) => `${base}/curatie/${ref}`,
  };
}

export type MarketPaths = ReturnType<typeof marketPaths>;
