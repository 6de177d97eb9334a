import { changePromisePolicy } from '@wijk/contracts/setup';
import { PROMISE_STEP_KINDS } from '@wijk/domain/wijk';
import { pageTexts, t } from '@wijk/i18n';
import { instantOf } from '#lib/admin/hours.ts';
import { api } from '#lib/server/api.ts';
import { type Place, type Refused, refused, typed } from '#lib/server/refusal.ts';
import { saved } from '#lib/server/setup.ts';
import { momentText, speaker } from '#lib/server/views.ts';
import type { Actions, PageServerLoad } from './$types';

/** The field is in hours, what is agreed is in minutes. */
const inHours = (outcome: Refused): Refused => ({
  ...outcome,
  problem: {
    ...outcome.problem,
    errors: outcome.problem.errors.map((error) =>
      error.pointer === 'termMinutes' ? { ...error, params: hoursOf(error.params) } : error,
    ),
  },
});

const hoursOf = (minutes: Refused['problem']['errors'][number]['params']) =>
  Object.fromEntries(
    Object.entries(minutes ?? {}).map(([name, value]) => [
      name,
      typeof value === 'number' ? String(value / 60).replace('.', ',') : value,
    ]),
  );

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const number = (text: string | undefined) => Number((text ?? '').trim().replace(',', '.') || '0');

export const load: PageServerLoad = async ({ locals, parent }) => {
  const { setup } = await parent();
  const say = await speaker(locals);
  const [current] = setup.promise;
  const values: Record<string, string> = { mode: current?.mode ?? 'elapsed' };
  values.term = String((current?.termMinutes ?? 1440) / 60).replace('.', ',');
  for (const { kind, atPercent } of current?.steps ?? []) {
    values[`step-${kind}`] = 'on';
    values[`percent-${kind}`] = String(atPercent);
  }
  return {
    values,
    steps: PROMISE_STEP_KINDS.filter((kind) => kind !== 'overdue').map((kind) => ({
      kind,
      name: t(locals.locale, `common.promise-step.${kind}`),
    })),
    versions: setup.promise.map(({ version, validFrom }, i) =>
      t(locals.locale, i === 0 ? 'page.setup.promise.holds' : 'page.setup.promise.planned', {
        version,
        since: momentText(validFrom, say).text,
      }),
    ),
  };
};

export const actions: Actions = {
  save: async (event) => {
    const values = typed(await event.request.formData());
    const { locals } = event;
    const w = pageTexts(locals.locale, 'setup').promise;
    const { wijk } = await locals.context();
    const steps = PROMISE_STEP_KINDS.filter((kind) => kind !== 'overdue')
      .filter((kind) => values[`step-${kind}`] !== undefined)
      .map((kind) => ({ kind, atPercent: number(values[`percent-${kind}`]) }))
      .sort((a, b) => a.atPercent - b.atPercent);
    const later = values.when === 'later';
    const outcome = await api(event)(changePromisePolicy, {
      params: { wijk: locals.slug },
      body: {
        mode: values.mode === 'opening-hours' ? 'opening-hours' : 'elapsed',
        termMinutes: Math.round(number(values.term) * 60),
        steps: [...steps, { kind: 'overdue', atPercent: 100 }],
        ...(later ? { validFrom: instantOf(values.validFrom ?? '', wijk.timeZone) } : {}),
      },
    });
    const place: Place = (pointer) => {
      const [, n] = /^steps\.(\d+)/.exec(pointer) ?? [];
      const kind = steps[Number(n)]?.kind ?? steps.at(-1)?.kind;
      if (n !== undefined && kind)
        return {
          field: `percent-${kind}`,
          label: capital(t(locals.locale, `common.promise-step.${kind}`)),
        };
      if (pointer === 'validFrom') return { field: 'validFrom', label: w.moment };
      return { field: pointer === 'termMinutes' ? 'term' : pointer, label: w.term };
    };
    if (!outcome.ok) return refused(event, 'setup', values, inHours(outcome), place);
    saved(event, 'belofte', values.go);
  },
};
