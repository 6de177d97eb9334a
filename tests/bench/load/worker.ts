import { ask, get, post } from './http.ts';
import { ledger } from './ledger.ts';
import { live } from './live.ts';
import type { Plan, Sample } from './plan.ts';
import { tpcb } from './tpcb.ts';

// The process that makes the load: apart from the application, and apart from the one that waits.
process.on('message', (plan: Plan) => {
  carryOut(plan).then(
    (sample) => process.send?.({ sample }),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));

function carryOut(plan: Plan): Promise<Sample> {
  switch (plan.kind) {
    case 'get':
      return get(plan);
    case 'post':
      return post(plan);
    case 'ask':
      return ask(plan);
    case 'tpcb':
      return tpcb(plan);
    case 'live':
      return live(plan);
    case 'ledger':
      return ledger(plan);
  }
}
