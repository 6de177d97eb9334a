import { error } from '@sveltejs/kit';
import { adoptCriteria, readCriteriaVersions } from '@wijk/contracts/market-setup';
import { CRITERIA_MAX, type CriteriaSubject, compareCriteria } from '@wijk/domain/market';
import { pageTexts } from '@wijk/i18n';
import { marketPaths } from '#lib/market/paths.ts';
import { api } from '#lib/server/api.ts';
import { savedSetup } from '#lib/server/market-setup.ts';
import { refused, stop, typed } from '#lib/server/refusal.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import { fill } from '#lib/text.ts';
import type { Actions, PageServerLoad } from './$types';

const SUBJECTS: Record<string, CriteriaSubject> = { apps: 'apps', aanbieders: 'providers' };
/** Empty rows for what is new. */
const NEW_ROWS = 2;

function subjectOf(param: string): CriteriaSubject {
  const subject = SUBJECTS[param];
  if (!subject) error(404, { message: 'Not found' });
  return subject;
}

export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event;
  const subject = subjectOf(params.subject);
  const outcome = await api(event)(readCriteriaVersions, {
    params: { wijk: locals.slug, subject },
  });
  if (!outcome.ok) stop(outcome);
  const say = await speaker(locals);
  const w = pageTexts(locals.locale, 'marketSetup');
  const { versions } = outcome.data;
  const [current] = versions;
  if (!current) error(404, { message: 'Not found' });
  const named = (name: string | null) => versions.find(({ version }) => version === name);
  const to = named(url.searchParams.get('naar')) ?? current;
  const from = named(url.searchParams.get('van')) ?? versions[1] ?? current;
  return {
    texts: w,
    subject,
    address: params.subject as 'apps' | 'aanbieders',
    version: current.version,
    current: current.criteria,
    fresh: Array.from(
      { length: Math.min(NEW_ROWS, CRITERIA_MAX - current.criteria.length) },
      (_, i) => i,
    ),
    versions: versions.map(({ version, adoptedAt, by }) => ({
      version,
      adopted:
        adoptedAt && by
          ? fill(w.criteriaAdopted, { name: by, when: momentText(adoptedAt, say).text })
          : w.criteriaFirst,
    })),
    compare:
      versions.length > 1
        ? {
            ...{ from: from.version, to: to.version },
            changes: compareCriteria(from.criteria, to.criteria),
          }
        : null,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const subject = subjectOf(params.subject);
    const values = typed(await event.request.formData());
    const w = pageTexts(locals.locale, 'marketSetup');
    const rows = Object.keys(values)
      .flatMap((name) => /^name-(.+)$/.exec(name)?.[1] ?? [])
      .filter((id) => values[`drop-${id}`] === undefined)
      .map((id) => ({
        ...{ id, key: id.startsWith('new') ? null : (values[`key-${id}`] ?? null) },
        ...{ name: values[`name-${id}`] ?? '', question: values[`question-${id}`] ?? '' },
      }))
      .filter(({ key, name, question }) => key !== null || name.trim() || question.trim());
    const outcome = await api(event)(adoptCriteria, {
      params: { wijk: locals.slug, subject },
      body: {
        basedOn: values.version ?? '',
        criteria: rows.map(({ key, name, question }) => ({ key, name, question })),
      },
    });
    if (!outcome.ok)
      return refused(event, 'criteria', values, outcome, (pointer) => {
        const [, at, part] = /^criteria\.(\d+)\.(\w+)/.exec(pointer) ?? [];
        const n = Number(at ?? 0);
        const label =
          part === 'question' ? w.criterionQuestion : fill(w.criterionName, { n: n + 1 });
        return { field: `${part ?? 'name'}-${rows[n]?.id ?? 'new0'}`, label };
      });
    return savedSetup(
      event,
      marketPaths(locals.base).marketCriteria(params.subject as 'apps' | 'aanbieders'),
      'page.marketSetup.criteriaSaved',
    );
  },
};
