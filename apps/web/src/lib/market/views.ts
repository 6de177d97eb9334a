import type { ListingCard } from '@wijk/contracts/market';
import type { ReviewRefusal, Verdict } from '@wijk/domain/market';
import type { MomentText } from '#lib/views.ts';

/** A listing in a list, in words. */
export interface ListingCardView {
  ref: string;
  slug: string;
  kind: ListingCard['kind'];
  /** 'Aangeboden' */
  kindText: string;
  title: string;
  excerpt: string;
  theme: string;
  area: string;
  /** null: somebody who was erased */
  by: { key: string; name: string } | null;
  /** 'Ɛ 6,00 per uur', 'Gratis' */
  price: string;
  /** 'ma, wo en vr 9.30–15.00', as its author wrote it */
  when: string;
  /** the first photo; its words are beside the title already */
  photo: string | null;
  /** 'in uw buurt', 'past bij uw zoekwoorden' */
  reasons: string[];
}

export interface Choice {
  value: string;
  label: string;
}

/** A listing as its form shows it; everything as text. */
export interface ListingForm {
  ref: string;
  version: number;
  kind: ListingCard['kind'];
  state: ListingCard['state'];
  values: Record<string, string>;
}

export interface DecisionView {
  what: 'publish' | 'refuse' | 'remove' | 'photo';
  reason: string | null;
  note: string;
  at: MomentText;
}

/** A part of the record of an app, in words. */
export interface AppSection {
  step: string;
  title: string;
  rows: { label: string; text: string }[];
}

/** An app on the desk of curators. */
export interface DeskAppView {
  ref: string;
  name: string;
  supplier: string;
  summary: string;
  cause: 'submitted' | 'incident' | 'expiring';
  reviews: number;
  third: boolean;
  ready: boolean;
  refusal: ReviewRefusal | null;
  decision: Verdict | null;
  since: MomentText | null;
  until: string | null;
  decidedAt: MomentText | null;
}

export type { Verdict } from '@wijk/domain/market';

/** A listing under an answer: a link with plain facts. */
export interface AttachedView {
  ref: string;
  href: string;
  title: string;
  facts: string[];
  /** 'Aanbevolen door curatoren'; null: it is no app */
  curated: string | null;
}
