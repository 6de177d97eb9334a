/** What the benchmarks use of autocannon, which ships no types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  interface Request {
    method?: string;
    path?: string;
    headers?: Record<string, string>;
    body?: string;
    setupRequest?(request: Request): Request;
  }
  interface Options {
    url: string;
    connections: number;
    duration: number;
    timeout: number;
    requests: Request[];
  }
  interface Result {
    errors: number;
    timeouts: number;
  }
  /** emits `response` (client, status, bytes, milliseconds) */
  type Run = EventEmitter & PromiseLike<Result>;

  export default function autocannon(options: Options): Run;
}
