import type { DESK_FILTERS } from '@wijk/contracts/desk';

export type Filter = (typeof DESK_FILTERS)[number];

/** The filters in the order of their tabs, as they stand in the address; the first is the desk itself. */
const NAMES: readonly [Filter, string | null][] = [
  ['open', null],
  ['overdue', 'te-laat'],
  ['new', 'nieuw'],
  ['mine', 'van-mij'],
  ['to-check', 'te-controleren'],
  ['assigned', 'doorgestuurd'],
  ['answered', 'beantwoord'],
];

export const FILTERS: readonly Filter[] = NAMES.map(([filter]) => filter);

export function nameOf(filter: Filter): string | null {
  return NAMES.find(([known]) => known === filter)?.[1] ?? null;
}

/** An unknown name shows what is open. */
export function filterOf(name: string | null): Filter {
  return NAMES.find(([, known]) => known !== null && known === name)?.[0] ?? 'open';
}

/** Where in the queue the desk stands: the filter and the page of it. Part of every address. */
export interface Place {
  toon: string | null;
  na: string | null;
}

/** The address of a form action of the pane, which must not lose the place in the queue. */
export function actionAt(action: string, place: Place): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(place)) if (value) search.set(name, value);
  const rest = search.toString();
  return rest ? `?/${action}&${rest}` : `?/${action}`;
}
