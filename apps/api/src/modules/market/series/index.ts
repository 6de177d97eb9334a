import * as contract from '@wijk/contracts';
import { may } from '../../../http/policy.ts';
import { type App, memberOf } from '../../../http/route.ts';
import type { Services } from '../../../services.ts';
import { masterSeries, masterSeriesList, ownSeries, ownSeriesList } from './read.ts';
import { type SeriesPressed, takeSeriesStep } from './take-step.ts';

export { runDueSeries, seriesJobs } from './clock.ts';
export { type SeriesNews, seriesNews } from './news.ts';

/** Presses of one person in a minute: more is a machine. */
const PRESSES = 60;

type Body =
  | contract.BodyOf<typeof contract.stepSeries>
  | contract.BodyOf<typeof contract.stepSeriesAsMaster>;

/** Help that comes back (M4), for its two sides and for the market master. */
export function registerMarketSeries(app: App, s: Services): void {
  const own = { policy: may('market.order') };
  app.route(contract.listSeries, own, ({ actor, wijk }) => ownSeriesList(s, memberOf(actor), wijk));
  app.route(contract.readSeries, own, ({ actor, wijk, params }) =>
    ownSeries(s, memberOf(actor), wijk, params.series),
  );
  const pressed = { ...own, perMinute: PRESSES };
  app.route(contract.stepSeries, pressed, ({ actor, wijk, params, body, idempotencyKey }) =>
    takeSeriesStep(s, wijk, {
      ...{ ref: params.series, pressId: idempotencyKey, by: memberOf(actor).membershipId },
      ...{ asMaster: false, ...saidIn(body) },
    }),
  );
  const master = { policy: may('market.master') };
  app.route(contract.listMasterSeries, master, ({ wijk }) => masterSeriesList(s, wijk));
  app.route(contract.readMasterSeries, master, ({ actor, wijk, params }) =>
    masterSeries(s, memberOf(actor), wijk, params.series),
  );
  const stood = { ...master, perMinute: PRESSES };
  app.route(contract.stepSeriesAsMaster, stood, ({ actor, wijk, params, body, idempotencyKey }) =>
    takeSeriesStep(s, wijk, {
      ...{ ref: params.series, pressId: idempotencyKey, by: memberOf(actor).membershipId },
      ...{ asMaster: true, ...saidIn(body) },
    }),
  );
}

function saidIn(body: Body): Omit<SeriesPressed, 'ref' | 'pressId' | 'by' | 'asMaster'> {
  const { step, version, note } = body;
  if (body.step === 'skip') return { step, version, note, number: body.number };
  if (body.step === 'propose') return { step, version, note, rate: body.rate };
  return { step, version, note };
}
