import type { SearchHit, SearchPort, SearchQuery, SearchResult } from './port.ts';

export interface FallbackOptions {
  now: () => Date;
  /** told once when the engine is left alone and once when it is back, never what was looked for */
  onChange: (state: EngineState, error?: unknown) => void;
}

export interface EngineState {
  available: boolean;
  /** since when it is so; null: from the start */
  since: Date | null;
}

/** Failures in a row after which it is left alone, and for how long; then one search tries it again. */
const FAILURES = 3;
const REST_MS = 30_000;

/**
 * One engine with another behind it. A search that fails is answered by the second at once; after a
 * few failures the first is left alone for half a minute, so that no reader waits for it.
 */
export class FallbackSearch implements SearchPort {
  readonly #first: SearchPort;
  readonly #second: SearchPort;
  readonly #options: FallbackOptions;
  #failures = 0;
  #restsUntil = 0;
  #state: EngineState = { available: true, since: null };

  constructor(first: SearchPort, second: SearchPort, options: FallbackOptions) {
    this.#first = first;
    this.#second = second;
    this.#options = options;
  }

  get state(): EngineState {
    return this.#state;
  }

  search(wijkId: string, query: SearchQuery): Promise<SearchResult> {
    return this.#try((engine) => engine.search(wijkId, query));
  }

  similar(wijkId: string, text: string, limit: number): Promise<SearchHit[]> {
    return this.#try((engine) => engine.similar(wijkId, text, limit));
  }

  async #try<T>(ask: (engine: SearchPort) => Promise<T>): Promise<T> {
    const now = this.#options.now();
    if (now.getTime() < this.#restsUntil) return ask(this.#second);
    // one of the searches that come at the same moment tries it again
    if (!this.#state.available) this.#restsUntil = now.getTime() + REST_MS;
    try {
      const found = await ask(this.#first);
      this.#failures = 0;
      this.#restsUntil = 0;
      if (!this.#state.available) this.#become(true, now);
      return found;
    } catch (error) {
      this.#failures += 1;
      if (this.#failures >= FAILURES) {
        this.#restsUntil = now.getTime() + REST_MS;
        if (this.#state.available) this.#become(false, now, error);
      }
      return ask(this.#second);
    }
  }

  #become(available: boolean, since: Date, error?: unknown): void {
    this.#state = { available, since };
    this.#options.onChange(this.#state, error);
  }
}
