/** What the load process is asked to do; plain data, because it crosses a process border. */
export type Plan = GetPlan | PostPlan | AskPlan | TpcbPlan | LivePlan | LedgerPlan;

interface Common {
  seconds: number;
  connections: number;
}

export interface GetPlan extends Common {
  kind: 'get';
  url: string;
  /** asked in turn */
  paths: string[];
  headers: Record<string, string>;
}

export interface PostPlan extends Common {
  kind: 'post';
  url: string;
  path: string;
  /** as JSON, in turn */
  bodies: object[];
}

export interface AskPlan extends Common {
  kind: 'ask';
  url: string;
  path: string;
  /** of members, who ask in turn */
  cookies: string[];
  themes: string[];
}

export interface TpcbPlan extends Common {
  kind: 'tpcb';
  database: string;
  scale: number;
  /** that take turns on the connections; as many as there are connections if left out */
  clients?: number;
}

/** Payments, reservations and their ends on the book of wijk-credits, by the application's own code. */
export interface LedgerPlan extends Common {
  kind: 'ledger';
  /** each in a call and a transaction of its own, or through the queue */
  way: 'rows' | 'batches';
  database: string;
  wijkId: string;
  accounts: string[];
  /** account that gets a leg of every payment */
  fund: string | null;
  clients: number;
  /** payments in a transaction at most; that of the house if left out */
  batch?: number;
  seed: number;
}

export interface LivePlan extends Common {
  kind: 'live';
  url: string;
  wijk: string;
  /** reference of the open question that is watched and answered */
  question: string;
  sockets: number;
  /** of members, who answer in turn */
  cookies: string[];
}

/** What came of it. Times in milliseconds. */
export interface Sample {
  perSecond: number;
  count: number;
  p50: number;
  p99: number;
  /** anything but a success; a figure with errors is none */
  errors: number;
  /** what the errors were, by number */
  faults: Record<string, number>;
  /** of a live plan: from sending the answer to its own reply */
  reply?: { p50: number; p99: number };
}

/** Collects times and faults of one measurement. */
export class Tally {
  readonly #times: number[] = [];
  readonly faults: Record<string, number> = {};

  time(ms: number): void {
    this.#times.push(ms);
  }

  fault(what: string, times = 1): void {
    if (times > 0) this.faults[what] = (this.faults[what] ?? 0) + times;
  }

  get count(): number {
    return this.#times.length;
  }

  quantiles(): { p50: number; p99: number } {
    const sorted = Float64Array.from(this.#times).sort();
    const at = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return { p50: at(0.5), p99: at(0.99) };
  }

  sample(elapsedMs: number): Sample {
    return {
      perSecond: this.count / (elapsedMs / 1000),
      count: this.count,
      ...this.quantiles(),
      errors: Object.values(this.faults).reduce((sum, times) => sum + times, 0),
      faults: this.faults,
    };
  }
}
