import { readFileSync } from 'node:fs';

export interface ContentAnswer {
  role: 'expert' | 'redactie' | 'bewoner';
  /** name and function: 'Joost Kramer, Wmo-consulent' */
  by: string;
  body: string;
  /** the asker says that it helped */
  helpful: boolean;
}

export interface ContentQuestion {
  id: string;
  theme: string;
  title: string;
  body: string;
  visibility: 'public' | 'anonymous' | 'private';
  answers: ContentAnswer[];
  tags: string[];
}

export interface ContentPerson {
  id: string;
  name: string;
  kind: 'person' | 'organisation';
  /** Dutch names of roles, as in the glossary */
  roles: string[];
  /** finer than the themes of the wijk */
  themes: string[];
  about: string;
}

export interface ContentSavedAnswer {
  title: string;
  body: string;
  use: 'answer' | 'ask-back' | 'removal';
  theme: string | null;
}

/** Something that stands on the market, or wants to. */
export interface ContentOffer {
  id: string;
  kind: 'offer' | 'request';
  title: string;
  body: string;
  theme: string;
  by: { name: string; type: 'bewoner' | 'organisatie' };
  shell: number;
  price: { mode: string; credits: number | null };
  area: string;
  languages: string[];
  accessibility: string;
  availability: string;
  audience: string;
  /** why the market master must refuse it */
  curate?: string;
}

/** An eHealth app with what curators found. Prices in whole credits. */
export interface ContentApp {
  id: string;
  name: string;
  supplier: string;
  summary: string;
  goal: string;
  theme: string;
  level: string;
  price_credits: number;
  price_after: string;
  platforms: string[];
  languages: string[];
  launch: { hti: string; account_needed: boolean; live: boolean };
  regulatory: { medical_claim: boolean; mdr_class: string | null; ce: boolean };
  privacy: {
    data_location: string;
    retention: string;
    shared: boolean;
    dpia_date: string | null;
    nen7510: boolean;
  };
  evidence: { level: string; note: string };
  usability: { sus: number | null; wcag: string; low_literacy_tested: boolean };
  review: {
    criteria_version: string;
    scores: Record<string, number>;
    reviewers: [string, string];
    decision: 'recommend' | 'not_shown' | 'pending';
    reasons: string;
    valid_until: string;
  };
}

export function readApps(): ContentApp[] {
  return readLines<ContentApp>('ehealth');
}

export function readOffers(): ContentOffer[] {
  return readLines<ContentOffer>('aanbod');
}

export function readOrganisations(): ContentPerson[] {
  return readLines<ContentPerson>('mensen').filter(({ kind }) => kind === 'organisation');
}

export function readQuestions(): ContentQuestion[] {
  return [...readLines<ContentQuestion>('vragen-a'), ...readLines<ContentQuestion>('vragen-b')];
}

export function readSavedAnswers(): ContentSavedAnswer[] {
  return readLines<ContentSavedAnswer>('bewaarde-teksten');
}

export function readPeople(): ContentPerson[] {
  return readLines<ContentPerson>('mensen').filter((person) => person.kind === 'person');
}

function readLines<T>(name: string): T[] {
  return readFileSync(new URL(`./content/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
