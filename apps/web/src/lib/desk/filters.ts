import type { DESK_FILTERS } from '@wijk/contracts/desk';
import type { DeskPlace } from '#lib/desk/paths.ts';

export type Filter = (typeof DESK_FILTERS)[number];

/**
 * The filters in the order of their tabs, as they stand in the address, and the letter that leads
 * there after `g`. The first is the desk itself.
 */
const NAMES: readonly [Filter, string | null, string][] = [
  ['open', null, 'o'],
  ['attention', 'let-op', 'l'],
  ['overdue', 'te-laat', 't'],
  ['new', 'nieuw', 'n'],
  ['mine', 'van-mij', 'm'],
  ['to-check', 'te-controleren', 'c'],
  ['waiting', 'wacht', 'w'],
  ['assigned', 'doorgestuurd', 'd'],
  ['answered', 'beantwoord', 'b'],
];

export const FILTERS: readonly Filter[] = NAMES.map(([filter]) => filter);

/** After `g`: the letter of each filter. */
export const FILTER_LETTERS: ReadonlyMap<string, Filter> = new Map(
  NAMES.map(([filter, , letter]) => [letter, filter]),
);

export function nameOf(filter: Filter): string | null {
  return NAMES.find(([known]) => known === filter)?.[1] ?? null;
}

/** An unknown name shows what is open. */
export function filterOf(name: string | null): Filter {
  return NAMES.find(([, known]) => known !== null && known === name)?.[0] ?? 'open';
}

/** Where in the queue the desk stands. */
export interface Place extends DeskPlace {
  toon: string | null;
  thema: string | null;
  na: string | null;
}

/** The address of a form action of the pane, which must not lose the place in the queue. */
export function actionAt(action: string, place: DeskPlace): string {
  const search = new URLSearchParams();
  for (const name of ['toon', 'thema', 'na'] as const) {
    const value = place[name];
    if (value) search.set(name, value);
  }
  const rest = search.toString();
  return rest ? `?/${action}&${rest}` : `?/${action}`;
}
