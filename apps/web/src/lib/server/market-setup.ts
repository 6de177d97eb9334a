import { type RequestEvent, redirect } from '@sveltejs/kit';
import type { ReplyOf } from '@wijk/contracts/define';
import type { readMarketSetup } from '@wijk/contracts/market-setup';
import { type PageTexts, pageTexts } from '@wijk/i18n';
import { fill } from '#lib/text.ts';
import { setFlash } from './flash.ts';
import { momentText, type Speaker } from './views.ts';

type Change = ReplyOf<typeof readMarketSetup>['changes'][number];
type Words = PageTexts['marketSetup'];

/** '52.12, 5.3|retired' and such, as the log keeps them, in words. */
function valueText(text: string, w: Words): string {
  if (text === 'true') return w.yes;
  if (text === 'false') return w.no;
  const [name = '', ...rest] = text.split('|');
  const marks = rest.map((part) =>
    part === 'health' ? w.health : part === 'retired' ? w.retired : part,
  );
  return [name, ...(marks.length > 0 ? [`(${marks.join(', ')})`] : [])].join(' ');
}

function changeText(
  { what, before, after }: Change['changed'][number],
  kind: Change['kind'],
  w: Words,
): string {
  const knob = kind === 'policy' ? w.knobs[what as keyof Words['knobs']]?.label : undefined;
  const said = (text: string | null) => (text === null ? '' : valueText(text, w));
  const label = knob ?? (kind === 'terms' ? w.version : null);
  const [was, is] = [said(before), said(after)];
  const change =
    before === null
      ? `${is} (${w.added})`
      : after === null
        ? `${was} (${w.gone})`
        : fill(w.from, { before: was, after: is });
  return label ? `${label}: ${change}` : change;
}

/** Who changed what when, newest first, of these kinds. */
export const changesOf = (
  changes: readonly Change[],
  kinds: readonly Change['kind'][],
  say: Speaker,
) => {
  const w = pageTexts(say.locale, 'marketSetup');
  return changes
    .filter(({ kind }) => kinds.includes(kind))
    .map((one) => ({
      id: one.id,
      kind: w.logKind[one.kind],
      by: fill(w.logBy, { name: one.by || '–', when: momentText(one.at, say).text }),
      lines:
        one.changed.length > 0
          ? one.changed.map((each) => changeText(each, one.kind, w))
          : [w.orderOnly],
    }));
};

/** Rows of a form in the order that was asked for; new ones without a name are left out. */
export function rowsOf(values: Record<string, string>) {
  const rows = Object.keys(values)
    .flatMap((key) => /^name-(.+)$/.exec(key)?.[1] ?? [])
    .map((id, i) => ({
      ...{ id, i, name: values[`name-${id}`] ?? '' },
      slug: id.startsWith('new') ? null : (values[`slug-${id}`] ?? null),
      retired: values[`retired-${id}`] !== undefined,
      // where two want the same place the one that stood first stays first
      place: Number(values[`place-${id}`] || Number.NaN),
    }))
    .filter(({ slug, name }) => slug !== null || name.trim() !== '');
  const placeOf = (row: (typeof rows)[number]) =>
    Number.isFinite(row.place) ? row.place : rows.length + row.i;
  return rows.sort((a, b) => placeOf(a) - placeOf(b) || a.i - b.i);
}

export function savedSetup(
  event: RequestEvent,
  to: string,
  key: Parameters<typeof setFlash>[1] = 'page.marketSetup.savedPlaces',
): never {
  setFlash(event, key);
  redirect(303, to);
}
