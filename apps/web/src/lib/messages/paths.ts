import { query } from '#lib/paths.ts';

/** Addresses of messages on the market; apart, so that readers of questions don't load them. */
export function messagePaths(base: string) {
  return {
    messages: () => `${base}/berichten`,
    conversation: (ref: string) => `${base}/berichten/${ref}`,
    writeAbout: (at: { listing?: string; order?: string }) =>
      `${base}/berichten/nieuw${query({ advertentie: at.listing, afspraak: at.order })}`,
    masterReports: () => `${base}/marktmeester/gesprekken`,
  };
}

export type MessagePaths = ReturnType<typeof messagePaths>;
