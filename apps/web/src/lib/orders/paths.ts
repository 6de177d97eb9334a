import { query } from '#lib/paths.ts';

/** What one does with an order on a page of its own. */
export const ORDER_ACTS = {
  voorstel: 'counter',
  klaar: 'deliver',
  bevestigen: 'confirm',
  afzeggen: 'cancel',
  voorleggen: 'dispute',
  teruggeven: 'refund',
  'nee-zeggen': 'decline',
  intrekken: 'withdraw',
} as const;
export type OrderAct = keyof typeof ORDER_ACTS;

/** What one does with a series on a page of its own. */
export const SERIES_ACTS = ['overslaan', 'stoppen', 'prijs'] as const;
export type SeriesAct = (typeof SERIES_ACTS)[number];

/** Addresses of orders; apart, so that readers of questions don't load them. */
export function orderPaths(base: string) {
  const at = `${base}/afspraken`;
  return {
    orders: () => at,
    overOrders: (after?: string | null) => `${at}/afgelopen${query({ na: after })}`,
    providerDesk: () => `${at}/werkplek`,
    order: (ref: string) => `${at}/${ref}`,
    act: (ref: string, act: OrderAct) => `${at}/${ref}/${act}`,
    /** where one asks for what a listing offers, or offers what it asks for */
    opening: (ref: string, slug: string) => `${base}/markt/${ref}/${slug || 'advertentie'}/vraag`,
    series: (ref: string) => `${at}/reeks/${ref}`,
    seriesAct: (ref: string, act: SeriesAct, number?: number) =>
      `${at}/reeks/${ref}/${act}${query({ keer: number === undefined ? null : String(number) })}`,
    masterSeries: (ref: string) => `${base}/marktmeester/afspraken/reeksen/${ref}`,
    masterOrders: (show?: 'vast' | 'reeksen' | null) =>
      `${base}/marktmeester/afspraken${query({ toon: show })}`,
    masterOrder: (ref: string) => `${base}/marktmeester/afspraken/${ref}`,
  };
}

export type OrderPaths = ReturnType<typeof orderPaths>;
