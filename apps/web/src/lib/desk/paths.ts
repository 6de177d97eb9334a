import { paths, query } from '#lib/paths.ts';

/** Where in the queue the desk stands: filter, theme and page. Part of every address of the desk. */
export interface DeskPlace {
  toon?: string | null | undefined;
  thema?: string | null | undefined;
  na?: string | null | undefined;
}

const placeOf = ({ toon, thema, na }: DeskPlace) => ({ toon, thema, na });

/** Every address of the site, those of the desk too; apart, so that readers don't load them. */
export function deskPaths(base: string) {
  return {
    ...paths(base),
    desk: (place: DeskPlace = {}) => `${base}/redactie${query(placeOf(place))}`,
    deskQuestion: (ref: string, place: DeskPlace = {}) =>
      `${base}/redactie/${ref}${query(placeOf(place))}`,
    roster: () => `${base}/redactie/rooster`,
    savedAnswers: () => `${base}/redactie/teksten`,
    synonyms: (word?: string) => `${base}/redactie/woorden${query({ woord: word })}`,
    deskLog: (after?: string | null) => `${base}/redactie/logboek${query({ na: after })}`,
    /** where a duty begins and ends; leads back */
    duty: () => `${base}/redactie/dienst`,
  };
}

export type DeskPaths = ReturnType<typeof deskPaths>;
