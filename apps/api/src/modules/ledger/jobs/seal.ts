import type { NamedJob } from '../../../jobs/worker.ts';
import type { Services } from '../../../services.ts';

/** What was paid is in a block within about this time, and a quiet wijk makes no more blocks than this. */
const EVERY_MS = 3000;

interface Round {
  at: number;
  /** wijken that still have something to seal */
  waiting: string[];
}

/** Seals what was committed, a block at a time (W3). Harmless when several workers do it at once. */
export function sealing(): NamedJob {
  const rounds = new WeakMap<Services, Round>();
  return {
    name: 'ledger-seal',
    run: async (services) => {
      const now = services.clock.now().getTime();
      let round = rounds.get(services);
      if (!round || (round.waiting.length === 0 && Math.abs(now - round.at) >= EVERY_MS)) {
        round = { at: now, waiting: await services.book.unsealed() };
        rounds.set(services, round);
      }
      const wijkId = round.waiting.shift();
      if (!wijkId) return false;
      // what is left takes its turn behind the other wijken
      if (await services.book.sealBlock(wijkId)) round.waiting.push(wijkId);
      return true;
    },
  };
}
