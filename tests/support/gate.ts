/** Holds whoever passes until it is opened, and tells when somebody stands before it. */
export interface Gate {
  pass(): Promise<void>;
  /** resolves when somebody stands before it */
  reached: Promise<void>;
  open(): void;
}

export function gate(): Gate {
  const opened = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  return {
    pass: () => {
      reached.resolve();
      return opened.promise;
    },
    reached: reached.promise,
    open: opened.resolve,
  };
}
