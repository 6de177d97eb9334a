import type { AppRecordView } from '@wijk/contracts/market-curation';
import {
  APP_GOALS,
  APP_LEVELS,
  APP_PLATFORMS,
  APP_STEPS,
  type AppFields,
  type AppStep,
  appFaults,
  EVIDENCE_LEVELS,
  MARKET_LANGUAGES,
  MDR_CLASSES,
} from '@wijk/domain/market';
import { parseAmount } from '@wijk/domain/wallet';
import { type PageTexts, pageTexts } from '@wijk/i18n';
import type { AppSection, Choice } from '#lib/market/views.ts';
import { fill } from '#lib/text.ts';
import { dateText } from './curation.ts';
import { languageName } from './market.ts';
import type { Place } from './refusal.ts';
import type { CreditSpeaker } from './wallet.ts';

type Locale = App.Locals['locale'];
type Words = PageTexts['appForm'];

export const STEPS = Object.keys(APP_STEPS) as AppStep[];
export const stepIn = (value: string | null): AppStep | null =>
  STEPS.find((step) => step === value) ?? null;

/** The part of the form that a field stands in. */
export const stepOf = (field: string): AppStep =>
  STEPS.find((step) => (APP_STEPS[step] as readonly string[]).includes(field)) ?? 'app';

const isYesNo = (value: string): value is 'ja' | 'nee' => value === 'ja' || value === 'nee';
const YES_NO = ['accountNeeded', 'medicalClaim', 'ce', 'shared', 'nen7510', 'lowLiteracy'];

/** What is kept, with one part of it as it was typed now. */
export function withStep(
  kept: AppFields,
  values: Record<string, string>,
  step: AppStep,
): AppFields & { platforms: AppFields['platforms'] } {
  const typed = Object.fromEntries(
    APP_STEPS[step].map((field) => {
      if (field === 'platforms')
        return [field, APP_PLATFORMS.filter((one) => values[`platform-${one}`] !== undefined)];
      if (field === 'languages')
        return [field, MARKET_LANGUAGES.filter((one) => values[`taal-${one}`] !== undefined)];
      const value = (values[field] ?? '').replaceAll('\r\n', '\n');
      return [field, YES_NO.includes(field) && !isYesNo(value) ? '' : value];
    }),
  );
  return { ...kept, ...typed };
}

/** The fields of a record as a form has them. */
export function recordValues(fields: AppFields): Record<string, string> {
  const { platforms, languages, ...texts } = fields;
  return {
    ...texts,
    ...Object.fromEntries(platforms.map((one) => [`platform-${one}`, 'ja'])),
    ...Object.fromEntries(languages.map((one) => [`taal-${one}`, 'ja'])),
  };
}

const isFree = (price: string) => /^\s*(0+([.,]0+)?|gratis)\s*$/i.test(price);

/** What is missing or at fault, as the API will say when it is handed in. */
export const faultsIn = (fields: AppFields) =>
  appFaults(fields, isFree(fields.price) ? 0 : parseAmount(fields.price));

/** Where a fault stands in the form, and how the page calls it. */
export const recordPlace =
  (w: Words): Place =>
  (pointer) => {
    const field =
      pointer === 'platforms'
        ? `platform-${APP_PLATFORMS[0]}`
        : pointer === 'languages'
          ? `taal-${MARKET_LANGUAGES[0]}`
          : pointer;
    const label = w.fields[pointer as keyof Words['fields']];
    return label === undefined ? { field } : { field, label };
  };

/** What can be chosen in each field that is a choice. */
export function recordChoices(w: Words, themes: Choice[]): Record<string, Choice[]> {
  const yesNo = [
    { value: 'ja', label: w.yes },
    { value: 'nee', label: w.no },
  ];
  return {
    ...Object.fromEntries(YES_NO.map((field) => [field, yesNo])),
    theme: themes,
    goal: APP_GOALS.map((value) => ({ value, label: w.goals[value] })),
    level: APP_LEVELS.map((value) => ({ value, label: w.levels[value] })),
    evidenceLevel: EVIDENCE_LEVELS.map((value) => ({ value, label: w.evidence[value] })),
    mdrClass: MDR_CLASSES.map((value) => ({ value, label: fill(w.mdr, { class: value }) })),
    platforms: APP_PLATFORMS.map((value) => ({ value, label: w.platforms[value] })),
  };
}

/** A record in words, section by section, as it was judged. */
export function recordSections(
  record: AppRecordView,
  themeName: string,
  say: CreditSpeaker,
): AppSection[] {
  const { locale } = say;
  const w = pageTexts(locale, 'appForm');
  const yes = (value: boolean) => (value ? w.yes : w.no);
  const { supplier, purpose, price, regulatory, privacy, evidence, usability, safety } = record;
  const day = (date: string) => dateText(`${date}T12:00:00Z`, say);
  const texts: Record<keyof AppFields, string> = {
    ...{ name: record.name, release: record.release, supplierName: supplier.name },
    ...{ supplierCountry: supplier.country, supplierContact: supplier.contact },
    ...{ summary: purpose.summary, goal: w.goals[purpose.goal], theme: themeName },
    ...{ level: w.levels[purpose.level], audience: purpose.audience, notFor: purpose.notFor },
    platforms: record.platforms.map((one) => w.platforms[one]).join(', '),
    languages: record.languages.map((one) => languageName(one, locale)).join(', '),
    ...{ price: say.money(price.amount), priceAfter: price.after },
    ...{ accountNeeded: yes(record.accountNeeded), medicalClaim: yes(regulatory.medicalClaim) },
    mdrClass: regulatory.mdrClass ? fill(w.mdr, { class: regulatory.mdrClass }) : '',
    ce: regulatory.medicalClaim || regulatory.ce ? yes(regulatory.ce) : '',
    ...{ dataLocation: privacy.location, retention: privacy.retention },
    ...{ shared: yes(privacy.shared), sharedWith: privacy.sharedWith },
    dpiaDate: privacy.dpiaDate ? day(privacy.dpiaDate) : '',
    ...{ nen7510: yes(privacy.nen7510), evidenceLevel: w.evidence[evidence.level] },
    ...{ evidenceNote: evidence.note, sus: usability.sus === null ? '' : String(usability.sus) },
    ...{ wcag: usability.wcag, lowLiteracy: yes(usability.lowLiteracy) },
    ...{ crisis: safety.crisis, complaints: safety.complaints },
  };
  return sectionsOf(texts, w);
}

/** What was typed so far, in words, section by section. */
export function typedSections(fields: AppFields, w: Words, themes: Choice[], locale: Locale) {
  const choices = recordChoices(w, themes);
  const label = (field: string, value: string) =>
    choices[field]?.find((one) => one.value === value)?.label ?? value;
  const texts = Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      typeof value === 'string'
        ? label(field, value)
        : field === 'languages'
          ? (value as string[]).map((one) => languageName(one, locale)).join(', ')
          : (value as string[]).map((one) => label(field, one)).join(', '),
    ]),
  ) as Record<keyof AppFields, string>;
  return sectionsOf(texts, w);
}

/** What only counts where something else was answered with yes. */
const MAY_MISS = new Set(['mdrClass', 'ce', 'sharedWith', 'notFor', 'release']);

const sectionsOf = (texts: Record<keyof AppFields, string>, w: Words): AppSection[] =>
  STEPS.map((step) => ({
    step,
    title: w.steps[step],
    rows: APP_STEPS[step]
      .filter((field) => texts[field].trim() !== '' || !MAY_MISS.has(field))
      .map((field) => ({ label: w.fields[field], text: texts[field].trim() || `(${w.notTold})` })),
  }));
