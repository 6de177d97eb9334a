/** Addresses of reviews; apart, so that readers of questions don't load them. */
export function reviewPaths(base: string) {
  return {
    review: (order: string) => `${base}/afspraken/${order}/beoordeling`,
    masterReviews: () => `${base}/marktmeester/beoordelingen`,
  };
}

export type ReviewPaths = ReturnType<typeof reviewPaths>;
