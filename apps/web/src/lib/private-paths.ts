import { query } from '#lib/paths.ts';

/** Addresses about names that stay hidden; apart, so that readers don't load them. */
export function privatePaths(base: string) {
  return {
    /** for who asked: who looked them up, and the public version of their question */
    ownSide: (ref: string) => `${base}/mijn/vraag/${ref}`,
    /** for the redactie: who asked this */
    askerLook: (ref: string) => `${base}/redactie/${ref}/wie`,
    /** for the redactie: the public version of a private question */
    twin: (ref: string) => `${base}/redactie/${ref}/openbaar`,
    /** for who asked and for the redactie: the photos with a question */
    photos: (ref: string) => `${base}/fotos/${ref}`,
    /** for who supervises: every look */
    looks: (after?: string | null) => `${base}/inzage${query({ na: after })}`,
  };
}

export type PrivatePaths = ReturnType<typeof privatePaths>;
