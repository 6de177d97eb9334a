import { DomainError, type FieldError } from '../kernel/index.ts';
import { BODY_MAX, NOTE_MAX, TITLE_MAX } from './listing.ts';
import { ORDER_AMOUNT_MAX } from './order-terms.ts';

/*
 * What is known of an eHealth app before anybody recommends it (M3). As it is typed every field is text; what
 * curators look at is read from it, whole, when it is handed in.
 */

/** The six of Positieve Gezondheid. */
export const APP_GOALS = [
  'lichaamsfuncties',
  'mentaal-welbevinden',
  'zingeving',
  'kwaliteit-van-leven',
  'meedoen',
  'dagelijks-functioneren',
] as const;
export const APP_LEVELS = ['beginner', 'gevorderd'] as const;
export const APP_PLATFORMS = ['pwa', 'ios', 'android'] as const;
/** Classes of medical devices (MDR). */
export const MDR_CLASSES = ['I', 'IIa', 'IIb', 'III'] as const;
/** From none to an experiment with a lot. */
export const EVIDENCE_LEVELS = ['none', 'expert', 'guideline', 'observational', 'rct'] as const;

export type AppGoal = (typeof APP_GOALS)[number];
export type AppLevel = (typeof APP_LEVELS)[number];
export type AppPlatform = (typeof APP_PLATFORMS)[number];
export type MdrClass = (typeof MDR_CLASSES)[number];
export type EvidenceLevel = (typeof EVIDENCE_LEVELS)[number];

/** An answer of a form: '' is none yet. */
export type YesNo = '' | 'ja' | 'nee';

/** As it was typed, whatever is still missing. */
export interface AppFields {
  name: string;
  /** version of the app that this is about */
  release: string;
  supplierName: string;
  supplierCountry: string;
  supplierContact: string;
  summary: string;
  goal: string;
  theme: string;
  level: string;
  audience: string;
  notFor: string;
  platforms: readonly string[];
  languages: readonly string[];
  /** in credits */
  price: string;
  priceAfter: string;
  accountNeeded: YesNo;
  medicalClaim: YesNo;
  mdrClass: string;
  ce: YesNo;
  dataLocation: string;
  retention: string;
  shared: YesNo;
  sharedWith: string;
  dpiaDate: string;
  nen7510: YesNo;
  evidenceLevel: string;
  evidenceNote: string;
  sus: string;
  wcag: string;
  lowLiteracy: YesNo;
  crisis: string;
  complaints: string;
}

/** A record that can be judged. Empty texts: it was not told. */
export interface AppRecord {
  name: string;
  release: string;
  supplier: { name: string; country: string; contact: string };
  purpose: {
    summary: string;
    goal: AppGoal;
    theme: string;
    level: AppLevel;
    audience: string;
    notFor: string;
  };
  platforms: AppPlatform[];
  languages: string[];
  /** minor units; 0: free */
  price: { amount: number; after: string };
  accountNeeded: boolean;
  regulatory: { medicalClaim: boolean; mdrClass: MdrClass | null; ce: boolean };
  privacy: {
    location: string;
    retention: string;
    shared: boolean;
    sharedWith: string;
    /** 'YYYY-MM-DD'; null: there was none */
    dpiaDate: string | null;
    nen7510: boolean;
  };
  evidence: { level: EvidenceLevel; note: string };
  usability: {
    /** 0 to 100; null: not measured */
    sus: number | null;
    wcag: string;
    lowLiteracy: boolean;
  };
  safety: { crisis: string; complaints: string };
}

export const EMPTY_APP: AppFields = {
  ...{ name: '', release: '', supplierName: '', supplierCountry: '', supplierContact: '' },
  ...{ summary: '', goal: '', theme: '', level: '', audience: '', notFor: '' },
  ...{ platforms: [], languages: [], price: '', priceAfter: '', accountNeeded: '' },
  ...{ medicalClaim: '', mdrClass: '', ce: '', dataLocation: '', retention: '', shared: '' },
  ...{ sharedWith: '', dpiaDate: '', nen7510: '', evidenceLevel: '', evidenceNote: '', sus: '' },
  ...{ wcag: '', lowLiteracy: '', crisis: '', complaints: '' },
};

/** The parts of the form, in its order, with the fields of each. */
export const APP_STEPS = {
  app: ['name', 'release', 'supplierName', 'supplierCountry', 'supplierContact', 'summary'],
  use: ['goal', 'theme', 'level', 'audience', 'notFor', 'platforms', 'languages'],
  price: ['price', 'priceAfter', 'accountNeeded'],
  rules: ['medicalClaim', 'mdrClass', 'ce'],
  privacy: ['dataLocation', 'retention', 'shared', 'sharedWith', 'dpiaDate', 'nen7510'],
  quality: ['evidenceLevel', 'evidenceNote', 'sus', 'wcag', 'lowLiteracy', 'crisis', 'complaints'],
} as const satisfies Record<string, readonly (keyof AppFields)[]>;
export type AppStep = keyof typeof APP_STEPS;

const REQUIRED = [
  ...(['name', 'supplierName', 'supplierCountry', 'supplierContact', 'summary', 'goal'] as const),
  ...(['theme', 'level', 'price', 'priceAfter', 'accountNeeded', 'medicalClaim'] as const),
  ...(['dataLocation', 'retention', 'shared', 'nen7510', 'evidenceLevel', 'wcag'] as const),
  ...(['lowLiteracy', 'crisis', 'complaints'] as const),
];
const LONG = ['summary'];

/** 'YYYY-MM-DD' of the calendar. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

/** Everything that is missing or at fault. @param amount of the price in minor units, as far as it could be read */
export function appFaults(fields: AppFields, amount: number | null): FieldError[] {
  const errors: FieldError[] = [];
  const add = (pointer: keyof AppFields, code: string, params?: FieldError['params']) => {
    if (!errors.some((one) => one.pointer === pointer))
      errors.push(params ? { pointer, code, params } : { pointer, code });
  };
  const blank = (field: keyof AppFields) => String(fields[field]).trim() === '';
  for (const field of REQUIRED) if (blank(field)) add(field, 'required');
  for (const field of ['platforms', 'languages'] as const)
    if (fields[field].length === 0) add(field, 'required');
  for (const [field, value] of Object.entries(fields)) {
    const max = field === 'name' ? TITLE_MAX : LONG.includes(field) ? BODY_MAX : 2 * NOTE_MAX;
    if (typeof value === 'string' && value.length > max)
      add(field as keyof AppFields, 'too-long', { max });
  }
  const among = (field: keyof AppFields, choices: readonly string[]) => {
    if (!blank(field) && !choices.includes(String(fields[field]))) add(field, 'invalid-choice');
  };
  among('goal', APP_GOALS);
  among('level', APP_LEVELS);
  among('evidenceLevel', EVIDENCE_LEVELS);
  among('mdrClass', MDR_CLASSES);
  if (!blank('price')) {
    if (amount === null) add('price', 'not-an-amount');
    else if (amount > ORDER_AMOUNT_MAX) add('price', 'too-large', { max: ORDER_AMOUNT_MAX / 100 });
  }
  // a device says its class and whether it bears the mark, also where the answer is no
  if (fields.medicalClaim === 'ja' && fields.ce === '') add('ce', 'required');
  if (fields.ce === 'ja' && blank('mdrClass')) add('mdrClass', 'required');
  if (fields.shared === 'ja' && blank('sharedWith')) add('sharedWith', 'required');
  if (!blank('dpiaDate') && !isDay(fields.dpiaDate.trim())) add('dpiaDate', 'not-a-date');
  if (!['', 'none'].includes(fields.evidenceLevel) && blank('evidenceNote'))
    add('evidenceNote', 'required');
  if (!blank('sus') && !/^\d{1,3}$/.test(fields.sus.trim())) add('sus', 'not-a-number');
  else if (Number(fields.sus) > 100) add('sus', 'too-large', { max: 100 });
  return errors;
}

/**
 * The record as it is judged, from what was typed.
 * @param amount of the price in minor units, as far as it could be read
 * @throws `kernel.invalid` with every field that is missing or at fault
 */
export function readAppRecord(fields: AppFields, amount: number | null): AppRecord {
  const errors = appFaults(fields, amount);
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
  const text = (field: keyof AppFields) => String(fields[field]).trim();
  const yes = (field: keyof AppFields) => fields[field] === 'ja';
  return {
    name: text('name'),
    release: text('release'),
    supplier: {
      name: text('supplierName'),
      country: text('supplierCountry'),
      contact: text('supplierContact'),
    },
    purpose: {
      ...{ summary: text('summary'), theme: text('theme'), audience: text('audience') },
      ...{ goal: text('goal') as AppGoal, level: text('level') as AppLevel },
      notFor: text('notFor'),
    },
    platforms: APP_PLATFORMS.filter((one) => fields.platforms.includes(one)),
    languages: [...fields.languages],
    price: { amount: amount ?? 0, after: text('priceAfter') },
    accountNeeded: yes('accountNeeded'),
    regulatory: {
      medicalClaim: yes('medicalClaim'),
      mdrClass: (text('mdrClass') || null) as MdrClass | null,
      ce: yes('ce'),
    },
    privacy: {
      ...{ location: text('dataLocation'), retention: text('retention'), shared: yes('shared') },
      ...{ sharedWith: text('sharedWith'), dpiaDate: text('dpiaDate') || null },
      nen7510: yes('nen7510'),
    },
    evidence: { level: text('evidenceLevel') as EvidenceLevel, note: text('evidenceNote') },
    usability: {
      sus: text('sus') === '' ? null : Number(text('sus')),
      ...{ wcag: text('wcag'), lowLiteracy: yes('lowLiteracy') },
    },
    safety: { crisis: text('crisis'), complaints: text('complaints') },
  };
}
