import { DomainError, type FieldError } from '../kernel/index.ts';
import type { Criterion } from './curation.ts';

/*
 * By what a wijk judges apps and providers (M3). Criteria are adopted in versions: what was judged stays judged
 * by the version of then. Pure.
 */

/** What is judged by criteria. */
export const CRITERIA_SUBJECTS = ['apps', 'providers'] as const;
export type CriteriaSubject = (typeof CRITERIA_SUBJECTS)[number];

/** What every wijk judges providers by until it adopts a version of its own. */
export const FIRST_PROVIDER_CRITERIA: { version: string; criteria: readonly Criterion[] } = {
  version: '1.0',
  criteria: [
    {
      key: 'deskundigheid',
      name: 'Deskundigheid',
      question: 'Heeft de aanbieder de opleiding of ervaring die bij deze hulp hoort?',
    },
    {
      key: 'betrouwbaarheid',
      name: 'Betrouwbaarheid',
      question:
        'Is duidelijk wie het is, en hebben de mensen die komen een verklaring omtrent het gedrag?',
    },
    {
      key: 'veiligheid',
      name: 'Veiligheid',
      question: 'Is de aanbieder verzekerd, en wordt er op tijd naar andere hulp verwezen?',
    },
    {
      key: 'klachten',
      name: 'Klachten',
      question: 'Kan een bewoner ergens terecht met een klacht, en wordt daar iets mee gedaan?',
    },
    {
      key: 'duidelijkheid',
      name: 'Duidelijkheid',
      question: 'Staat vooraf vast wat het kost, wie er komt en wat er wel en niet bij hoort?',
    },
  ],
};

export const CRITERIA_MIN = 3;
export const CRITERIA_MAX = 12;
export const CRITERION_NAME_MAX = 60;
export const CRITERION_QUESTION_MAX = 200;

/** The version that comes after one: the wijk counts in whole numbers. */
export const versionAfter = (version: string): string =>
  `${(Number.parseInt(version, 10) || 0) + 1}.0`;

/** Refuses with every field at fault: `kernel.invalid`. */
export function validateCriteria(criteria: readonly Criterion[]): void {
  const errors: FieldError[] = [];
  for (const [i, { name, question }] of criteria.entries()) {
    const check = (field: string, text: string, max: number) => {
      const pointer = `criteria.${i}.${field}`;
      if (text.trim() === '') errors.push({ pointer, code: 'required' });
      else if (text.length > max) errors.push({ pointer, code: 'too-long', params: { max } });
    };
    check('name', name, CRITERION_NAME_MAX);
    check('question', question, CRITERION_QUESTION_MAX);
    const same = (other: Criterion) =>
      other.name.trim().toLowerCase() === name.trim().toLowerCase();
    if (name.trim() !== '' && criteria.findIndex(same) < i)
      errors.push({ pointer: `criteria.${i}.name`, code: 'duplicate' });
  }
  if (criteria.length < CRITERIA_MIN)
    errors.push({
      pointer: `criteria.${criteria.length}.name`,
      code: 'too-few',
      params: { min: CRITERIA_MIN },
    });
  if (criteria.length > CRITERIA_MAX)
    errors.push({
      pointer: `criteria.${CRITERIA_MAX}.name`,
      code: 'too-many',
      params: { max: CRITERIA_MAX },
    });
  if (errors.length > 0) throw new DomainError('invalid', 'kernel.invalid', { errors });
}

export interface CriterionChange {
  key: string;
  kind: 'same' | 'added' | 'removed' | 'changed';
  before: Criterion | null;
  after: Criterion | null;
}

/** What one version says otherwise than another: first what it has, in its order, then what it left out. */
export function compareCriteria(
  before: readonly Criterion[],
  after: readonly Criterion[],
): CriterionChange[] {
  const was = (key: string) => before.find((one) => one.key === key) ?? null;
  const kindOf = (old: Criterion | null, one: Criterion): CriterionChange['kind'] => {
    if (!old) return 'added';
    return old.name === one.name && old.question === one.question ? 'same' : 'changed';
  };
  return [
    ...after.map((one) => {
      const old = was(one.key);
      return { key: one.key, kind: kindOf(old, one), before: old, after: one };
    }),
    ...before
      .filter(({ key }) => !after.some((one) => one.key === key))
      .map((one) => ({ key: one.key, kind: 'removed' as const, before: one, after: null })),
  ];
}
